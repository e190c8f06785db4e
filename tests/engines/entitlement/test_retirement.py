"""The published table of the reform at its boundaries, and the ages before it."""

from datetime import date

import pytest

from zaigang.engines.entitlement import BadFacts, retirement, retirement_date


@pytest.mark.parametrize(
    ("category", "born", "retires", "delay"),
    [
        ("male", "1956-01", "2016-01", 0),
        ("male", "1964-12", "2024-12", 0),
        ("male", "1965-01", "2025-02", 1),
        ("male", "1965-04", "2025-05", 1),
        ("male", "1965-05", "2025-07", 2),
        ("male", "1976-08", "2039-07", 35),
        ("male", "1976-09", "2039-09", 36),
        ("male", "1990-01", "2053-01", 36),
        ("female_55", "1969-12", "2024-12", 0),
        ("female_55", "1970-01", "2025-02", 1),
        ("female_55", "1970-05", "2025-07", 2),
        ("female_55", "1981-09", "2039-09", 36),
        ("female_50", "1974-12", "2024-12", 0),
        ("female_50", "1975-01", "2025-02", 1),
        ("female_50", "1975-02", "2025-03", 1),
        ("female_50", "1975-03", "2025-05", 2),
        ("female_50", "1984-10", "2039-09", 59),
        ("female_50", "1984-11", "2039-11", 60),
    ],
)
def test_published_cases(category: str, born: str, retires: str, delay: int) -> None:
    assert retirement(category, born) == {"retires": retires, "delay_months": delay}


def test_before_the_decision_was_published_the_old_age_holds() -> None:
    assert retirement_date("male", date(1970, 3, 31), known_on=date(2024, 9, 12)) == date(2030, 3, 31)
    assert retirement_date("male", date(1970, 3, 31)) == date(2031, 7, 31)


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("male", "1969-05", "female"), "category"),
        (("female_50", "1969-05", "male"), "category"),
        (("worker", "1969-05"), "category"),
        (("male", "1969-05", "x"), "sex"),
        (("male", "1969-13"), "born"),
        (("male", "1969-05-22"), "born"),
    ],
)
def test_refusals(arguments: tuple[str, ...], where: str) -> None:
    with pytest.raises(BadFacts) as refused:
        retirement(*arguments)
    assert refused.value.where == where
