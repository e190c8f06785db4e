"""Severance: arithmetic on arts. 46, 47 and 97 of the Labour Contract Law."""

import json
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
    ("changes", "months", "base", "yuan", "capped", "asks"),
    [
        ({}, 6, 4000, 24000, False, []),
        ({"left_on": "2016-01-01"}, 6.5, 4000, 26000, False, []),
        ({"left_on": "2016-06-29"}, 6.5, 4000, 26000, False, []),
        ({"left_on": "2016-06-30"}, 7, 4000, 28000, False, []),
        ({"entered_on": "2015-12-30"}, 0.5, 4000, 2000, False, []),
        ({"entered_on": "1990-07-01"}, 8, 4000, 32000, False, ["before_2008"]),
        ({"left_on": "2007-12-31", "entered_on": "1990-07-01"}, None, None, None, None, ["left_before_2008"]),
        ({"left_because": "resigned"}, 0, None, 0, False, ["pay_nothing_resigned"]),
        ({"left_because": "dismissed_fault"}, 0, None, 0, False, ["pay_nothing_resigned"]),
        ({"left_because": "resigned_for_cause"}, 6, 4000, 24000, False, []),
        ({"left_because": "contract_expired"}, 6, 4000, 24000, False, ["expiry_check"]),
        ({"left_because": "other"}, None, None, None, None, ["ending_for_person"]),
        ({"left_because": None}, None, None, None, None, ["ending_for_person"]),
        ({"monthly_wage_12m": 1200}, 6, 1600, 9600, False, ["minimum_used"]),
        ({"monthly_wage_12m": 1200, "minimum_wage": None}, 6, 1600, 9600, False, ["minimum_used"]),
        ({"minimum_wage": None, "territory": None}, 6, 4000, 24000, False, ["minimum_unknown"]),
        ({"monthly_wage_12m": 13500}, 6, 13500, 81000, False, []),
        ({"monthly_wage_12m": 13500.01}, 6, 13500, 81000, True, []),
        (
            {"monthly_wage_12m": 20000, "entered_on": "2008-01-01", "left_on": "2022-12-31"},
            *(12, 13500, 162000, True, []),
        ),
        ({"entered_on": "2008-01-01", "left_on": "2022-12-31"}, 15, 4000, 60000, False, []),
        ({"city_average_wage": None}, 6, 4000, 24000, False, []),
        ({"city_average_wage": None, "monthly_wage_12m": 20000}, 6, None, None, None, ["cap_unknown"]),
        ({"monthly_wage_12m": None}, 6, None, None, None, ["wage_unknown"]),
        ({"entered_on": None}, None, 4000, None, None, ["dates_unknown"]),
        ({"monthly_wage_12m": 3333.33}, 6, 3333.33, 19999.98, False, []),
    ],
)
def test_amounts(
    changes: dict[str, Any], months: Any, base: Any, yuan: Any, capped: bool | None, asks: list[str]
) -> None:
    answer = json.loads(json.dumps(severance(BASE | changes), ensure_ascii=False))
    assert [line["code"] for line in answer.pop("needs_human")] == asks
    assert answer == {"months_paid": months, "base": base, "yuan": yuan, "capped": capped}


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
    ],
)
def test_refusals(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadFacts) as refused:
        severance(BASE | changes)
    assert refused.value.where == where
