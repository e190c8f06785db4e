"""Months that a claim leaves: fixed less gone out. Counted, never typed; the next claim begins with them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.claims.enums import Life, Outcome, PaymentState
from zaigang.claims.life import overpaid
from zaigang.claims.models import Claim


@dataclass(frozen=True, slots=True)
class Unused:
    """`exact` is None where the months are known as a bound only. `drawn` are those that went out and were due."""

    exact: int | None
    at_most: int
    drawn: int


def counted(claim: Claim, listed: Iterable[date]) -> Unused:
    """The months that are left of a claim. A month that was paid too much is not drawn: it is to come back."""
    drawn = sum(not overpaid(claim, month) for month in listed)
    exact = None if claim.months_exact is None else max(0, claim.months_exact - drawn)
    return Unused(exact, max(0, (claim.months_at_most or 0) - drawn), drawn)


_READ = ("life", "stopped_on", "facts", "months_exact", "months_at_most")
#: What `carried_in` takes, as columns of `last_claim`.
COLUMNS = (*_READ, "listed")


def last_claim(worker: str) -> str:
    """The statement for the latest claim of a worker, given as an SQL expression. One that was refused took nothing
    and gave nothing, so it hides none before it.
    """
    return f"""
        SELECT {", ".join(f"k.{name}" for name in _READ)}, ARRAY(
            SELECT p.month FROM claims_payment p WHERE p.claim_id = k.id AND p.state = '{PaymentState.LISTED}'
        ) AS listed
        FROM claims_claim k JOIN roster_case f ON f.id = k.case_id
        WHERE f.worker_id = {worker} AND k.outcome <> '{Outcome.REFUSE}'
        ORDER BY k.applied_on DESC, k.made_at DESC LIMIT 1
    """  # noqa: S608 -- joined from constants


def carried_in(row: tuple[Any, ...] | None) -> Unused | None:
    """What the latest claim hands on; None where there is none, or it was not carried. A later claim of the same
    person contains what those before it had left.
    """
    if row is None or row[0] != Life.CARRIED:
        return None
    values = dict(zip(_READ, row[:-1], strict=True))
    return counted(Claim(**values | {"facts": json.loads(values["facts"])}), row[-1])
