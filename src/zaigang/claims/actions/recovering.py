"""What was paid too much: found with the stop, told, agreed, returned. No payment is ever made smaller by itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from zaigang.claims.actions.episodes import demand_day_come, demand_words, tell
from zaigang.claims.actions.signing import lock
from zaigang.claims.enums import OverpaidGround, OverpaidState, PaymentState, Repaying, StopReason, Verb
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.lawbook import current_law
from zaigang.claims.life import ENGINE_EVENT, overpaid
from zaigang.claims.models import Claim, OverpaidMonth, Overpayment, Repayment
from zaigang.claims.queries.back_pay import with_sent
from zaigang.claims.queries.correcting import Differences
from zaigang.claims.queries.overpayments import OPEN_STATES, returned
from zaigang.engines.entitlement import overpayment as judged
from zaigang.foundation import clock
from zaigang.offices.models import Staff

#: What may be done from where: act -> the states it starts from.
FROM = {
    "notify": (OverpaidState.FOUND,),
    "agree": (OverpaidState.NOTIFIED, OverpaidState.AGREED),
    "receive": OPEN_STATES,
    "write_off": OPEN_STATES,
}


def recount(claim: Claim, by: Staff) -> None:
    """After a stop, its undoing or a restart: months that turned out to be due are taken out, others are found.

    Inside the transaction of the act, the claim being locked and saved.
    """
    lines = OverpaidMonth.objects.filter(
        overpayment__claim=claim, overpayment__ground=OverpaidGround.STOPPED, current=True
    ).select_related("payment", "overpayment")
    covered = {line.payment_id: line for line in lines}
    due = [line for line in covered.values() if not overpaid(claim, line.payment.month)]
    _take_out(claim, due, by)
    listed = with_sent(claim.payments.filter(state=PaymentState.LISTED).order_by("month"))
    found = [one for one in listed if overpaid(claim, one.month) and one.pk not in covered]
    if found:
        _find(claim, found, by)


def _take_out(claim: Claim, lines: Iterable[OverpaidMonth], by: Staff) -> None:
    due = list(lines)
    OverpaidMonth.objects.filter(pk__in=[line.pk for line in due]).update(current=False)
    for pk in sorted({line.overpayment_id for line in due}):
        found = Overpayment.objects.select_for_update().get(pk=pk)
        left: Decimal = found.months.filter(current=True).aggregate(left=Sum("yuan"))["left"] or Decimal()
        found.yuan = left
        if not left:
            found.state, found.written_off_by = OverpaidState.WITHDRAWN, None
        found.save()
        _settle_if_repaid(found)
        tell(claim, Verb.OVERPAID_LESS, _facts(found), by)


def _find(claim: Claim, payments: Sequence[Any], by: Staff) -> Overpayment | None:
    kind = ENGINE_EVENT.get(StopReason(claim.stop_reason)) if claim.stop_reason else None
    answer = judged(
        [(one.month, one.sent) for one in payments], territory=claim.facts["territory"],
        on=clock.today(), stopped_on=claim.stopped_on, stopped_by=kind, parameters=current_law().library,
    )  # fmt: skip
    if not answer.total:
        return None
    found = Overpayment.objects.create(
        claim=claim, ground=OverpaidGround.STOPPED, yuan=answer.total, law=answer.as_json(), found_by=by,
        found_at=clock.now(),
    )  # fmt: skip
    over = {entry.as_json()["month"]: entry.over for entry in answer.months}
    OverpaidMonth.objects.bulk_create(
        OverpaidMonth(overpayment=found, payment=one, yuan=over[f"{one.month:%Y-%m}"]) for one in payments
    )
    tell(claim, Verb.OVERPAID, _facts(found), by)
    return found


@transaction.atomic
def notify(*, overpayment: Overpayment, on: date, answer: str, by: Staff) -> Overpayment:
    """The worker was told, and what they say is kept. Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`."""
    found = _locked(overpayment.pk, "notify", by)
    demand_day_come(on, found.claim)
    found.answer = demand_words(answer, "没有写本人怎么说", found.claim, "请照本人的话写")
    found.notified_on, found.state = on, OverpaidState.NOTIFIED
    found.save()
    tell(found.claim, Verb.OVERPAID_NOTIFIED, _facts(found), by)
    return found


@transaction.atomic
def agree(*, overpayment: Overpayment, way: str, agreement: str, by: Staff) -> Overpayment:
    """How it comes back, as agreed with the worker. Nothing is taken off a payment by it.

    Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`.
    """
    found = _locked(overpayment.pk, "agree", by)
    words = demand_words(agreement, "没有写说好的内容", found.claim, "请写明每次多少、到哪天")
    found.way, found.agreement, found.state = Repaying(way), words, OverpaidState.AGREED
    found.save()
    tell(found.claim, Verb.OVERPAID_AGREED, _facts(found) | {"way": str(way)}, by)
    return found


@transaction.atomic
def receive(
    *, overpayment: Overpayment, yuan: Decimal, on: date, document: str, once: UUID, by: Staff
) -> Overpayment:
    """Money came back. Pressed twice with the same `once`: written once. All of it: the finding is settled.

    Raises `EvidenceMissing` for more than is owed or a day to come, `NoSuchStep`, `WrongSignature`.
    """
    claim = lock(Claim.objects.get(overpayments=overpayment.pk), by)
    if Repayment.objects.filter(pk=once, overpayment=overpayment.pk).exists():
        return Overpayment.objects.get(pk=overpayment.pk)
    found = _locked(overpayment.pk, "receive", by)
    words = demand_words(document, "没有写凭什么单据", claim, "请写收据号或者银行回单")
    demand_day_come(on, claim)
    owed = found.yuan - returned(found)
    if not 0 < yuan <= owed:
        raise EvidenceMissing("金额不对", claim.case.label, f"还差 {owed:,.2f} 元；收到的要大于零，不超过它")
    Repayment.objects.create(
        pk=once, overpayment=found, yuan=yuan, received_on=on, document=words, by=by, at=clock.now()
    )
    _settle_if_repaid(found)
    tell(claim, Verb.OVERPAID_REPAID, _facts(found) | {"received": f"{yuan:.2f}"}, by)
    return found


@transaction.atomic
def write_off(*, overpayment: Overpayment, because: str, by: Staff) -> Overpayment:
    """Another person decides that it is not pursued. The law that was read says nothing of this: the reason is theirs.

    Raises `WrongSignature` for who found it, `NoSuchStep`, `EvidenceMissing`.
    """
    found = _locked(overpayment.pk, "write_off", by)
    if by.pk == found.found_by_id:
        raise WrongSignature("查出来的人不能决定不再追", found.claim.case.label, "请另一位同事来决定")
    words = demand_words(because, "没有写为什么不再追", found.claim, "请写明依据和理由")
    found.state, found.written_off_by, found.written_off_because = OverpaidState.WRITTEN_OFF, by, words
    found.save()
    tell(found.claim, Verb.OVERPAID_WRITTEN_OFF, _facts(found), by)
    return found


def _settle_if_repaid(found: Overpayment) -> None:
    if found.state in OPEN_STATES and returned(found) >= found.yuan:
        found.state = OverpaidState.REPAID
        found.save()


def _locked(pk: UUID, act: str, by: Staff) -> Overpayment:
    """The finding, locked after its claim, where `act` may be done. Raises `NoSuchStep`."""
    claim = lock(Claim.objects.get(overpayments=pk), by)
    found = Overpayment.objects.select_for_update(of=("self",)).get(pk=pk)
    found.claim = claim
    if found.state not in FROM[act]:
        raise NoSuchStep("现在不能这样办", claim.case.label, f"这笔多发现在是：{found.get_state_display()}")
    return found


def _facts(found: Overpayment) -> dict[str, str]:
    return {"claim": str(found.claim_id), "overpayment": str(found.pk), "yuan": f"{found.yuan:.2f}"}


def correct_amounts(claim: Claim, diff: Differences, by: Staff) -> Overpayment | None:
    """After a correction: listed months of which less was due than went out, each with the difference. What an earlier
    correction found and this one does not find any more, or finds to be another sum, is taken out.
    """
    lines = OverpaidMonth.objects.filter(payment__claim=claim, current=True)
    fair, over = {one.pk for one in diff.fair}, {one.pk: yuan for one, yuan in diff.over}
    corrected = lines.filter(overpayment__ground=OverpaidGround.CORRECTED)
    other = (
        one for one in corrected if one.payment_id in fair or over.get(one.payment_id, one.yuan) != one.yuan
    )
    _take_out(claim, other, by)
    covered = set(lines.values_list("payment", flat=True))
    new = [(one, yuan) for one, yuan in diff.over if one.pk not in covered]
    if not new:
        return None
    answer = judged(
        [(one.month, one.sent) for one, _yuan in new], territory=claim.facts["territory"], on=clock.today(),
        due={f"{one.month:%Y-%m}": one.sent - yuan for one, yuan in new}, parameters=current_law().library,
    )  # fmt: skip
    found = Overpayment.objects.create(
        claim=claim, ground=OverpaidGround.CORRECTED, yuan=answer.total, law=answer.as_json(), found_by=by,
        found_at=clock.now(),
    )  # fmt: skip
    OverpaidMonth.objects.bulk_create(
        OverpaidMonth(overpayment=found, payment=one, yuan=yuan) for one, yuan in new
    )
    tell(claim, Verb.OVERPAID, _facts(found), by)
    return found
