"""How many months of a claim are left: what was fixed less what went out. Counted, never typed."""

from dataclasses import dataclass

from zaigang.claims.enums import PaymentState
from zaigang.claims.life import overpaid
from zaigang.claims.models import Claim


@dataclass(frozen=True, slots=True)
class Unused:
    """`exact` is None where the months are known as a bound only. `drawn` are those that went out and were due."""

    exact: int | None
    at_most: int
    drawn: int


def unused_of(claim: Claim) -> Unused:
    """The months that are left of a claim. A month that was paid too much is not drawn: it is to come back."""
    listed = claim.payments.filter(state=PaymentState.LISTED).values_list("month", flat=True)
    drawn = sum(not overpaid(claim, month) for month in listed)
    exact = None if claim.months_exact is None else max(0, claim.months_exact - drawn)
    return Unused(exact, max(0, (claim.months_at_most or 0) - drawn), drawn)
