"""The cases that a jurist can read: facts in, the law's answer out, compared key by key."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from zaigang.engines.entitlement import decide, facts_from_mapping
from zaigang.engines.entitlement.calendar import month_text, parse_month

FOLDER = Path(__file__).parent / "cases"
KEYS = {
    "eligible",
    "months",
    "payments",
    "planned",
    "planned_from",
    "statuses",
    "total_yuan",
    "back_pay",
    "reasons",
    "would_change",
    "needs_human",
}


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in book["cases"]:
            facts = book["person"] | case.get("facts", {})
            found.append(pytest.param(facts, case["expect"], id=f"{path.stem}: {case['name']}"))
    return found


def _by_month(runs: dict[str, Any]) -> dict[str, Any]:
    months = {}
    for run, yuan in runs.items():
        first, last = (parse_month(text) for text in run.split(".."))
        months |= {month_text(month): yuan for month in range(first, last + 1)}
    return months


def _observed(answer: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    payments = answer["payments"]
    planned = [line["month"] for line in payments if line.get("planned")]
    everything = {
        "eligible": answer["eligible"],
        "months": {key: answer["months"][key] for key in ("exact", "at_most")},
        "payments": {line["month"]: line["yuan"] for line in payments},
        "planned": len(planned) == len(payments) if planned else False,
        "planned_from": min(planned, default=None),
        "statuses": {
            line["month"]: line["status"]
            for line in payments
            if line["month"] in expected.get("statuses", {})
        },
        "total_yuan": answer["total_yuan"],
        "back_pay": {line["month"]: line["yuan"] for line in answer["back_pay"]},
        "reasons": [reason["code"] for reason in answer["reasons"]],
        "would_change": [change["fact"] for change in answer["would_change"]],
        "needs_human": [line["code"] for line in answer["needs_human"]],
    }
    return {key: everything[key] for key in expected}


@pytest.mark.parametrize(("facts", "expected"), _cases())
def test_the_law_answers(facts: dict[str, Any], expected: dict[str, Any]) -> None:
    assert set(expected) <= KEYS
    answer = json.loads(json.dumps(decide(facts_from_mapping(facts)).as_json(), ensure_ascii=False))
    expected = {k: _by_month(v) if k == "payments" else v for k, v in expected.items()}
    assert _observed(answer, expected) == expected
