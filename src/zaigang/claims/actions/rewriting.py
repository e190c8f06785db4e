"""The writes of a re-decision: one batch of people, whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from zaigang.claims.actions.rulings import keep
from zaigang.claims.enums import ClaimState, Verb
from zaigang.claims.facts import digest
from zaigang.claims.law.comparing import months_of
from zaigang.claims.law.findings import Finding
from zaigang.claims.lawbook import Law
from zaigang.claims.models import BackPay, FirstDecision, LawEffect, LawRun, Payment
from zaigang.foundation import clock
from zaigang.foundation.copying import copy_into
from zaigang.ledger.actions import NewEntry, record_many

COLUMNS = (
    "id", "case", "ruling", "decided_on", "decided_at", "decided_by", "eligible", "months_exact",
    "months_at_most", "facts", "law", "current",
)  # fmt: skip


def rewrite(found: Sequence[Finding], *, run: LawRun, law: Law) -> None:
    """Decide these people anew: decisions superseded, claims and open months changed, back-pay made out, the ledger
    told; what a person must do is only noted. Inside the batch's transaction.
    """
    answers = {digest(one.answer): one.answer for one in found if one.applied}
    rulings = keep(answers)
    effects = [one.effect(run, rulings[digest(one.answer)] if one.applied else None) for one in found]
    LawEffect.objects.bulk_create(effects)
    done = [one for one in found if one.applied]
    _decisions([one for one in done if one.decision], rulings, run, law)
    for one in done:
        if one.claim:
            _claim(one, rulings[digest(one.answer)], law)
    _payments(done, run)
    _tell(zip(found, effects, strict=True), run)


def _decisions(found: Sequence[Finding], rulings: dict[bytes, UUID], run: LawRun, law: Law) -> None:
    old = [one.decision.pk for one in found if one.decision]
    FirstDecision.objects.filter(pk__in=old).update(current=False)
    copy_into(FirstDecision, COLUMNS, (_columns(one, rulings, run, law) for one in found))


def _columns(one: Finding, rulings: dict[bytes, UUID], run: LawRun, law: Law) -> tuple[Any, ...]:
    months, asked = one.answer["months"], one.asked
    return (
        uuid4(), one.case.pk, rulings[digest(one.answer)], asked["decide_on"], clock.now(), run.by_id,
        one.answer["eligible"], months["exact"], months["at_most"], Jsonb(asked),
        Jsonb(law.versions(asked["territory"])), True,
    )  # fmt: skip


def _claim(one: Finding, ruling: UUID, law: Law) -> None:
    claim, months = one.claim, one.answer["months"]
    assert claim is not None
    claim.ruling_id, claim.law = ruling, law.versions(one.asked["territory"])
    claim.eligible, claim.months_exact, claim.months_at_most = (
        one.answer["eligible"],
        months["exact"],
        months["at_most"],
    )
    if claim.state == ClaimState.CHECKED:
        # Who checked has signed for other amounts.
        claim.state, claim.checked_by, claim.checked_at = ClaimState.MADE, None, None
    claim.save(
        update_fields=[
            "ruling", "law", "eligible", "months_exact", "months_at_most", "state", "checked_by", "checked_at",
        ]
    )  # fmt: skip


def _payments(done: Sequence[Finding], run: LawRun) -> None:
    plans = [one.plan for one in done if one.plan]
    fields = ["yuan", "status", "planned", "draw", "state", "released_by", "released_at"]
    Payment.objects.filter(pk__in=[one.pk for plan in plans for one in plan.gone]).delete()
    Payment.objects.bulk_update([one for plan in plans for one in plan.changed], fields)
    Payment.objects.bulk_create([one for plan in plans for one in plan.new])
    BackPay.objects.bulk_create(
        BackPay(
            payment=owed.payment, file_id=run.file_id, yuan=owed.yuan, standard=owed.standard,
            source=dict(owed.source), released_by=run.by, released_at=clock.now(),
        )
        for plan in plans for owed in plan.owed
    )  # fmt: skip


def _tell(found: Iterable[tuple[Finding, LawEffect]], run: LawRun) -> None:
    by_office: dict[UUID, list[NewEntry]] = defaultdict(list)
    for one, effect in found:
        if one.applied:
            by_office[one.case.closure.office_id].append(_entry(one, effect, run))
    for office, entries in by_office.items():
        record_many(entries, by=run.by, office=office)


def _entry(one: Finding, effect: LawEffect, run: LawRun) -> NewEntry:
    facts: dict[str, Any] = {
        "law": str(run.file_id), "before": str(effect.before_id), "after": str(effect.after_id),
        "eligible": one.answer["eligible"], "months": months_of(one.answer),
    }  # fmt: skip
    if one.claim and one.plan:
        facts |= {
            "claim": str(one.claim.pk),
            "back_pay": [f"{owed.payment.month:%Y-%m}" for owed in one.plan.owed],
        }
        return NewEntry(Verb.CLAIM_REDECIDED, one.case.pk, one.case.closure_id, facts)
    return NewEntry(Verb.REDECIDED, one.case.pk, one.case.closure_id, facts)
