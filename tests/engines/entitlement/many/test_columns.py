"""Columns that do not fit are refused whole; people whose facts contradict themselves are refused one by one."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from zaigang.engines.entitlement import AgencyMonths, Event, Facts
from zaigang.engines.entitlement.many import BadColumns, columns, columns_of, decide_many

WORKER = Facts(
    territory="370213",
    decide_on=date(2016, 1, 15),
    sex="male",
    born=date(1970, 5, 5),
    left_on=date(2015, 12, 31),
    left_because="layoff",
    registered_on=date(2016, 1, 11),
    contribution_months=130,
    deemed_months=0,
    unused_months=0,
)
REFUSED = {
    "territory": {"territory": "999999"},
    "decide_on": {"decide_on": date(1998, 12, 31)},
    "retirement_category": {"retirement_category": "female_55"},
    "born": {"born": date(2000, 1, 2)},
    "contribution_months": {"contribution_months": 357},
    "unused_months": {"unused_months": 25},
    "agency_months.months": {"agency_months": AgencyMonths(25, "核定表")},
    "registered_on": {"registered_on": date(2015, 12, 31)},
    "applied_on": {"applied_on": date(2016, 1, 10)},
    "events": {"events": (Event(date(2016, 3, 2), "employed"), Event(date(2016, 3, 1), "retired"))},
    "events[1]": {
        "events": (Event(date(2016, 3, 2), "retired"), Event(date(2016, 4, 1), "unemployed_again"))
    },
    "sex": {"sex": "other"},
    "left_because": {"left_because": "bored"},
    "events[0].kind": {"events": (Event(date(2016, 3, 2), "bored"),)},
    "deemed_months": {"deemed_months": -3},
}


def test_each_refusal_names_its_field_and_the_others_are_answered() -> None:
    people = [WORKER, *(replace(WORKER, **wrong) for wrong in REFUSED.values()), WORKER]
    answers = decide_many(columns_of(people))
    assert [answers.refusal(row) for row in range(len(people))] == ["", *REFUSED, ""]
    assert answers.eligible.tolist() == [1, *[-1] * len(REFUSED), 1]
    assert answers.count.tolist() == [24, *[-1] * len(REFUSED), 24]
    assert answers.payments(1) == ()


def test_a_whole_column_may_be_one_value() -> None:
    answers = decide_many(
        columns(
            3,
            territory="370213",
            decide_on=date(2016, 1, 15),
            born=np.array(["1970-05-05", "NaT", "1970-05-05"], "datetime64[D]"),
            sex=0,
            left_on=date(2015, 12, 31),
            left_because=[4, 4, 6],
            registered_on=date(2016, 1, 11),
            contribution_months=130,
            deemed_months=0,
            unused_months=0,
        )
    )
    assert answers.eligible.tolist() == [1, 2, 0]
    assert answers.months_at_most.tolist() == [24, 24, 0]


def test_nobody_at_all_is_answered_with_nothing() -> None:
    answers = decide_many(columns_of([]))
    assert (len(answers), answers.horizon) == (0, 36)


def test_a_shorter_horizon_lists_less_and_counts_the_same() -> None:
    whole, short = (decide_many(columns_of([WORKER]), horizon=horizon) for horizon in (None, 6))
    assert short.count.tolist() == whole.count.tolist() == [24]
    assert short.payments(0) == whole.payments(0)[:6]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("born", np.array(["1970-05"], "datetime64[M]")),
        ("sex", np.array([0], np.int64)),
        ("unused_months", np.array([0, 0], np.int16)),
        ("event_on", np.zeros((1, 2), "datetime64[D]")),
        ("territory", np.array([1], np.int16)),
    ],
)
def test_arrays_that_do_not_fit_are_refused_whole(column: str, value: np.ndarray) -> None:
    with pytest.raises(BadColumns) as refusal:
        replace(columns_of([WORKER]), **{column: value})
    assert refusal.value.where == column


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(BadColumns) as refusal:
        columns(1, territory="370213", decide_on=date(2016, 1, 15), wages=1)
    assert refusal.value.where == "wages"
