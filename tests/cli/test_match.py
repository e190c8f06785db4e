"""`zaigang match solve` as formats.md has it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zaigang.cli.match import match

EDGES = "worker,option,value\n王,焊工,50\n王,电工,30\n李,焊工,40\n赵,焊工,10\n"
OPTIONS = "option,capacity\n焊工,1\n电工,1\n茶艺,2\n"


def solve(folder: Path, *arguments: str, edges: str = EDGES, options: str = OPTIONS) -> Result:
    (folder / "edges.csv").write_text(edges, encoding="utf-8")
    (folder / "options.csv").write_text(options, encoding="utf-8")
    files = ["--edges", str(folder / "edges.csv"), "--options", str(folder / "options.csv")]
    return CliRunner().invoke(match, ["solve", *files, *arguments])


def test_the_answer_and_both_files(tmp_path: Path) -> None:
    result = solve(
        tmp_path, "--json", "--out", str(tmp_path / "plan.csv"), "--prices", str(tmp_path / "prices.csv")
    )
    answer = json.loads(result.stdout)
    assert set(answer.pop("seconds")) == {"read", "solve"}
    bound, gap = answer.pop("bound"), answer.pop("gap")
    assert answer == {
        "status": "optimal",
        "objective": 70,
        "placed": 2,
        "workers": 3,
        "options": 3,
        "edges": 4,
    }
    assert 70 <= bound < 71 and gap == (bound - 70) / 70
    assert (tmp_path / "plan.csv").read_text(
        encoding="utf-8"
    ) == "worker,option,value\n王,电工,30\n李,焊工,40\n"
    assert bound_from_files(tmp_path) == pytest.approx(bound, abs=1e-9)


def bound_from_files(folder: Path) -> float:
    """What anybody can compute from the written prices and the two files."""
    rows = [line.split(",") for line in (folder / "prices.csv").read_text(encoding="utf-8").splitlines()[1:]]
    price = {name: float(text) for name, text in rows}
    seats = dict(line.split(",") for line in OPTIONS.splitlines()[1:])
    best: dict[str, float] = {}
    for who, what, value in (line.split(",") for line in EDGES.splitlines()[1:]):
        best[who] = max(best.get(who, 0.0), float(value) - price[what])
    return sum(best.values()) + sum(int(seats[name]) * price[name] for name in seats)


def test_as_many_as_possible_may_cost_value(tmp_path: Path) -> None:
    edges = "worker,option,value\na,x,9\na,y,-8\nb,x,1\n"
    options = "option,capacity\nx,1\ny,1\n"
    answer = json.loads(solve(tmp_path, "--place-all", "--json", edges=edges, options=options).stdout)
    assert (answer["status"], answer["objective"], answer["placed"]) == ("optimal", -7, 2)
    assert answer["bound"] is None and answer["gap"] is None


def test_a_gap_is_proved(tmp_path: Path) -> None:
    answer = json.loads(solve(tmp_path, "--gap", "0.01", "--json").stdout)
    assert answer["gap"] <= 0.01 and answer["objective"] <= 70 <= answer["bound"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "3 人、3 个岗位、4 对：安置 2 人\n总值 70，已证明最优\n"),
        (["--place-all"], "3 人、3 个岗位、4 对：安置 2 人\n总值 70，先求安置人数最多，已证明最优\n"),
    ],
)
def test_in_words(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert solve(tmp_path, *arguments).stdout == words


def test_empty_files_are_an_empty_plan(tmp_path: Path) -> None:
    result = solve(tmp_path, "--json", edges="worker,option,value\n", options="option,capacity\n")
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["objective"], answer["gap"], answer["workers"]) == ("optimal", 0, 0.0, 0)


def test_exact_and_gap_exclude_each_other(tmp_path: Path) -> None:
    assert solve(tmp_path, "--exact", "--gap", "0.1").exit_code == 2


def test_the_best_is_found_with_a_gap_too_where_all_are_to_be_placed(tmp_path: Path) -> None:
    answer = json.loads(solve(tmp_path, "--place-all", "--gap", "0.5", "--json").stdout)
    assert (answer["status"], answer["objective"], answer["placed"]) == ("optimal", 70, 2)


def test_a_bad_row_leaves_the_old_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("old\n", encoding="utf-8")
    result = solve(tmp_path, "--out", str(tmp_path / "plan.csv"), edges=EDGES + "王,厨师,7\n")
    assert result.exit_code == 1 and result.stdout == ""
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == "old\n"


def test_an_option_without_seats_is_taken_by_nobody(tmp_path: Path) -> None:
    options = "option,capacity\n焊工,0\n电工,1\n"
    prices = str(tmp_path / "prices.csv")
    answer = json.loads(solve(tmp_path, "--json", "--prices", prices, options=options).stdout)
    assert (answer["objective"], answer["bound"], answer["placed"]) == (30, 30.0, 1)


def test_more_seats_than_workers_need_no_room(tmp_path: Path) -> None:
    options = f"option,capacity\n焊工,{2**31 - 1}\n电工,{10**14}\n"
    answer = json.loads(solve(tmp_path, "--json", options=options).stdout)
    assert (answer["objective"], answer["bound"], answer["placed"]) == (100, 100.0, 3)


def test_no_file_is_written_over_one_that_is_read(tmp_path: Path) -> None:
    edges = str(tmp_path / "edges.csv")
    result = solve(tmp_path, "--out", edges)
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --out 和 --edges 写的是同一个文件。\n")
    assert (tmp_path / "edges.csv").read_text(encoding="utf-8") == EDGES
