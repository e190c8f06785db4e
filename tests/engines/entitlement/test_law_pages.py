"""docs/law/ says what the parameter files say; who uses a parameter is found in the code, not written by hand."""

from datetime import date

import pytest

from scripts import law_pages
from scripts.law_usage import uses
from zaigang.engines.entitlement import load_parameters
from zaigang.engines.entitlement.shapes import SHAPES


def test_the_pages_are_up_to_date() -> None:
    assert law_pages.stale() == [], "make law"


def test_every_parameter_has_its_place_and_every_shape_its_parameter() -> None:
    written = {name for territory in load_parameters().territories.values() for name in territory.series}
    assert sorted(set(SHAPES) - written) == []


@pytest.mark.parametrize(
    ("parameter", "reader", "public"),
    [
        # read directly, below a function that is handed out
        ("flexible_retirement", "around.pension.flexible_retirement", ("flexible_retirement",)),
        # read by a helper, two calls below
        ("skill_upgrade_conditions", "around.skills._conditions", ("skill_upgrade_subsidy",)),
        # read by a method that several functions reach
        ("benefit_fraud", "around.overpayment._fine", ("overpayment",)),
        ("materials", "materials.materials", ("materials",)),
    ],
)
def test_functions_are_found_in_the_code(parameter: str, reader: str, public: tuple[str, ...]) -> None:
    assert reader in uses().readers[parameter]
    assert uses().public[parameter] == public


def test_a_loop_over_names_counts_as_reading_each() -> None:
    assert {name: "decide" in uses().public[name] for name in ("medical_insurance", "funeral_grant")} == {
        "medical_insurance": True,
        "funeral_grant": True,
    }


def test_a_name_that_many_answers_share_connects_nothing() -> None:
    """Severance writes its lines with `as_json`, as a decision does; it reads no table of months."""
    assert "severance" in uses().public["severance"]
    assert "severance" not in uses().public["months_table"]


def test_the_worst_gap_is_the_home_provinces_table_of_months() -> None:
    rows = [line for line in law_pages.pages()["missing.md"].splitlines() if line.startswith("| 1 |")]
    assert [(row.split(" | ")[1], row.split(" | ")[2]) for row in rows] == [
        ("[山东省](places/37.md)", "`months_table`")
    ]


def test_home_comes_before_elsewhere_and_missing_before_unverified() -> None:
    territories = load_parameters().territories

    def rank(code: str, name: str, since: date) -> tuple[object, ...]:
        dated = next(value for value in territories[code].series[name] if value.since == since)
        return law_pages.badness(territories[code], dated)

    ordered = [
        rank("37", "months_table", date(2003, 8, 29)),
        rank("3702", "hard_to_place", date(2024, 1, 1)),
        rank("37", "hard_to_place", date(2011, 7, 1)),
        rank("3702", "city_average_wage", date(2015, 1, 1)),
        rank("5101", "benefit_amount", date(2011, 7, 1)),
        rank("CN", "involuntary", date(1999, 1, 22)),
    ]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize(
    ("article", "number"),
    [
        ("第四十五条第一项", (45, 1)),
        ("第十条", (10,)),
        ("第二十三条、第二十四条", (23, 24)),
        ("第一百零五条", (105,)),
        (None, (10**6,)),
    ],
)
def test_articles_are_ordered_by_their_numbers(article: str | None, number: tuple[int, ...]) -> None:
    assert law_pages._article_number(article)[0] == number
