"""Severance: what cannot be is refused. The amounts are in cases/severance.yaml."""

from typing import Any

import pytest

from zaigang.engines.entitlement import BadFacts, severance

BASE: dict[str, Any] = {
    "territory": "370213",
    "entered_on": "2010-01-01",
    "left_on": "2015-12-31",
    "left_because": "employer_proposed_agreement",
    "monthly_wage_12m": 4000,
    "city_average_wage": 4500,
    "minimum_wage": 1600,
}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"bonus": 1}, "bonus"),
        ({"entered_on": "2016-01-01"}, "entered_on"),
        ({"left_on": "2015-02-30"}, "left_on"),
        ({"monthly_wage_12m": 0}, "monthly_wage_12m"),
        ({"monthly_wage_12m": "4000"}, "monthly_wage_12m"),
        ({"left_because": "quarrel"}, "left_because"),
        ({"territory": "37"}, "territory"),
        ({"city_average_wage": 200}, "city_average_wage"),
        ({"city_average_wage": 200, "minimum_wage": None}, "city_average_wage"),
    ],
)
def test_refusals(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadFacts) as refused:
        severance(BASE | changes)
    assert refused.value.where == where
