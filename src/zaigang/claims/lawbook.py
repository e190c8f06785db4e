"""The law by which this office decides: the files of the program, overlaid by those that were loaded and confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from zaigang.claims.enums import LawState
from zaigang.claims.models import LawFile
from zaigang.engines.entitlement import BadFacts, Library, load_parameters, with_file

#: Whoever decides holds this lock, shared, to the end of the transaction. Whoever changes the law takes it whole, so
#: that no decision by the old law is still on its way when the job begins to look for them.
LOCK = 11
#: One line for all files in force. For use inside another statement: gives '' when nothing was loaded.
STAMP = f"""
(SELECT coalesce(string_agg(id::text, ' ' ORDER BY territory), '') FROM {LawFile._meta.db_table}
WHERE state = '{LawState.IN_FORCE}')
"""  # noqa: S608 -- joined from constants

Versions = dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """All rules by which something is decided; `stamp` names the loaded files among them."""

    library: Library
    stamp: str

    def versions(self, territory: str) -> Versions:
        """The files behind a decision in that district: territory -> the first 16 of the file's sha256."""
        try:
            return {one.code: one.sha256[:16] for one in self.library.chain(territory)}
        except BadFacts:
            return {}


def current_law() -> Law:
    """The law in force now, in one query; the files are read only when they are others than last time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STAMP}, pg_advisory_xact_lock_shared({LOCK})")
        return law_of(cursor.fetchone()[0])


@lru_cache(maxsize=8)
def law_of(stamp: str) -> Law:
    """The law that a stamp names. A loaded file's text never changes, so this may be remembered for good."""
    return Law(_overlaid(stamp.split()), stamp)


def law_with(file: LawFile, before: str) -> Law:
    """The law as it is once `file` stands in the place of that of its territory in the law with the stamp `before`."""
    kept = LawFile.objects.filter(pk__in=before.split()).exclude(territory=file.territory)
    stamp = " ".join(str(pk) for pk in kept.order_by("territory").values_list("pk", flat=True))
    return Law(with_file(law_of(stamp).library, file.text, file.territory), f"{stamp} {file.pk}".strip())


def _overlaid(keys: Iterable[str]) -> Library:
    library = load_parameters()
    texts = LawFile.objects.filter(pk__in=list(keys)).order_by("territory")
    for territory, text in texts.values_list("territory", "text"):
        library = with_file(library, text, territory)
    return library


def packaged(versions: Mapping[str, str]) -> bool:
    """Whether a decision stands on the files of this program alone."""
    files = load_parameters().territories
    return all(code in files and files[code].sha256.startswith(version) for code, version in versions.items())
