"""Making and finding people: the keyed index of the identity number, and the terms a case is found by."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db import connection

from zaigang.foundation.crypto import blind_index
from zaigang.foundation.pinyin import initials, pinyin
from zaigang.outbox.phones import mobile
from zaigang.roster.facts import RowFacts
from zaigang.roster.models import Case, SearchTerm, Worker

_CHUNK = 20_000


def one_at_a_time() -> None:
    """Until the transaction ends, only this program decides who is new: two imports never make one person twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('roster people'))")


def id_index(id_number: str) -> bytes:
    """The keyed index under which a worker with this identity number lies."""
    return blind_index(id_number.upper(), "id")


def tail_term(tail: str) -> str:
    """The keyed search term of an identity number's last four characters."""
    return blind_index(tail.upper(), "id-tail").hex()[:20]


def by_identity(indexes: Iterable[bytes]) -> dict[bytes, Worker]:
    """Workers by identity index; somebody who was merged leads to the one that stayed."""
    wanted = list(indexes)
    found: dict[bytes, Worker] = {}
    for start in range(0, len(wanted), _CHUNK):
        workers = Worker.objects.filter(id_index__in=wanted[start : start + _CHUNK]).select_related(
            "merged_into"
        )
        for worker in workers.order_by():
            found[bytes(worker.id_index)] = worker.merged_into or worker
    return found


def new_worker(facts: RowFacts) -> Worker:
    """The person of a row that was taken, not saved yet. A taken row has name, identity number, and what it tells."""
    assert facts.name and facts.id and facts.sex and facts.born
    return Worker(
        name=facts.name, pinyin=pinyin(facts.name), sex=facts.sex, born=facts.born, id_number=facts.id,
        id_index=id_index(facts.id), bank_account=facts.bank_account, phones=list(facts.phones),
    )  # fmt: skip


def mobiles_of(case: Case) -> list[str]:
    """The numbers of the roster to which a message can go, each once. Needs the worker."""
    phones = case.worker.phones if case.worker else []
    return list(dict.fromkeys(number for phone in phones if (number := mobile(phone))))


class KnownPeople(Mapping[str, str]):
    """Identity number -> name, for everybody a row of this closure could collide with; looked up when asked.

    Somebody of this closure always counts; somebody known from elsewhere counts only under another name, since the
    same person may be in two closures.
    """

    def __init__(self, closure: UUID, name: str | None, apart_from: UUID | None = None) -> None:
        self.closure, self.name, self.apart_from = closure, name, apart_from

    def __getitem__(self, id_number: str) -> str:
        worker = by_identity([id_index(id_number)]).get(id_index(id_number))
        if worker is None:
            raise KeyError(id_number)
        here = Case.objects.people().filter(closure=self.closure, worker=worker)
        if self.apart_from:
            here = here.exclude(pk=self.apart_from)
        if worker.name == self.name and not here.exists():
            raise KeyError(id_number)
        return worker.name

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def terms(name: str, id_number: str, phones: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Kind and term of every way in which a case is found."""
    yield SearchTerm.NAME, name
    yield SearchTerm.PINYIN, pinyin(name)
    yield SearchTerm.INITIALS, initials(name)
    yield SearchTerm.ID_TAIL, tail_term(id_number[-4:])
    for phone in phones:
        yield SearchTerm.PHONE, "".join(c for c in phone if c.isdigit())[::-1]


def index_again(case: Case) -> None:
    """Write a case's search terms anew, after its person changed."""
    case.terms.all().delete()
    worker = case.worker
    if worker is not None:
        pairs = terms(worker.name, worker.id_number, worker.phones)
        office = case.closure.office_id
        SearchTerm.objects.bulk_create(
            SearchTerm(case=case, office_id=office, kind=kind, term=term) for kind, term in pairs
        )
