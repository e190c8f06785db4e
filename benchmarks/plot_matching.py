"""The picture of what matching_peers.py measured: docs/benchmarks/matching-peers.json -> matching-peers.svg.

`python -m benchmarks.plot_matching [other.json picture.svg|png]`. Readable at the width of a phone and without colours.
"""

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes

from benchmarks.matching_peers import FILE, OURS, Row

#: Okabe and Ito's colours, which colour-blind people tell apart, and a mark each.
STYLES = {
    "Zaigang, proved optimum": ("#0072B2", "o"),
    "Zaigang, proved within 0.1 %": ("#56B4E9", "D"),
    "OR-Tools min-cost flow": ("#000000", "s"),
    "lapx lapmod": ("#E69F00", "^"),
    "scipy matching": ("#009E73", "v"),
    "HiGHS simplex": ("#D55E00", "P"),
    "HiGHS interior points": ("#CC79A7", "X"),
}

SECONDS = {1e-3: "1 ms", 1e-2: "10 ms", 1e-1: "0.1 s", 1: "1 s", 1e1: "10 s", 1e2: "100 s"}


def draw(rows: list[Row], picture: Path) -> None:
    pyplot.rcParams.update({"font.size": 12, "svg.hashsalt": "zaigang", "svg.fonttype": "path"})
    figure, axes = pyplot.subplots(figsize=(5.4, 6.6), layout="constrained")
    for solver in STYLES:
        _line(axes, solver, [row for row in rows if row.solver == solver])
    axes.set(xscale="log", yscale="log", xlabel="workers", ylabel="CPU time, one thread")
    sizes = sorted({row.workers for row in rows})
    axes.set_xticks(
        sizes, [f"{size:,}" if size < 1e6 else f"{size / 1e6:g} million" for size in sizes], rotation=30
    )
    axes.set_xticks([], minor=True)
    axes.set_yticks(list(SECONDS), list(SECONDS.values()))
    axes.grid(color="#dddddd")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    ended = any(row.note.startswith("> ") for row in rows)
    figure.legend(
        loc="outside lower center",
        frameon=False,
        fontsize=11,
        title="white mark: ended at its limit" if ended else None,
    )
    metadata: dict[str, Any] = {"Date": None} if picture.suffix == ".svg" else {}
    figure.savefig(picture, metadata=metadata)


def _line(axes: Axes, solver: str, rows: list[Row]) -> None:
    done = sorted((row for row in rows if row.seconds), key=lambda row: row.workers)
    if not done:
        return
    colour, mark = STYLES[solver]
    axes.plot(
        [row.workers for row in done], [row.median for row in done], color=colour, marker=mark, markersize=7,
        linewidth=2.4 if solver in OURS else 1.3, linestyle="-" if solver in OURS else "--", label=_name(solver, done),
    )  # fmt: skip
    for row in rows:
        if row.note.startswith("> "):
            last, limit = done[-1], float(row.note[2:])
            axes.plot([last.workers, row.workers], [last.median, limit], color=colour, linestyle=":")
            axes.plot(row.workers, limit, color=colour, marker=mark, markersize=7, markerfacecolor="white")


def _name(solver: str, done: list[Row]) -> str:
    if OURS.get(solver) is None:
        return "HiGHS interior points (no plan)" if solver.endswith("points") else solver
    gap = max(float(row.note.removeprefix("gap ").removesuffix("%")) for row in done)
    return f"{solver} (gap {gap:.2f} %)"


def main() -> None:
    given = [Path(name) for name in sys.argv[1:]] or [FILE, FILE.with_suffix(".svg")]
    draw([Row(**row) for row in json.loads(given[0].read_text())], given[1])


if __name__ == "__main__":
    main()
