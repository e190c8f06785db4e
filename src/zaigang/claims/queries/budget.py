"""What the fund's forecast is made of, read for several closures at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, Sum

from zaigang.claims.budget import PACE_DAYS, Assumption, Budget, Coming, Granted, budget
from zaigang.claims.enums import BackPayState, ClaimState, Eligible, Life, Outcome, PaymentState
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import BackPay, FirstDecision, Payment, Registration
from zaigang.claims.projection import project
from zaigang.claims.queries.back_pay import STILL_PAID
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Closure

#: Fixed by law and approved: nothing but a stop can make it less.
_EXACT = Q(planned=False, claim__state=ClaimState.APPROVED) & ~Q(state=PaymentState.HELD)


def budget_of(closures: Sequence[Closure], assumption: Assumption, today: date) -> Budget:
    """The forecast of these closures by the law in force, from the month of `today` on; in six queries."""
    pks, first = [closure.pk for closure in closures], today.replace(day=1)
    coming = coming_of(pks, today)
    lines, standings = project(coming, assumption, today, current_law().library)
    return budget([*granted(pks, first), *back_pay(pks, first)], lines, standings, assumption)


def granted(closures: Sequence[UUID], first: date) -> list[Granted]:
    """Months from `first` on of claims that a clerk granted, signed or not, without those that are stopped."""
    found = Payment.objects.filter(
        claim__case__closure__in=closures, claim__outcome=Outcome.GRANT, month__gte=first
    ).exclude(Q(state=PaymentState.STOPPED) | Q(claim__state=ClaimState.RETURNED))
    sums: Any = found.order_by().values("month", closure=F("claim__case__closure")).annotate(
        persons=Count("pk"), exact=Sum("yuan", filter=_EXACT), bound=Sum("yuan", filter=~_EXACT),
        unknown=Count("pk", filter=Q(yuan__isnull=True)), statuses=ArrayAgg("status", distinct=True),
    )  # fmt: skip
    return [
        Granted(
            row["closure"], row["month"], row["persons"], row["exact"] or Decimal(), row["bound"] or Decimal(),
            row["unknown"], frozenset(row["statuses"]),
        )
        for row in sums
    ]  # fmt: skip


def back_pay(closures: Sequence[UUID], first: date) -> list[Granted]:
    """Differences for months that went out at an older amount: due with the next list, so in the month that runs."""
    waiting = BackPay.objects.filter(
        STILL_PAID, payment__claim__case__closure__in=closures, state=BackPayState.RELEASED,
        payment__month__lte=first,
    )  # fmt: skip
    held = Q(payment__claim__life=Life.SUSPENDED)
    sums: Any = waiting.order_by().values(closure=F("payment__claim__case__closure")).annotate(
        exact=Sum("yuan", filter=~held), bound=Sum("yuan", filter=held)
    )  # fmt: skip
    return [
        Granted(row["closure"], first, 0, row["exact"] or Decimal(), row["bound"] or Decimal(), 0)
        for row in sums
    ]


def coming_of(closures: Sequence[UUID], today: date) -> list[Coming]:
    """Per closure, in the given order: those who may draw and have not registered, and how fast the others did."""
    facts: dict[UUID, list[Any]] = defaultdict(list)
    for closure, asked in _not_registered(closures, Eligible.YES).values_list("case__closure", "facts"):
        facts[closure].append(asked)
    undecided = _counted(_not_registered(closures, Eligible.UNDECIDED))
    lately = Registration.objects.filter(
        case__closure__in=closures, current=True, registered_on__gt=today - timedelta(days=PACE_DAYS)
    )
    pace = _counted(lately)
    return [
        Coming(closure, facts[closure], pace.get(closure, 0), undecided.get(closure, 0))
        for closure in closures
    ]


def _not_registered(closures: Sequence[UUID], eligible: str) -> Any:
    found = FirstDecision.objects.in_force().filter(case__closure__in=closures, eligible=eligible)
    return found.filter(case__state=CaseState.NOT_REACHED, case__claim__isnull=True).order_by("case__number")


def _counted(found: Any) -> dict[UUID, int]:
    counted = found.order_by().values_list("case__closure").annotate(n=Count("pk"))
    return dict(counted)
