"""Two answers to one question, by the law before and after: what the change makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zaigang.claims.enums import Change
from zaigang.claims.facts import Answer


@dataclass(frozen=True, slots=True)
class Difference:
    """Months are exact where they are known, else a bound; yuan sum what is known. `month_*` is the amount of the
    first calendar month whose amount differs.
    """

    changes: tuple[str, ...]
    eligible_before: str
    eligible_after: str
    months_before: int | None
    months_after: int | None
    month_before: Decimal | None
    month_after: Decimal | None
    yuan_before: Decimal
    yuan_after: Decimal


def compare(before: Answer, after: Answer) -> Difference | None:
    """None where both are equal to the letter."""
    if before == after:
        return None
    first = _first_other_month(before, after)
    return Difference(
        _changes(before, after, first),
        str(before["eligible"]),
        str(after["eligible"]),
        months_of(before),
        months_of(after),
        _yuan(before, first),
        _yuan(after, first),
        Decimal(str(before["total_yuan"])),
        Decimal(str(after["total_yuan"])),
    )


def months_of(answer: Answer) -> int | None:
    """The months of an answer: exact, or else the bound."""
    exact = answer["months"]["exact"]
    most: int | None = answer["months"]["at_most"] if exact is None else exact
    return most


def by_month(answer: Answer) -> dict[str, Mapping[str, Any]]:
    """The payments of an answer by calendar month, 2016-07."""
    return {line["month"]: line for line in answer["payments"]}


def _changes(before: Answer, after: Answer, first: str | None) -> tuple[str, ...]:
    counted = ("exact", "at_most")
    same_months = all(before["months"][name] == after["months"][name] for name in counted)
    tests = (
        (Change.ELIGIBILITY, before["eligible"] != after["eligible"]),
        (Change.MONTHS, not same_months or set(by_month(before)) != set(by_month(after))),
        (Change.AMOUNT, first is not None),
    )
    found = tuple(str(change) for change, holds in tests if holds)
    return found or (str(Change.WORDING),)


def _first_other_month(before: Answer, after: Answer) -> str | None:
    old, new = by_month(before), by_month(after)
    return next((month for month in old if month in new and old[month]["yuan"] != new[month]["yuan"]), None)


def _yuan(answer: Answer, month: str | None) -> Decimal | None:
    yuan = by_month(answer)[month]["yuan"] if month else None
    return None if yuan is None else Decimal(str(yuan))
