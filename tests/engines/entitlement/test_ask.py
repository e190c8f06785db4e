"""Questions around the benefit that cannot be answered as they are asked: the field is named."""

from datetime import date
from typing import Any

import pytest

from zaigang.engines.entitlement import BadFacts, Overpayment, ask, overpayment
from zaigang.engines.entitlement.loader import load_parameters, read_territory
from zaigang.engines.entitlement.parameters import Library

PLACE = {"territory": "370213", "on": "2024-03-01"}
PAID = {"question": "overpayment", **PLACE, "paid": {"2024-01": 1980}, "stopped_on": "2024-01-01"}
HARD = {"question": "hard_to_place", **PLACE}
SKILL = {"question": "skill_upgrade_subsidy", **PLACE}


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ([], ""),
        ({}, "question"),
        (PAID | {"question": "pension"}, "question"),
        (PAID | {"question": ["overpayment"]}, "question"),
        (PAID | {"colour": "red"}, "colour"),
        (PAID | {"paid": None}, "paid"),
        (PAID | {"territory": None}, "territory"),
        (PAID | {"territory": "370"}, "territory"),
        (PAID | {"territory": 370213.0}, "territory"),
        (PAID | {"on": "2024-02-30"}, "on"),
        (PAID | {"on": "1998-12-31"}, "on"),
        (PAID | {"paid": {"2024-13": 1980}}, "paid"),
        (PAID | {"paid": {"2024-01": -1}}, "paid"),
        (PAID | {"paid": {"2024-01": 1980.001}}, "paid"),
        (PAID | {"paid": {"2024-01": "1980"}}, "paid"),
        (PAID | {"paid": {"2024-01": True}}, "paid"),
        (PAID | {"paid": [["2024-01"]]}, "paid"),
        (PAID | {"paid": "2024-01"}, "paid"),
        (PAID | {"due": [["2024-01", 5]]}, "due"),
        (PAID | {"last_month": "January"}, "last_month"),
        (PAID | {"stopped_by": "unemployed_again"}, "stopped_by"),
        (PAID | {"resumed_on": "2024-01-01"}, "resumed_on"),
        (PAID | {"stopped_on": None, "resumed_on": "2024-01-01"}, "resumed_on"),
        (PAID | {"fraud": "yes"}, "fraud"),
        (PAID | {"returned": -5}, "returned"),
        (HARD | {"sex": "f"}, "sex"),
        (HARD | {"born": "2024-03-02"}, "born"),
        (HARD | {"unemployed_since": "2024-03-02"}, "unemployed_since"),
        (HARD | {"registered_on": "2024-03-02"}, "registered_on"),
        (HARD | {"circumstances": {"left_handed": True}}, "circumstances"),
        (HARD | {"circumstances": {"dibao": "yes"}}, "circumstances.dibao"),
        (HARD | {"circumstances": ["dibao"]}, "circumstances"),
        (SKILL | {"certified_on": "2024-03-02"}, "certified_on"),
        (SKILL | {"level": 6}, "level"),
        (SKILL | {"this_year": -1}, "this_year"),
        ({"question": "registration", **PLACE, "born": "2024-03-02"}, "born"),
        ({"question": "dismissal_checks", **PLACE, "entered_on": "2024-03-02"}, "entered_on"),
        ({"question": "dismissal_checks", **PLACE, "persons": 11, "workforce": 10}, "persons"),
        ({"question": "moving", **PLACE, "to": "370213"}, "to"),
        ({"question": "moving", **PLACE, "to": "990000"}, "territory"),
        ({"question": "price_subsidy", **PLACE, "cpi": "3.5"}, "cpi"),
        ({"question": "price_subsidy", **PLACE, "cpi": -100}, "cpi"),
        ({"question": "flexible_retirement", "on": "2024-03-01", "retirement_category": "male"}, "born"),
    ],
)
def test_refusals(raw: Any, where: str) -> None:
    with pytest.raises(BadFacts) as refused:
        ask(raw)
    assert refused.value.where == where
    assert refused.value.what_to_do != ""


def test_yaml_may_read_the_key_on_as_true() -> None:
    assert (
        ask({True if key == "on" else key: value for key, value in PAID.items()}).as_json()
        == ask(PAID).as_json()
    )


def test_another_library_can_be_asked() -> None:
    """A changed law is tried before it is saved: the same question under other parameters."""
    text = """
territory: "3702"
name: {zh: 某市, en: Some city}
sources: {notice: {title: 某通知}}
parameters:
  overpayment:
    - {from: 2016-01-01, to: null, value: [return], status: verified, source: notice}
"""
    library = load_parameters()
    changed = Library({**library.territories, "3702": read_territory(text, "3702.yaml")})
    found = [
        overpayment(
            [(date(2016, 11, 20), 1000)],
            territory="370213",
            on=date(2016, 12, 1),
            stopped_on=date(2016, 10, 8),
            parameters=parameters,
        )
        for parameters in (None, changed)
    ]
    assert [_ways(answer) for answer in found] == [((), 1), (("return",), 0)]


def _ways(answer: Overpayment) -> tuple[tuple[str, ...], int]:
    return answer.repayment, len(answer.findings.missing)
