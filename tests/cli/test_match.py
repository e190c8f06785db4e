"""`zaigang match solve` as formats.md has it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zaigang.cli.match import match
from zaigang.foundation.errors import ZaigangError

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


@pytest.mark.parametrize(
    ("edges", "options", "what", "where"),
    [
        (EDGES + "王,焊工,7\n", OPTIONS, "同一个人和同一个岗位写了两次", "第 5 对"),
        (EDGES + "王,厨师,7\n", OPTIONS, "没有岗位“厨师”的名额", "edges.csv 第 6 行"),
        (EDGES + "王,茶艺,0\n", OPTIONS, "数值应大于0", "第 3 对"),
        (EDGES + "王,茶艺,1.5\n", OPTIONS, "应为整数，现在是“1.5”", "edges.csv 第 6 行"),
        (EDGES + "王,茶艺\n", OPTIONS, "应有 3 列", "edges.csv 第 6 行"),
        (EDGES + "王,茶艺,99999999999999999999\n", OPTIONS, "数值太大，算不准", "edges.csv 第 6 行"),
        (EDGES, OPTIONS + "焊工,2\n", "同一个岗位的名额写了两次", "焊工"),
        (EDGES, OPTIONS.replace("茶艺,2", "茶艺,0"), "名额应不小于1", "option 第 3 行"),
        ("worker,option\n", OPTIONS, "表头应为 worker,option,value，现在是 worker,option", "edges.csv"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, edges: str, options: str, what: str, where: str) -> None:
    error = solve(tmp_path, "--out", str(tmp_path / "plan.csv"), edges=edges, options=options).exception
    assert isinstance(error, ZaigangError)
    assert (error.what, error.where) == (what, where)
    assert not (tmp_path / "plan.csv").exists()


def test_exact_and_gap_exclude_each_other(tmp_path: Path) -> None:
    assert solve(tmp_path, "--exact", "--gap", "0.1").exit_code == 2
