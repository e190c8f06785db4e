"""The page of first decisions."""

from collections.abc import Iterable
from dataclasses import dataclass

from zaigang.claims.enums import Eligible
from zaigang.claims.explaining import KIND, months_words, why
from zaigang.claims.models import FirstDecision


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of the list."""

    decision: FirstDecision
    kind: str
    months: str
    why: str


def rows_of(decisions: Iterable[FirstDecision]) -> list[DecisionRow]:
    """Lines for a page of decisions."""
    return [
        DecisionRow(d, KIND[Eligible(d.eligible)], months_words(d.months_exact, d.months_at_most), why(d))
        for d in decisions
    ]
