"""The shortest vector that keeps some inequalities.

Method: C. L. Lawson and R. J. Hanson, Solving Least Squares Problems (1974), chapter 23.
"""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
#: Below it a number that should be nothing is taken for nothing.
TINY = 1e-10
#: What is left over below this says that the inequalities contradict each other.
IMPOSSIBLE = 1e-8


def nearest(rows: Reals, least: Reals) -> tuple[Reals | None, Reals]:
    """The shortest x with rows @ x >= least; None where there is none. Rows should be of length about one.

    And how hard each row pulls, up to a common factor: so weighted the rows add up to x, or contradict each other.
    """
    system = np.vstack([rows.T, least])
    target = np.zeros(len(system))
    target[-1] = 1.0
    pull = least_squares(system, target)
    left = system @ pull - target
    if -left[-1] < IMPOSSIBLE:
        return None, pull
    return np.asarray(-left[:-1] / left[-1]), pull


def least_squares(system: Reals, target: Reals) -> Reals:
    """The x >= 0 for which system @ x comes nearest to the target."""
    x = np.zeros(system.shape[1])
    free = np.zeros(len(x), np.bool_)
    for _ in range(3 * len(x) + 10):
        pull = system.T @ (target - system @ x)
        pull[free] = 0.0
        if not len(pull) or pull.max() <= TINY:
            break
        free[int(np.argmax(pull))] = True
        x = _inside(system, target, x, free)
    return x


def _inside(system: Reals, target: Reals, x: Reals, free: NDArray[np.bool_]) -> Reals:
    """The best x with only the free entries; those that would become negative are set to nothing one by one."""
    while free.any():
        wish = np.zeros(len(x))
        wish[free] = np.linalg.lstsq(system[:, free], target, rcond=None)[0]
        out = free & (wish <= TINY)
        if not out.any():
            return wish
        way = float(np.min(x[out] / np.maximum(x[out] - wish[out], TINY)))
        x = x + way * (wish - x)
        free &= ~(out & (x <= TINY))
        x[~free] = 0.0
    return np.zeros(len(x))
