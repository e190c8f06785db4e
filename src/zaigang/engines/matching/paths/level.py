"""The outer search: class prices whose bound is least, by a level bundle method.

The bound is convex in the class prices, and every plan that keeps to the vacancies' seats lies below it as a plane:
its value, plus what its free class seats would cost, less what it takes too many. The next prices are the nearest to
the best so far at which all planes promise at least half of what may still be gained (C. Lemaréchal, A. Nemirovskii
and Yu. Nesterov, New variants of bundle methods, 1995). Where no prices can, so much is out of reach.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.paths.nearest import TINY, nearest

Reals = NDArray[np.float64]

#: Which part of what may still be gained the next prices must promise.
SHARE = 0.5


@dataclass(slots=True)
class Planes:
    """The planes found, height + slope . prices, each below the bound everywhere; `least`: no prices prove less.

    `weights` (as many as there were planes when prices were last asked for, together 1): the mixture of planes that
    stood in the way. The more is settled, the more the plans behind them, so mixed, keep to the class seats and are
    worth the bound: they are the best plan in which people are divided.
    """

    least: float = 0.0
    heights: list[float] = field(default_factory=list)
    slopes: list[Reals] = field(default_factory=list)
    weights: Reals = field(default_factory=lambda: np.ones(1))

    def add(self, height: float, slope: Reals) -> None:
        self.heights.append(height)
        self.slopes.append(slope)

    def next_prices(self, centre: Reals, bound: float, near: float) -> Reals | None:
        """Prices to try; None where the least has come within `near` of the bound."""
        slopes, heights = np.array(self.slopes), np.array(self.heights)
        while bound - self.least > near:
            level = bound - SHARE * (bound - self.least)
            step, weights = _below(slopes, heights + slopes @ centre - level, centre)
            self.weights = weights if weights.any() else self.weights
            if step is not None:
                return np.maximum(centre + step, 0.0)
            self.least = level
        return None


def _below(slopes: Reals, above: Reals, centre: Reals) -> tuple[Reals | None, Reals]:
    """The shortest step after which no plane is above the level and no price negative; None where there is none.

    And the weights of the planes, together 1, that hold it up.
    """
    long = np.linalg.norm(slopes, axis=1)
    flat = (long == 0) & (above > 0)
    if flat.any():
        return None, flat / flat.sum()
    steep = np.flatnonzero(long)
    slopes, above, long = slopes[steep], above[steep], long[steep]
    unit = max(1.0, float(np.abs(above / long).max(initial=0.0)))
    rows = np.vstack([-slopes / long[:, None], np.eye(len(centre))])
    step, pull = nearest(rows, np.concatenate([above / long, -centre]) / unit)
    weights = np.zeros(len(flat))
    weights[steep] = pull[: len(steep)] / long
    weights /= max(weights.sum(), TINY)
    return (None if step is None else step * unit), weights
