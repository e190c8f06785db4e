"""A month is overpaid exactly when the plan of payments, had it known of the event, would not hold it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zaigang.engines.entitlement import (
    AgencyMonths,
    BadFacts,
    Event,
    Facts,
    Overpayment,
    decide,
    overpayment,
)
from zaigang.engines.entitlement.calendar import month_text

#: Paid from the month of registration, and from the month after it.
PLACES = ["370213", "410302"]


@st.composite
def claims(draw: st.DrawFn) -> Facts:
    """Young people whose agency has fixed the months, so that nothing but events can end the payments."""
    left_on = date(2012, 1, 1) + timedelta(days=draw(st.integers(0, 4500)))
    registered = left_on + timedelta(days=draw(st.integers(1, 50)))
    return Facts(
        territory=draw(st.sampled_from(PLACES)),
        decide_on=registered,
        sex="male",
        born=date(1985, 5, 5),
        retirement_category="male",
        left_on=left_on,
        left_because="closure",
        registered_on=registered,
        applied_on=registered,
        contribution_months=120,
        deemed_months=0,
        unused_months=0,
        agency_months=AgencyMonths(draw(st.integers(1, 24)), "核定表"),
    )


def _paid_in_ignorance(facts: Facts) -> list[tuple[str, int]]:
    """Every month of the plan, as an office pays that has not heard of any event."""
    return [(month_text(payment.month), 100) for payment in decide(facts).payments]


def _kept(answer: Overpayment, paid: list[tuple[str, int]]) -> set[str]:
    return {month for month, _ in paid} - {month_text(entry.month) for entry in answer.months}


@settings(deadline=None)
@given(claims(), st.integers(1, 800), st.sampled_from(["employed", "conscripted", "retired"]))
def test_after_a_stop(facts: Facts, days: int, kind: str) -> None:
    stop = facts.decide_on + timedelta(days=days)
    paid = _paid_in_ignorance(facts)
    due = {month_text(p.month) for p in decide(replace(facts, events=(Event(stop, kind),))).payments}
    answer = overpayment(
        paid, territory=facts.territory, on=date(2026, 1, 1), stopped_on=stop, stopped_by=kind
    )
    assert _kept(answer, paid) == due
    assert answer.total == 100 * len(answer.months)


@settings(deadline=None)
@given(claims(), st.integers(1, 700), st.integers(1, 500))
def test_after_a_stop_and_a_restart(facts: Facts, days: int, off: int) -> None:
    stop = facts.decide_on + timedelta(days=days)
    again = stop + timedelta(days=off)
    paid = _paid_in_ignorance(facts)
    events = (Event(stop, "employed"), Event(again, "unemployed_again"))
    due = {month_text(p.month) for p in decide(replace(facts, events=events)).payments}
    answer = overpayment(
        paid,
        territory=facts.territory,
        on=date(2026, 1, 1),
        stopped_on=stop,
        stopped_by="employed",
        resumed_on=again,
    )
    assert _kept(answer, paid) == due & {month for month, _ in paid}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 300_000)), max_size=30), st.integers(0, 400_000))
def test_what_is_outstanding_never_exceeds_what_was_paid(lines: list[tuple[int, int]], back: int) -> None:
    paid = [(month_text(2016 * 12 + offset), Decimal(fen) / 100) for offset, fen in lines]
    answer = overpayment(
        paid,
        territory="370213",
        on=date(2024, 1, 1),
        stopped_on=date(2017, 3, 3),
        returned=Decimal(back) / 100,
    )
    late = [yuan for month, yuan in paid if month > "2017-03"]
    assert answer.total == sum(late)
    assert answer.outstanding == max(Decimal(0), sum(late, Decimal(0)) - Decimal(back) / 100)


def test_a_month_given_in_code_is_checked_too() -> None:
    with pytest.raises(BadFacts) as refused:
        overpayment([("2016-13", 5)], territory="370213", on=date(2024, 1, 1))
    assert refused.value.where == "paid"
