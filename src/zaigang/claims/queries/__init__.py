"""Reads of this stage."""

from zaigang.claims.queries.decisions import (
    AmountSource,
    MonthForecast,
    Summary,
    agency_months_of,
    amounts,
    decision_of,
    decisions_of,
    forecast,
    obstacles,
    summary,
)

__all__ = [
    "AmountSource",
    "MonthForecast",
    "Summary",
    "agency_months_of",
    "amounts",
    "decision_of",
    "decisions_of",
    "forecast",
    "obstacles",
    "summary",
]
