"""A claim that was held or sent back is decided again by a clerk, with the facts as they are known by then."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zaigang.claims.actions.signing import lock
from zaigang.claims.enums import ClaimState, Outcome, PaymentState, Verb
from zaigang.claims.errors import DecisionChanged, ReasonMissing, WrongSignature
from zaigang.claims.facts import Answer, Asked
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import AgencyMonths, Claim, Payment, Ruling
from zaigang.claims.one_stop.asking import CORRECTABLE, answered, proposed
from zaigang.claims.one_stop.confirming import demand_months, schedule_of
from zaigang.claims.queries.signing import settleable
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff


def question_again(claim: Claim, *, corrections: Mapping[str, Any], late_accepted: bool) -> Asked:
    """What the claim was decided on, with what was put right since; the days of registration and claim stay."""
    asked = dict(claim.facts) | {
        name: corrections[name] for name in CORRECTABLE if corrections.get(name) is not None
    }
    fixed = AgencyMonths.objects.filter(case=claim.case_id, current=True).first()
    if fixed:
        asked["agency_months"] = {"months": fixed.months, "document": fixed.document}
    return asked | ({"late_accepted": True} if late_accepted else {})


@transaction.atomic
def settle(
    *,
    claim: Claim,
    outcome: str,
    reason: str,
    digest: str,
    corrections: Mapping[str, Any] | None = None,
    late_accepted: bool = False,
    by: Staff,
) -> Claim:
    """Decide a held or returned claim; it waits for the second signature anew. `digest` is that of the answer shown.

    Raises `WrongSignature` when it is not waiting for that, `DecisionChanged`, `ReasonMissing`,
    `NothingToPay`.
    """
    locked = lock(claim, by)
    if not settleable(locked):
        raise WrongSignature(
            "这份申领不等着重新决定", locked.case.label, f"它的状态是：{locked.get_state_display()}"
        )
    asked = question_again(locked, corrections=corrections or {}, late_accepted=late_accepted)
    law = current_law()
    answer, sha256 = answered(asked, law)
    locked.law = law.versions(asked["territory"])
    if sha256.hex() != digest:
        raise DecisionChanged("测算的结果变了", locked.case.label, "请看清新的结果再决定")
    differs = Outcome(outcome) != proposed(answer) or bool(asked.get("late_accepted"))
    if differs and not reason.strip():
        raise ReasonMissing("没有写理由", locked.case.label, "决定与测算不同，请写明理由")
    demand_months(answer, outcome, locked.case.label)
    _write(locked, asked, answer, sha256, outcome=outcome, differs=differs, reason=reason.strip(), by=by)
    return locked


def _write(
    claim: Claim,
    asked: Asked,
    answer: Answer,
    sha256: bytes,
    *,
    outcome: str,
    differs: bool,
    reason: str,
    by: Staff,
) -> None:
    ruling, _new = Ruling.objects.get_or_create(sha256=sha256, defaults={"body": answer})
    claim.ruling, claim.facts, claim.eligible, claim.outcome = ruling, asked, answer["eligible"], outcome
    claim.differs, claim.reason = differs, reason or None
    claim.months_exact, claim.months_at_most = answer["months"]["exact"], answer["months"]["at_most"]
    claim.state, claim.returned_because = ClaimState.MADE, None
    claim.made_by, claim.made_at = by, clock.now()
    claim.save()
    _schedule(claim, answer)
    facts = {
        "claim": str(claim.pk), "eligible": claim.eligible, "exact": claim.months_exact,
        "at_most": claim.months_at_most, "outcome": outcome, "differs": differs,
    }  # fmt: skip
    entry = NewEntry(Verb.RESUBMITTED, claim.case_id, claim.case.closure_id, facts)
    record(entry, by=by, office=claim.case.closure.office_id, at=clock.now())


def _schedule(claim: Claim, answer: Answer) -> None:
    """Plan the months anew; those from the day on which the claim was stopped stay stopped."""
    claim.payments.all().delete()
    end = claim.stopped_on
    Payment.objects.bulk_create(
        Payment(
            claim=claim, month=line.month, draw=draw, yuan=line.yuan, status=line.status, planned=line.planned,
            state=PaymentState.STOPPED if end is not None and line.month >= end else PaymentState.PLANNED,
        )
        for draw, line in enumerate(schedule_of(answer, claim.outcome), start=1)
    )  # fmt: skip
