"""One claim whole: asked, answered, decided, signed, paid."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zaigang.claims.enums import Act, BackPayState, ClaimState, Confidence, Eligible, Outcome, PaymentState
from zaigang.claims.explaining import CONFIDENCE_KIND, Explanation, explain_claim
from zaigang.claims.life import allowed, overpaid
from zaigang.claims.models import Appeal, BackPay, Claim, Correction, LawEffect, Overpayment, Payment, Refusal
from zaigang.claims.one_stop.asking import PROPOSED
from zaigang.claims.pages.law import law_words
from zaigang.claims.pages.life import LifeLine, life_line, was_overpaid
from zaigang.claims.pages.names import name_for
from zaigang.claims.pages.signing import OUTCOME_KIND
from zaigang.claims.permissions import CHECK, PAY, REGISTER, VIEW_PAYMENTS
from zaigang.claims.queries.back_pay import back_pay_of
from zaigang.claims.queries.law import earlier_of
from zaigang.claims.queries.signing import own_file, settleable
from zaigang.look.components import SummaryRow
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may

STATE_KIND = {
    ClaimState.MADE: "progress",
    ClaimState.CHECKED: "progress",
    ClaimState.APPROVED: "done",
    ClaimState.RETURNED: "needs",
}
PAYMENT_KIND = {
    PaymentState.PLANNED: "progress",
    PaymentState.RELEASED: "progress",
    PaymentState.LISTED: "done",
    PaymentState.STOPPED: "stopped",
    PaymentState.HELD: "needs",
}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the schedule. `recover`: it went out although benefit was stopped by then."""

    payment: Payment
    status: str | Promise
    status_kind: str
    kind: str
    recover: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One of the three, given or not yet."""

    what: str
    who: str
    when: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything that the page says, and what the reader may do."""

    claim: Claim
    name: str
    state_word: str | Promise
    state_kind: str
    decided_kind: str
    explanation: Explanation
    facts: list[SummaryRow]
    signatures: list[Signature]
    months: list[MonthRow]
    back_pay: list[tuple[BackPay, bool]]
    earlier: list[LawEffect]
    may_return: bool
    granted: bool
    life: LifeLine
    refusals: list[Refusal]
    overpayments: list[Overpayment]
    corrections: list[Correction]
    appeals: list[Appeal]
    may_correct: bool
    may_appeal: bool
    may_settle: bool
    sees_lists: bool

    @property
    def to_recover(self) -> bool:
        return any(row.recover for row in self.months)


def claim_page(claim: Claim, reader: Staff) -> ClaimPage:
    """Needs everything that `queries.claims.whole` joins."""
    office = claim.case.closure.office
    own, waits = own_file(claim, reader), claim.state in (ClaimState.MADE, ClaimState.CHECKED)
    held = settleable(claim)
    payments = list(claim.payments.select_related("list").order_by("month"))
    return ClaimPage(
        claim=claim,
        name=name_for(reader, claim.case),
        state_word=_("先收下，等着决定") if waits and held else ClaimState(claim.state).label,
        state_kind="needs" if held else STATE_KIND[ClaimState(claim.state)],
        decided_kind=OUTCOME_KIND[Outcome(claim.outcome)],
        explanation=explain_claim(claim),
        facts=_facts(claim),
        signatures=_signatures(claim),
        months=[_month(claim, payment) for payment in payments],
        back_pay=[(one, _is_due(claim, one)) for one in back_pay_of(claim)],
        earlier=list(earlier_of(claim.case, claim)),
        may_return=waits and not held and not own and may(reader, CHECK, office),
        granted=claim.outcome == Outcome.GRANT,
        life=life_line(claim, payments, may_act=not own and may(reader, PAY, office)),
        refusals=list(claim.refusals.order_by("noted_at")),
        corrections=list(claim.corrections.order_by("made_at")),
        appeals=list(claim.appeals.order_by("noted_at")),
        may_correct=correctable(claim) and not own and may(reader, REGISTER, office),
        may_appeal=not own and may(reader, REGISTER, office),
        overpayments=list(claim.overpayments.order_by("found_at")),
        may_settle=held and not own and may(reader, REGISTER, office),
        sees_lists=may(reader, VIEW_PAYMENTS, office),
    )


def _is_due(claim: Claim, one: BackPay) -> bool:
    """Whether it went out, will, or was dropped with words of its own; not where its month was not due at all."""
    return one.state != BackPayState.RELEASED or not overpaid(claim, one.payment.month)


def correctable(claim: Claim) -> bool:
    """Whether a fact can be put right: three people signed, and the months do not belong to another claim."""
    return claim.state == ClaimState.APPROVED and Act.CORRECT in allowed(claim.life)


def _facts(claim: Claim) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("申领日期"), claim.applied_on),
        SummaryRow(_("登记编号"), claim.registration.number),
        SummaryRow(_("测算建议"), PROPOSED[Eligible(claim.eligible)].label),
        SummaryRow(_("经办人决定"), claim.get_outcome_display(), changed=False),
    ]
    rows.append(SummaryRow(_("按哪个规定"), law_words(claim.law)))
    if claim.reason:
        rows.append(SummaryRow(_("为什么这样决定"), claim.reason))
    if claim.returned_because:
        rows.append(SummaryRow(_("为什么退回"), claim.returned_because))
    if claim.stopped_on:
        rows.append(SummaryRow(_("停发"), claim.stopped_on, note=claim.get_stop_reason_display()))
        rows.append(SummaryRow(_("凭什么停发"), claim.stop_evidence))
    return rows


def _signatures(claim: Claim) -> list[Signature]:
    given = [
        (_("经办"), claim.made_by, claim.made_at),
        (_("复核"), claim.checked_by, claim.checked_at),
        (_("审批"), claim.approved_by, claim.approved_at),
    ]
    return [Signature(what, who.full_name if who else "", when) for what, who, when in given]


def _month(claim: Claim, payment: Payment) -> MonthRow:
    confidence, state = Confidence(payment.status), PaymentState(payment.state)
    return MonthRow(
        payment=payment,
        status=confidence.label,
        status_kind=CONFIDENCE_KIND[confidence],
        kind=PAYMENT_KIND[state],
        recover=was_overpaid(claim, payment),
    )
