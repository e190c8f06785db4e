"""Reads of this stage."""

from zaigang.claims.queries.decisions import (
    AmountSource,
    Summary,
    agency_months_of,
    amounts,
    decision_of,
    decisions_of,
    obstacles,
    summary,
)

__all__ = [
    "AmountSource",
    "Summary",
    "agency_months_of",
    "amounts",
    "decision_of",
    "decisions_of",
    "obstacles",
    "summary",
]
