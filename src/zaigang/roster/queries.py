"""Reads of this stage. Everything about people takes the person who asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from zaigang.offices.models import Staff
from zaigang.offices.permissions import where
from zaigang.roster.enums import CaseState, FileState, Outcome
from zaigang.roster.models import Case, Closure, RosterFile, RosterRow, SearchTerm, Worker
from zaigang.roster.people import by_identity, id_index, tail_term
from zaigang.roster.permissions import VIEW_PEOPLE

LIMIT = 50


def search(user: Staff, text: str, *, limit: int = LIMIT) -> list[Case]:
    """People whom the user may see: by name, pinyin or initials from the front, by the last four of the identity
    number, by the end of the phone, or by a whole identity number. At most `limit`, in pinyin order.
    """
    text = "".join(text.split())
    offices = where(user, VIEW_PEOPLE)
    if not text or not offices:
        return []
    pks = (
        _whole_number(text, offices)
        if re.fullmatch(r"\d{17}[\dXx]", text)
        else _find(offices, _kinds(text), limit)
    )
    found = Case.objects.people().filter(pk__in=pks).select_related("worker", "closure__office", "firm")
    return list(found.order_by("worker__pinyin", "closure_id", "number")[:limit])


def _kinds(text: str) -> list[tuple[str, str, bool]]:
    """Kind, term, and whether the term is a prefix, for each way in which the text can be meant."""
    kinds = []
    if re.fullmatch(r"\d{3}[\dXx]", text):
        kinds.append((SearchTerm.ID_TAIL, tail_term(text), False))
    if re.fullmatch(r"\d{4,13}", text):
        kinds.append((SearchTerm.PHONE, text[::-1], True))
    if re.fullmatch(r"[A-Za-z]+", text):
        kinds += [(SearchTerm.PINYIN, text.lower(), True), (SearchTerm.INITIALS, text.lower(), True)]
    if not kinds:
        kinds.append((SearchTerm.NAME, text, True))
    return kinds


# One index scan per office and kind, each cut short: the work does not grow with the people of other offices.
SEARCH_SQL = """
SELECT DISTINCT t.case_id, t.term
FROM unnest(%(offices)s::uuid[]) AS o(id)
CROSS JOIN LATERAL (
    SELECT s.case_id, s.term FROM roster_searchterm s
    WHERE s.office_id = o.id AND s.kind = %(kind)s AND s.term >= %(term)s AND s.term < %(end)s
    ORDER BY s.term LIMIT %(limit)s
) t
ORDER BY t.term LIMIT %(limit)s
"""


def _find(offices: Sequence[UUID], kinds: list[tuple[str, str, bool]], limit: int) -> list[UUID]:
    found: list[UUID] = []
    with connection.cursor() as cursor:
        for kind, term, prefix in kinds:
            end = range_end(term, prefix=prefix)
            values: dict[str, Any] = {
                "offices": list(offices),
                "kind": kind,
                "term": term,
                "end": end,
                "limit": limit,
            }
            cursor.execute(SEARCH_SQL, values)
            found += [case for case, _term in cursor.fetchall()]
    return found


def range_end(term: str, *, prefix: bool) -> str:
    """Where the terms that start with (or equal) `term` end, in the C collation that the column has."""
    return f"{term}\U0010ffff" if prefix else f"{term}\x01"


def _whole_number(text: str, offices: Sequence[UUID]) -> list[UUID]:
    worker = by_identity([id_index(text)]).get(id_index(text))
    if worker is None:
        return []
    return list(Case.objects.filter(worker=worker, closure__office__in=offices).values_list("pk", flat=True))


def repair_list(closure: Closure) -> QuerySet[Case]:
    """Cases of the closure that wait for repair, in the order in which they came."""
    waiting = closure.cases.filter(state=CaseState.AWAITING_REPAIR)
    return waiting.select_related("closure", "firm").prefetch_related("rows__file").order_by("number")


def waiting_row(case: Case) -> RosterRow:
    """The row to correct: the newest edition of it. Uses the prefetched rows."""
    return max(case.rows.all(), key=lambda row: (row.file.imported_at, -row.ordinal))


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one file by outcome, proposal and code."""

    outcomes: dict[str, int]
    proposals: dict[str, int]
    codes: dict[str, int]


def tally(file: RosterFile) -> Tally:
    """Count a file's rows in three queries."""
    rows = file.rows.order_by()
    outcomes = dict(rows.values_list("outcome").annotate(n=Count("pk")))
    proposals = dict(rows.values_list("proposal").annotate(n=Count("pk")))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, count(*) FROM roster_rosterrow, unnest(codes) code WHERE file_id = %s"
            " GROUP BY code ORDER BY count(*) DESC, code",
            [file.pk],
        )
        codes = dict(cursor.fetchall())
    return Tally({key: outcomes.get(key, 0) for key in Outcome.values}, proposals, codes)


def with_counts(closures: QuerySet[Closure]) -> QuerySet[Closure]:
    """Closures with `people`, `waiting` and `files`, each counted in the database."""
    people = ~Q(cases__state__in=(CaseState.DUPLICATE, CaseState.WITHDRAWN)) & Q(cases__isnull=False)
    return closures.annotate(
        people=Count("cases", filter=people, distinct=True),
        waiting=Count("cases", filter=Q(cases__state=CaseState.AWAITING_REPAIR), distinct=True),
        imported_files=Count("files", filter=Q(files__state=FileState.IMPORTED), distinct=True),
    )


def alike(closure: Closure, *, limit: int = LIMIT) -> list[tuple[Worker, Worker]]:
    """Pairs that a person should look at: one in this closure, the same name, and the same birth date or a phone in
    common, under different identity numbers. Nothing is merged by itself.
    """
    here = Worker.objects.filter(cases__closure=closure, merged_into__isnull=True).distinct()
    twins = Worker.objects.filter(merged_into__isnull=True, name__in=here.values("name"))
    pairs: list[tuple[Worker, Worker]] = []
    by_name: dict[str, list[Worker]] = {}
    for worker in twins.order_by("name", "born", "pk").only("name", "born", "phones", "id_number", "sex"):
        for other in by_name.get(worker.name, []):
            if other.born == worker.born or set(other.phones) & set(worker.phones):
                pairs.append((other, worker))
        by_name.setdefault(worker.name, []).append(worker)
    return pairs[:limit]
