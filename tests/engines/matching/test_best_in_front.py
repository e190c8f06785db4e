"""The best few of each worker's pairs, against sorting everything."""

import itertools

import numpy as np
import pytest

from zaigang.engines.matching.offering.kernels import FEW, best_in_front


@pytest.mark.parametrize("each", [1, 2, 5, FEW, FEW + 1, 100])
@pytest.mark.parametrize("levels", [2, 1000])
def test_the_best_are_in_front_and_nothing_is_lost(each: int, levels: int) -> None:
    rng = np.random.default_rng(each * levels)
    first = np.append(0, np.cumsum(rng.integers(0, 40, 200)))
    left = rng.integers(-levels, levels, first[-1]).astype(np.float64)
    before = left.copy()
    best_in_front(first, left, each)
    for begin, end in itertools.pairwise(first):
        wanted = np.sort(before[begin:end])[::-1]
        assert left[begin:end][:each].tolist() == wanted[:each].tolist()
        assert np.sort(left[begin:end])[::-1].tolist() == wanted.tolist()
