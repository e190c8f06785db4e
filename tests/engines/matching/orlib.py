"""The assignment problems of the OR-Library, where a copy is at hand (free for research, not shipped)."""

import gzip
from pathlib import Path

import numpy as np

from zaigang.engines.matching import Market, market_from_edges

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "orlib"
#: Published optima (least cost of a complete assignment).
OPTIMA = {
    "assign100": 305, "assign200": 475, "assign300": 626, "assign400": 804, "assign500": 991, "assign600": 1176,
    "assign700": 1362, "assign800": 1552, "assignp800": 2239, "assignp1500": 5839, "assignp3000": 18696,
    "assignp5000": 48533,
}  # fmt: skip


def problem(name: str, folder: Path = FOLDER) -> Market:
    """Cost as negative value; each worker has one job and each job one worker."""
    numbers = np.array(gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).split(), np.int64)
    size, rest = int(numbers[0]), numbers[1:]
    if name.startswith("assignp"):
        who, what, cost = rest.reshape(-1, 3).T
        who, what = who - 1, what - 1
    else:
        who, what = np.divmod(np.arange(size * size), size)
        cost = rest
    return market_from_edges(who, what, -cost, workers=size, capacity=np.ones(size, np.int64))
