"""What an act would do to the months of a claim, before anybody does it. Nothing is written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.claims.enums import PaymentState
from zaigang.claims.life import in_a_gap
from zaigang.claims.models import Claim, Payment
from zaigang.claims.queries.back_pay import with_sent

#: Months that have not gone out, and are not stopped.
OPEN = (PaymentState.PLANNED, PaymentState.RELEASED, PaymentState.HELD)


@dataclass(frozen=True, slots=True)
class StopEffect:
    """`last` is the last month still due, `stopped` those that would not be paid, `over` those that went out and were
    not due.
    """

    last: date | None
    stopped: tuple[date, ...]
    over: tuple[Payment, ...]
    over_yuan: Decimal


def stop_effect(claim: Claim, on: date) -> StopEffect:
    """A stop on that day: a month is due to who is unemployed on its first day."""
    payments: list[Any] = list(with_sent(claim.payments.order_by("month")))
    due = [one.month for one in payments if one.month < on and one.state != PaymentState.STOPPED]
    stopped = tuple(one.month for one in payments if one.month >= on and one.state in OPEN)
    over = tuple(_gone_out(claim, payments, on))
    return StopEffect(due[-1] if due else None, stopped, over, sum((one.sent for one in over), Decimal()))


def _gone_out(claim: Claim, payments: list[Any], on: date) -> list[Any]:
    listed = [one for one in payments if one.state == PaymentState.LISTED and one.month >= on]
    return [one for one in listed if not in_a_gap(claim.facts, one.month)]


def months_in(claim: Claim, *states: str) -> list[date]:
    """The months of a claim in those states, in order."""
    found = claim.payments.filter(state__in=states).order_by("month")
    return list(found.values_list("month", flat=True))
