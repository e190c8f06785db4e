"""`zaigang report closure`: the counts, and the list of names behind them."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cast import Cast
from tests.factories.rosters import id_number, imported, row
from zaigang.cli.report import report
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.roster.actions import repair_case
from zaigang.roster.models import Closure
from zaigang.roster.queries import repair_list


@pytest.fixture
def two_days(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    """On the 8th three people and one refused row, on the 11th the row is repaired."""
    with clock.at(date(2016, 1, 8)):
        imported(cast, closure, tmp_path, [row(1), row(3), row(5), row(1), row(7, 身份证号="")])
    [waiting] = repair_list(closure)
    repair_case(case=waiting, corrections={"id": id_number(7)}, by=cast.clerk)
    return closure


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2016-01-07", {}),
        ("2016-01-08", {"awaiting_repair": 1, "not_reached": 3}),
        ("2016-01-11", {"not_reached": 4}),
    ],
)
def test_names_add_up_to_the_counts(
    day: str, states: dict[str, int], two_days: Closure, tmp_path: Path
) -> None:
    names = tmp_path / "names.csv"
    done = CliRunner().invoke(
        report, ["closure", "SF-2015", "--on", day, "--names", str(names), "--json"], catch_exceptions=False
    )
    answer = json.loads(done.stdout)
    with names.open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    assert Counter(line["state"] for line in listed) == states
    assert {state: n for state, n in answer["states"].items() if n} == states
    assert (answer["as_of"], answer["people"], answer["reconciles"]) == (day, len(listed), True)


def test_one_line_a_person(two_days: Closure, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    CliRunner().invoke(report, ["closure", "SF-2015", "--names", str(names)], catch_exceptions=False)
    assert names.read_text(encoding="utf-8") == (
        "case,state,since\n"
        "SF-2015-00001,not_reached,2016-01-08\n"
        "SF-2015-00002,not_reached,2016-01-08\n"
        "SF-2015-00003,not_reached,2016-01-08\n"
        "SF-2015-00004,not_reached,2016-01-11\n"
    )


def test_an_unknown_closure_is_answered_with_those_there_are(two_days: Closure) -> None:
    with pytest.raises(ZaigangError) as raised:
        CliRunner().invoke(report, ["closure", "XX"], catch_exceptions=False)
    assert (raised.value.where, raised.value.what_to_do) == ("XX", "现有的编号：SF-2015")
