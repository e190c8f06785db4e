"""What was known when, and refusals. The published table is in cases/retirement.yaml."""

from datetime import date

import pytest

from zaigang.engines.entitlement import BadFacts, retirement, retirement_date


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
