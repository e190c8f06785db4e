"""The cases that a jurist can read: facts in, the law's answer out, compared key by key."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.engines.entitlement.casebook import (
    KEYS,
    Case,
    answer_to,
    by_month,
    decisions,
    observed,
    retirements,
    severances,
)
from zaigang.engines.entitlement import retirement, severance


def _params(cases: Iterable[Case]) -> list[Any]:
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.mark.parametrize("case", _params(decisions()))
def test_the_law_answers(case: Case) -> None:
    assert case.basis
    assert set(case.expect) <= KEYS
    expected = {k: by_month(v) if k in ("payments", "statuses") else v for k, v in case.expect.items()}
    assert observed(answer_to(case.given), expected) == expected


@pytest.mark.parametrize("case", _params(severances()))
def test_severance(case: Case) -> None:
    assert case.basis
    answer = json.loads(json.dumps(severance(case.given), ensure_ascii=False))
    answer["needs_human"] = [line["code"] for line in answer["needs_human"]]
    assert answer == case.expect


@pytest.mark.parametrize("case", _params(retirements()))
def test_retirement(case: Case) -> None:
    assert case.basis
    assert retirement(case.given["category"], case.given["born"]) == case.expect
