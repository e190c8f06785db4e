"""Options that thousands may take: the same plans, and no look at all of them for each seat."""

import numpy as np
import pytest

from tests.engines.matching.markets import family
from tests.engines.matching.oracle import min_cost_flow
from zaigang.engines.matching import Market, kernels, market_from_edges, solve
from zaigang.engines.matching.wide import WIDE


def crowded(seed: int, *, seats: int, levels: int) -> Market:
    """Three employers whom nearly everybody may choose, beside a market of the usual kind."""
    rng = np.random.default_rng(seed)
    market = family("base", workers=1500, options=300, pairs=6, seed=seed)
    wide = rng.random((1500, 3)) < 0.9
    who, what = np.nonzero(wide)
    value = 1 + rng.integers(0, levels, len(who)) * (9000 // levels)
    return market_from_edges(
        np.concatenate([market.pairs(), who]), np.concatenate([market.option, 300 + what]),
        np.concatenate([market.value, value]), workers=1500,
        capacity=np.concatenate([market.capacity // 2, [seats, 2 * seats, seats // 3]]),
    )  # fmt: skip


@pytest.mark.parametrize("levels", [3, 9000])
@pytest.mark.parametrize("seats", [3, 90, 400])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_plan_where_some_options_are_open_to_nearly_all(seed: int, seats: int, levels: int) -> None:
    market = crowded(seed, seats=seats, levels=levels)
    assert int(np.bincount(market.option).max()) >= WIDE
    for place_all in (False, True):
        plan = solve(market, place_all=place_all)
        assert plan.certificate.optimal
    assert solve(market).certificate.objective == min_cost_flow(market)
    near = solve(market, gap=0.001).certificate
    assert near.feasible and near.gap <= 0.001


def test_the_pairs_of_a_wide_option_are_not_looked_through_for_each_seat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The usual loop must not be asked at all: each of its visits would look at all pairs."""
    monkeypatch.setattr(kernels, "reverse", None)
    assert solve(crowded(1, seats=90, levels=3)).certificate.optimal
    with pytest.raises(TypeError):
        solve(family("base", workers=60, options=25, pairs=8, seed=3))
