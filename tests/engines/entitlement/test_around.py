"""No branch around the benefit without a case in cases_around/: code, sentences and dated values."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.law_usage import uses
from tests.engines.entitlement.around_cases import answers, cases
from zaigang.engines.entitlement import QUESTIONS, ask, load_parameters
from zaigang.engines.entitlement.loader import FOLDER as PARAMETERS

CODE = PARAMETERS.parent / "around"
ASKED = [pytest.param(case.given, case.expect, id=case.name) for case in cases()]


def _observed(answer: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The answer in the cases' short form: codes for sentences, `over` for overpaid months, days for duties."""
    short = dict(answer)
    short["statuses"] = [reason["status"] for reason in answer["reasons"]]
    short["first_seen"] = [reason["from"] for reason in answer["reasons"] if reason["first_seen"]]
    for shelf in ("reasons", "missing", "needs_human"):
        short[shelf] = [line["code"] for line in answer[shelf]]
    if "months" in answer:
        short["months"] = {line["month"]: line["over"] for line in answer["months"]}
    if "categories" in answer:
        open_ones = [line for line in answer["categories"] if line["verdict"] != "no"]
        short["categories"] = {line["code"]: line["verdict"] for line in open_ones}
        short["lacking"] = sorted({fact for line in open_ones for fact in line["lacking"]})
    if "duties" in answer:
        short["duties"] = {line["code"]: line["days"] for line in answer["duties"]}
    short["parameters"] = [line["name"] for line in answer["parameters"]]
    return {key: short[key] for key in expected}


def _plain(expected: dict[str, Any]) -> Any:
    """YAML reads days as dates; an answer has them as text."""
    return json.loads(json.dumps(expected, default=str))


@pytest.mark.parametrize(("facts", "expected"), ASKED)
def test_the_law_answers(facts: dict[str, Any], expected: dict[str, Any]) -> None:
    answer = json.loads(json.dumps(ask(facts).as_json(), ensure_ascii=False))
    assert _observed(answer, expected) == _plain(expected)


def test_every_case_says_what_it_stands_on() -> None:
    assert [case.name for case in cases() if not case.basis] == []


def test_every_branch_of_the_code_has_a_case(tmp_path: Path) -> None:
    """Refusals of impossible facts have tests of their own (test_ask.py)."""
    data, report, settings = (tmp_path / name for name in ("data", "report.json", "settings.ini"))
    settings.write_text("[report]\nexclude_also =\n    raise BadFacts\n    except \\(ValueError\n")
    tool, module = [sys.executable, "-m", "coverage"], "tests.engines.entitlement.around_cases"
    watch = [f"--data-file={data}", f"--include={CODE}/*.py"]
    subprocess.run(
        [*tool, "run", "--branch", *watch, "-m", module], check=True, cwd=Path(__file__).parents[3]
    )
    subprocess.run(
        [*tool, "json", "-q", f"--data-file={data}", f"--rcfile={settings}", "-o", str(report)], check=True
    )
    files = json.loads(report.read_text())["files"]
    missed = {Path(name).stem: file["missing_lines"] for name, file in files.items()}
    branches = {Path(name).stem: file["missing_branches"] for name, file in files.items()}
    decided = sorted(
        path.stem for path in CODE.glob("*.py") if path.stem not in ("__init__", "answer", "ask")
    )
    assert {name: (missed[name], branches[name]) for name in decided} == {name: ([], []) for name in decided}


def test_every_dated_value_is_used_by_a_case() -> None:
    used = {(d.name, d.since, d.source) for answer in answers() for d in answer.findings.parameters}
    known = {
        (dated.name, dated.since, dated.source)
        for territory in load_parameters().territories.values()
        for name, series in territory.series.items()
        if set(uses().public.get(name, ())) and set(uses().public[name]) <= set(QUESTIONS)
        for dated in series
    }
    assert sorted(known - used, key=str) == []


def _sentences_in_code() -> set[str]:
    """Every code that the functions can say: the first argument of because, lacks_… and asks."""
    calls = (
        node
        for path in CODE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
    )
    saying = ("because", "lacks_rule", "lacks_fact", "asks")
    return set().union(*(_constants(call.args[0]) for call in calls if call.func.attr in saying))


def _words_in_code() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in CODE.glob("*.py"))
    return set().union(*(_constants(tree) for tree in trees))


def _constants(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _sentences_in_cases() -> set[str]:
    shelves = ("reasons", "missing", "needs_human")
    said = (answer.as_json() for answer in answers())
    return {line["code"] for answer in said for shelf in shelves for line in answer[shelf]}


def test_every_sentence_has_a_case() -> None:
    texts = yaml.safe_load((CODE.parent / "reasons_around.yaml").read_text(encoding="utf-8"))["around"]
    assert sorted(set(texts) - _sentences_in_cases()) == []


def test_every_sentence_has_a_text_and_every_text_a_sentence() -> None:
    texts = yaml.safe_load((CODE.parent / "reasons_around.yaml").read_text(encoding="utf-8"))["around"]
    said, written = _sentences_in_code(), _words_in_code()
    assert sorted(said - set(texts)) == []
    assert sorted(set(texts) - written) == []


def test_no_word_of_one_text_file_hides_one_of_the_other() -> None:
    files = [
        yaml.safe_load((CODE.parent / name).read_text(encoding="utf-8"))
        for name in ("reasons.yaml", "reasons_around.yaml")
    ]
    shared = files[0].keys() & files[1].keys()
    assert {shelf: files[0][shelf].keys() & files[1][shelf].keys() for shelf in shared} == {"words": set()}
