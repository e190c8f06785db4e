"""What cannot be is refused with the field named; nothing is decided on it."""

from datetime import date
from typing import Any

import pytest

from zaigang.engines.entitlement import BadFacts, Event, Facts, decide, facts_from_mapping

GOOD: dict[str, Any] = {
    "territory": "370213",
    "sex": "male",
    "born": date(1969, 5, 22),
    "retirement_category": "male",
    "left_on": date(2015, 12, 31),
    "left_because": "layoff",
    "registered_on": date(2016, 1, 15),
    "applied_on": date(2016, 1, 15),
    "contribution_months": 206,
    "deemed_months": 96,
    "unused_months": 0,
    "decide_on": date(2016, 1, 15),
}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"colour": "red"}, "colour"),
        ({"territory": None}, "territory"),
        ({"territory": "37021"}, "territory"),
        ({"territory": "37021x"}, "territory"),
        ({"territory": "990213"}, "territory"),
        ({"territory": "810000"}, "territory"),
        ({"decide_on": None}, "decide_on"),
        ({"decide_on": "1998-01-01"}, "decide_on"),
        ({"born": "2016-02-30"}, "born"),
        ({"born": "1969"}, "born"),
        ({"born": date(2017, 1, 1)}, "born"),
        ({"born": date(1869, 1, 1)}, "born"),
        ({"born": date(2005, 1, 1), "contribution_months": 0, "deemed_months": 0}, "born"),
        ({"sex": "female"}, "retirement_category"),
        ({"sex": "x"}, "sex"),
        ({"left_because": "quarrel"}, "left_because"),
        ({"contribution_months": -1}, "contribution_months"),
        ({"contribution_months": 20.5}, "contribution_months"),
        ({"contribution_months": True}, "contribution_months"),
        ({"contribution_months": 273}, "contribution_months"),
        ({"born": None, "contribution_months": 721, "deemed_months": 0}, "contribution_months"),
        ({"unused_months": 25}, "unused_months"),
        ({"agency_months": 20}, "agency_months"),
        ({"agency_months": {"months": 20, "document": " "}}, "agency_months.document"),
        ({"agency_months": {"months": 25, "document": "x"}}, "agency_months.months"),
        ({"agency_months": {"months": 0, "document": "x"}}, "agency_months.months"),
        ({"registered_on": date(2015, 12, 31)}, "registered_on"),
        ({"registered_on": None, "applied_on": date(2015, 12, 31)}, "applied_on"),
        ({"applied_on": date(2016, 1, 14)}, "applied_on"),
        ({"pay_through": "2016-13"}, "pay_through"),
        ({"events": [{"on": date(2016, 8, 1)}]}, "events[0]"),
        ({"events": [{"on": date(2016, 8, 1), "kind": "married"}]}, "events[0].kind"),
        ({"events": [{"on": date(2015, 8, 1), "kind": "employed"}]}, "events[0]"),
        ({"events": [{"on": date(2016, 8, 1), "kind": "unemployed_again"}]}, "events[0]"),
        (
            {
                "events": [
                    {"on": date(2016, 8, 1), "kind": "employed"},
                    {"on": date(2016, 7, 1), "kind": "unemployed_again"},
                ]
            },
            "events",
        ),
        (
            {
                "events": [
                    {"on": date(2016, 8, 1), "kind": "retired"},
                    {"on": date(2016, 9, 1), "kind": "unemployed_again"},
                ]
            },
            "events[1]",
        ),
    ],
)
def test_refusals(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadFacts) as refused:
        facts_from_mapping(GOOD | changes)
    assert refused.value.where == where
    assert refused.value.what_to_do


def test_something_else_than_a_mapping() -> None:
    with pytest.raises(BadFacts):
        facts_from_mapping(["370213"])


def test_the_longest_possible_working_life_is_accepted() -> None:
    assert (
        facts_from_mapping(GOOD | {"contribution_months": 272, "deemed_months": 0}).contribution_months == 272
    )


def test_json_text_and_yaml_dates_give_the_same_facts() -> None:
    as_text = {k: v.isoformat() if isinstance(v, date) else v for k, v in GOOD.items()}
    assert facts_from_mapping(as_text) == facts_from_mapping(GOOD)


def test_the_bare_yaml_key_on_is_the_day_of_an_event() -> None:
    facts = facts_from_mapping(GOOD | {"events": [{True: date(2016, 8, 1), "kind": "employed"}]})
    assert facts.events == (Event(date(2016, 8, 1), "employed"),)


def test_facts_built_in_code_are_checked_too() -> None:
    facts = Facts(territory="370213", decide_on=date(2016, 1, 15), born=date(2017, 1, 1))
    with pytest.raises(BadFacts):
        decide(facts)
