"""Twelve published optima, each reached with a certificate."""

import pytest

from tests.engines.matching.orlib import FOLDER, OPTIMA, problem
from zaigang.engines.matching import solve


@pytest.mark.skipif(not FOLDER.exists(), reason="the OR-Library's files are not beside this checkout")
@pytest.mark.parametrize("name", OPTIMA)
def test_a_published_optimum(name: str) -> None:
    market = problem(name)
    plan = solve(market, place_all=True)
    taken = plan.choice[market.pairs()] == market.option
    assert int(taken.sum()) == market.workers
    assert -int(market.value[taken].sum()) == OPTIMA[name]
    assert plan.certificate.optimal and plan.certificate.feasible
