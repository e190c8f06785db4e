"""The outer search: class prices whose bound is least, by a level bundle method.

The bound is convex in the class prices, and every plan that keeps to the vacancies' seats lies below it as a plane:
its value, plus what its free class seats would cost, less what it takes too many. The next prices are the nearest to
the best so far at which all planes promise at least half of what may still be gained (C. Lemaréchal, A. Nemirovskii
and Yu. Nesterov, New variants of bundle methods, 1995). Where no prices can, so much is out of reach.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.paths.nearest import nearest

Reals = NDArray[np.float64]

#: Which part of what may still be gained the next prices must promise.
SHARE = 0.5


@dataclass(slots=True)
class Planes:
    """The planes found, height + slope . prices, each below the bound everywhere; `least`: no prices prove less."""

    least: float = 0.0
    heights: list[float] = field(default_factory=list)
    slopes: list[Reals] = field(default_factory=list)

    def add(self, height: float, slope: Reals) -> None:
        self.heights.append(height)
        self.slopes.append(slope)

    def next_prices(self, centre: Reals, bound: float, near: float) -> Reals | None:
        """Prices to try; None where the least has come within `near` of the bound."""
        slopes, heights = np.array(self.slopes), np.array(self.heights)
        while bound - self.least > near:
            level = bound - SHARE * (bound - self.least)
            step = _below(slopes, heights + slopes @ centre - level, centre)
            if step is not None:
                return np.maximum(centre + step, 0.0)
            self.least = level
        return None


def _below(slopes: Reals, above: Reals, centre: Reals) -> Reals | None:
    """The shortest step after which no plane is above the level and no price negative; None where there is none."""
    long = np.linalg.norm(slopes, axis=1)
    if (above[long == 0] > 0).any():
        return None
    slopes, above, long = slopes[long > 0], above[long > 0], long[long > 0]
    unit = max(1.0, float(np.abs(above / long).max(initial=0.0)))
    rows = np.vstack([-slopes / long[:, None], np.eye(len(centre))])
    step = nearest(rows, np.concatenate([above / long, -centre]) / unit)
    return None if step is None else step * unit
