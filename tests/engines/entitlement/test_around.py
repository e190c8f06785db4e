"""The cases around the benefit that a jurist can read, and the proof that no sentence is without one."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from zaigang.engines.entitlement.around.ask import ask
from zaigang.engines.entitlement.loader import FOLDER as PARAMETERS

FOLDER = Path(__file__).parent / "cases_around"
CODE = PARAMETERS.parent / "around"


def _books() -> dict[str, Any]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
    }


def _cases() -> list[Any]:
    return [
        pytest.param(book["facts"] | case.get("facts", {}), case["expect"], id=f"{name}: {case['name']}")
        for name, book in _books().items()
        for case in book["cases"]
    ]


def _observed(answer: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The answer in the cases' short form: codes for sentences, `over` for overpaid months, days for duties."""
    short = dict(answer)
    short["statuses"] = [reason["status"] for reason in answer["reasons"]]
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


@pytest.mark.parametrize(("facts", "expected"), _cases())
def test_the_law_answers(facts: dict[str, Any], expected: dict[str, Any]) -> None:
    answer = json.loads(json.dumps(ask(facts).as_json(), ensure_ascii=False))
    assert _observed(answer, expected) == _plain(expected)


def test_every_case_says_what_it_stands_on() -> None:
    assert [c["name"] for book in _books().values() for c in book["cases"] if not c.get("basis")] == []


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
    codes: set[str] = set()
    for facts, _ in (case.values for case in _cases()):
        answer = ask(facts).as_json()
        codes |= {line["code"] for shelf in ("reasons", "missing", "needs_human") for line in answer[shelf]}
    return codes


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
