"""What people are due by the roster, and months that an agency fixed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from psycopg.types.json import Jsonb

from zaigang.claims.actions.rulings import keep
from zaigang.claims.enums import Eligible, Verb
from zaigang.claims.facts import Answer, Asked, answer_to, asked_of, digest
from zaigang.claims.lawbook import Law, current_law
from zaigang.claims.models import AgencyMonths, FirstDecision
from zaigang.foundation import clock
from zaigang.foundation.copying import copy_into
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import NewEntry, record, record_many
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, Closure

#: Called with the people done so far and all there are.
Progress = Callable[[int, int], None]
CHUNK = 2000
COLUMNS = (
    "id", "case", "ruling", "decided_on", "decided_at", "decided_by", "eligible", "months_exact",
    "months_at_most", "facts", "law", "current",
)  # fmt: skip


@transaction.atomic
def decide_closure(
    *, closure: Closure, by: Staff, on: date | None = None, progress: Progress | None = None
) -> Counter[str]:
    """Work out what everybody of the closure is due by the rules of `on` (the business date).

    An answer equal to the current one writes nothing. Returns how many people have each answer (`yes`, `no`,
    `undecided`) and how many answers are new (`changed`).
    """
    run = _Run(by, closure.office_id, on or clock.today(), clock.now())
    total = _with_worker(closure.pk).count() if progress else 0
    counts: Counter[str] = Counter()
    for cases in _chunks(closure.pk):
        counts.update(run.decide(cases))
        if progress:
            progress(sum(counts[answer] for answer in Eligible.values), total)
    return counts


@transaction.atomic
def decide_case(*, case: Case, by: Staff, on: date | None = None) -> FirstDecision | None:
    """Work out what one person is due. None for a row that is no person: waiting, duplicate, withdrawn."""
    locked = list(_with_worker(case.closure_id).filter(pk=case.pk))
    if not locked:
        return None
    _Run(by, locked[0].closure.office_id, on or clock.today(), clock.now()).decide(locked)
    return FirstDecision.objects.select_related("ruling").get(case=case.pk, current=True)


@transaction.atomic
def fix_months(*, case: Case, months: int, document: str, by: Staff) -> FirstDecision:
    """Keep the months that the agency has fixed for somebody, with its document, and decide again with them.

    Raises `ValidationError` for months outside the law or without document, `ZaigangError` for a row that is
    no person, and for the own file of `by`.
    """
    if not list(_with_worker(case.closure_id).filter(pk=case.pk)):
        raise ZaigangError("这一行还不能录入核定月数", case.label, "请先补正这一行")
    if by.id_index is not None and case.worker and bytes(by.id_index) == bytes(case.worker.id_index):
        raise ZaigangError("这是您自己的档案", case.label, "请别的同事来录入")
    AgencyMonths.objects.filter(case=case, current=True).update(current=False)
    fixed = AgencyMonths(case=case, months=months, document=document.strip(), by=by, at=clock.now())
    fixed.full_clean()
    fixed.save()
    facts = {"agency_months": str(fixed.pk), "months": months}
    entry = NewEntry(Verb.FACTS_FIXED, case.pk, case.closure_id, facts)
    record(entry, by=by, office=case.closure.office_id)
    decision = decide_case(case=case, by=by)
    assert decision is not None
    return decision


def _with_worker(closure: UUID) -> Any:
    """Everybody of the closure, locked against another decision at once; names and numbers are not read."""
    cases = (
        Case.objects.people()
        .filter(closure=closure, worker__isnull=False)
        .exclude(state=CaseState.AWAITING_REPAIR)
    )
    return (
        cases.select_for_update(of=("self",), no_key=True)
        .select_related("worker", "closure__office")
        .defer("worker__id_number", "worker__bank_account", "worker__phones", "worker__name", "note")
        .order_by("number")
    )


def _chunks(closure: UUID) -> Iterator[list[Case]]:
    last = 0
    while cases := list(_with_worker(closure).filter(number__gt=last)[:CHUNK]):
        yield cases
        last = cases[-1].number


@dataclass(frozen=True, slots=True)
class _Result:
    """What a decision keeps of an answer; the answer itself lies in the ruling."""

    sha256: bytes
    eligible: str
    exact: int | None
    at_most: int | None


@dataclass(slots=True)
class _Run:
    """One act of deciding, for one person or a hundred thousand.

    Equal questions are asked once, and an answer is held no longer than it takes to keep it.
    """

    by: Staff
    office: UUID
    on: date
    at: datetime
    law: Law = field(default_factory=current_law)
    results: dict[bytes, _Result] = field(default_factory=dict)
    rulings: dict[bytes, UUID] = field(default_factory=dict)

    def decide(self, cases: Sequence[Case]) -> Counter[str]:
        pks = [case.pk for case in cases]
        fixed = _fixed_months(pks)
        asked = [asked_of(case, on=self.on, fixed=fixed.get(case.pk)) for case in cases]
        results = self._results(asked)
        before = dict(FirstDecision.objects.filter(case__in=pks, current=True).values_list("case", "ruling"))
        news = [
            (case, question, result)
            for case, question, result in zip(cases, asked, results, strict=True)
            if before.get(case.pk) != self.rulings[result.sha256]
        ]
        self._write(news)
        counts = Counter(result.eligible for result in results)
        counts["changed"] = len(news)
        return counts

    def _results(self, asked: Iterable[Asked]) -> list[_Result]:
        results, unkept = [], {}
        for question in asked:
            key = digest(question)
            if key not in self.results:
                answer = answer_to(question, self.law)
                self.results[key] = _result(answer)
                unkept[self.results[key].sha256] = answer
            results.append(self.results[key])
        self.rulings |= keep({sha: answer for sha, answer in unkept.items() if sha not in self.rulings})
        return results

    def _write(self, news: Sequence[tuple[Case, Asked, _Result]]) -> None:
        pks = [case.pk for case, *_rest in news]
        FirstDecision.objects.filter(case__in=pks, current=True).update(current=False)
        copy_into(FirstDecision, COLUMNS, (self._columns(*item) for item in news))
        record_many((_entry(case, result) for case, _asked, result in news), by=self.by, office=self.office)

    def _columns(self, case: Case, asked: Asked, result: _Result) -> tuple[Any, ...]:
        return (
            uuid4(), case.pk, self.rulings[result.sha256], self.on, self.at, self.by.pk, result.eligible,
            result.exact, result.at_most, Jsonb(asked), Jsonb(self.law.versions(asked["territory"])), True,
        )  # fmt: skip


def _result(answer: Answer) -> _Result:
    months = answer["months"]
    return _Result(digest(answer), str(answer["eligible"]), months["exact"], months["at_most"])


def _fixed_months(cases: Sequence[UUID]) -> dict[UUID, AgencyMonths]:
    """Per case the months in force."""
    return {fixed.case_id: fixed for fixed in AgencyMonths.objects.filter(case__in=cases, current=True)}


def _entry(case: Case, result: _Result) -> NewEntry:
    facts = {"eligible": result.eligible, "at_most": result.at_most, "exact": result.exact}
    return NewEntry(Verb.FIRST_DECIDED, case.pk, case.closure_id, facts)
