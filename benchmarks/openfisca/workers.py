"""Invented workers who register in January 2026, as arrays that both sides read."""

from pathlib import Path

import numpy as np

DAY = np.datetime64
UNBORN = DAY("1800-01-01")


def alike(path: Path, rows: int) -> Path:
    """Workers who are all due 24 months, in Licang and Shanghai."""
    dice = np.random.default_rng(2026)
    born = DAY("1980-01-01") + dice.integers(0, 5000, rows)
    return _write(path, dice, born, ending=np.full(rows, 5), own=dice.integers(144, 190, rows))


def mixed(path: Path, rows: int) -> Path:
    """Workers with everything that both sides know: unknown facts, every ending, ages around retirement."""
    dice = np.random.default_rng(1)
    born = DAY("1958-06-01") + dice.integers(0, 9500, rows)
    ending = np.where(dice.random(rows) < 0.7, 5, dice.integers(0, 9, rows))
    own = dice.choice([-1, 0, 11, 12, 13, 24, 35, 36, 59, 60, 61, 119, 120, 144, 200], rows)
    counts = {
        "deemed_months": dice.choice([-1, 0, 0, 0, 0, 24], rows),
        "unused_months": dice.choice([-1, 0, 0, 0, 0, 5, 24], rows),
    }
    born[dice.random(rows) < 0.05] = UNBORN
    return _write(path, dice, born, ending=ending, own=own, **counts)


def _write(
    path: Path,
    dice: np.random.Generator,
    born: np.ndarray,
    *,
    ending: np.ndarray,
    own: np.ndarray,
    **counts: np.ndarray,
) -> Path:
    rows = len(born)
    registered = DAY("2026-01-01") + dice.integers(0, 31, rows)
    columns = {
        "born": born.astype("datetime64[D]"),
        "left_on": registered - dice.integers(1, 50, rows),
        "registered_on": registered,
        "left_because": ending,
        "category": dice.integers(0, 3, rows),
        "place": dice.integers(0, 2, rows),
        "contribution_months": own,
        "deemed_months": np.zeros(rows, np.int64),
        "unused_months": np.zeros(rows, np.int64),
    }
    np.savez(path, **(columns | counts))
    return path
