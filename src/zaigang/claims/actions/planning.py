"""The months of a claim anew, from the engine. What went out on a list is never touched."""

from datetime import date

from zaigang.claims.enums import Life, PaymentState
from zaigang.claims.facts import Answer
from zaigang.claims.models import Claim, Payment
from zaigang.claims.one_stop.confirming import schedule_of
from zaigang.claims.one_stop.writing import Month


def replan(claim: Claim, answer: Answer) -> list[date]:
    """Plan a locked claim's months as `answer` lists them, as its life stands; gives the months that changed.

    A month that is not in the plan any more is stopped where it lies before the last one, else taken out.
    """
    lines = {line.month: (draw, line) for draw, line in enumerate(schedule_of(answer, claim.outcome), 1)}
    there = {payment.month: payment for payment in claim.payments.select_for_update()}
    changed = _take_out(claim, there, last=max(lines, default=date.min), planned=frozenset(lines))
    new = [
        Payment(
            claim=claim, month=month, draw=draw, yuan=line.yuan, status=line.status, planned=line.planned,
            state=_state(claim, month),
        )
        for month, (draw, line) in lines.items()
        if month not in there
    ]  # fmt: skip
    Payment.objects.bulk_create(new)
    changed += [payment.month for payment in new]
    for month, (draw, line) in lines.items():
        if month in there and _changed(claim, there[month], draw, line):
            changed.append(month)
    return sorted(changed)


def _state(claim: Claim, month: date) -> str:
    """What an open month is, as the claim stands."""
    if claim.stopped_on is not None and month >= claim.stopped_on:
        return PaymentState.STOPPED
    return PaymentState.HELD if claim.life == Life.SUSPENDED else PaymentState.PLANNED


def _changed(claim: Claim, payment: Payment, draw: int, line: Month) -> bool:
    if payment.state == PaymentState.LISTED:
        return False
    same = (payment.yuan, payment.planned) == (line.yuan, line.planned)
    # Somebody let this very amount go out.
    stays = (
        same
        and payment.state == PaymentState.RELEASED
        and _state(claim, payment.month) == PaymentState.PLANNED
    )
    state = payment.state if stays else _state(claim, payment.month)
    moved = not same or state != payment.state
    if not same:
        payment.released_by, payment.released_at = None, None
    payment.draw, payment.yuan, payment.status = draw, line.yuan, line.status
    payment.planned, payment.state = line.planned, state
    payment.save()
    return moved


def _take_out(
    claim: Claim, there: dict[date, Payment], *, last: date, planned: frozenset[date]
) -> list[date]:
    gone = [one for month, one in there.items() if month not in planned and one.state != PaymentState.LISTED]
    away = [one for one in gone if one.month < last]
    claim.payments.filter(pk__in=[one.pk for one in away]).update(state=PaymentState.STOPPED)
    claim.payments.filter(pk__in=[one.pk for one in gone if one.month >= last]).delete()
    return [one.month for one in gone if one.month >= last or one.state != PaymentState.STOPPED]
