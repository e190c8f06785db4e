"""What a corrected fact would change of a claim. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from zaigang.claims.enums import BackPayState, PaymentState
from zaigang.claims.facts import Answer
from zaigang.claims.life import overpaid
from zaigang.claims.models import Claim, Payment
from zaigang.claims.one_stop.confirming import schedule_of
from zaigang.claims.queries.back_pay import with_sent

_WAITS = Sum("back_pays__yuan", filter=Q(back_pays__state=BackPayState.RELEASED))


@dataclass(frozen=True, slots=True)
class Differences:
    """Listed months that should have been less (`over`) or more (`under`), each with the difference in yuan to what
    went out; the open months before and after.

    `fair` are those that are not too much any more. Back-pay that waits for a list has not gone out: where another sum
    is due it is `void`, and `under` has the whole of it.
    """

    over: tuple[tuple[Any, Decimal], ...]
    under: tuple[tuple[Payment, Decimal], ...]
    fair: tuple[Payment, ...]
    void: tuple[Payment, ...]
    open_before: tuple[date, ...]
    open_after: tuple[date, ...]

    @property
    def over_yuan(self) -> Decimal:
        return sum((yuan for _payment, yuan in self.over), Decimal())

    @property
    def under_yuan(self) -> Decimal:
        return sum((yuan for _payment, yuan in self.under), Decimal())


def differences(claim: Claim, answer: Answer, outcome: str) -> Differences:
    """The claim's months against those of the new answer. A month that a stop made wrong is counted there."""
    due = {line.month: line.yuan for line in schedule_of(answer, outcome)}
    payments: list[Any] = list(with_sent(claim.payments.order_by("month")).annotate(waits=_WAITS))
    listed = [one for one in payments if one.state == PaymentState.LISTED]
    looked_at = [(one, _more(one, due)) for one in listed if not overpaid(claim, one.month)]
    compared = [(one, more) for one, more in looked_at if more is not None]
    there = {one.month for one in listed}
    end = claim.stopped_on or date.max
    states = (PaymentState.PLANNED, PaymentState.RELEASED, PaymentState.HELD)
    return Differences(
        over=tuple((one, -more) for one, more in compared if more < 0),
        under=tuple((one, more) for one, more in compared if more > 0 and more != one.waits),
        fair=tuple(one for one, more in compared if more >= 0),
        void=tuple(one for one, more in compared if one.waits and one.waits != more),
        open_before=tuple(one.month for one in payments if one.state in states),
        open_after=tuple(month for month in sorted(due) if month not in there and month < end),
    )


def _more(payment: Any, due: Mapping[date, Decimal | None]) -> Decimal | None:
    """How much more is due for a listed month than went out, listed back-pay included; None where its amount is not
    known now. Needs `sent`.
    """
    out: Decimal = payment.sent
    if payment.month not in due:
        return -out
    yuan = due[payment.month]
    return None if yuan is None else yuan - out


def changed_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The facts that differ: name, old value, new value."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [(name, before.get(name), after.get(name)) for name in sorted(names)]
