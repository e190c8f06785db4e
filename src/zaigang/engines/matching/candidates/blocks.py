"""Columns as the inner loops want them, and the index: options by occupation and by cell of a grid."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates.columns import Options, Workers
from zaigang.engines.matching.candidates.kernels import Blocks, People, Places, Scale, sizes
from zaigang.engines.matching.candidates.rules import Rules

_Any = TypeVar("_Any", bound=np.generic)
Rows = slice | NDArray[np.int64]
ALL = slice(None)


def people_of(workers: Workers) -> People:
    return People(*(_frozen(getattr(workers, name)) for name in People._fields))


def places_of(options: Options, rows: Rows = ALL) -> Places:
    """The options of `rows`, in that order."""
    required, useful = (
        np.ascontiguousarray(options.required[rows]),
        np.ascontiguousarray(options.useful[rows]),
    )
    columns = {name: getattr(options, name)[rows] for name in Places._fields if hasattr(options, name)}
    columns |= {
        "required": required,
        "useful": useful,
        "number": np.arange(len(options), dtype=np.int32)[rows],
        "required_count": sizes(_frozen(required)),
        "useful_count": sizes(_frozen(useful)),
    }
    return Places(**{name: _frozen(column) for name, column in columns.items()})


def scale_of(rules: Rules) -> tuple[NDArray[np.uint8], Scale]:
    """The table of nearness, and all other numbers."""
    w = rules.weights
    scale = Scale(rules.least_required, rules.wage_span, w.occupation, w.required, w.useful, w.near, w.wage)
    return _frozen(rules.nearness), scale


def blocked(options: Options, rules: Rules, cell: int) -> tuple[Places, Blocks]:
    """The options sorted for the index, and the index. `cell`: the side of a square in metres, at least 100."""
    row, column = options.y.astype(np.int64) // cell, options.x.astype(np.int64) // cell
    south, west = (int(line.min()) if len(line) else 0 for line in (row, column))
    order = np.lexsort((column, row, options.occupation))
    ways_from, ways = np.nonzero(rules.nearness)
    blocks = Blocks(
        first=_starts(options.occupation, rules.occupations),
        key=_frozen(((row - south) << 32 | (column - west))[order]),
        ways_first=_starts(ways_from, rules.occupations),
        ways=_frozen(ways.astype(np.int32)),
        cell=cell, row=south, column=west,
    )  # fmt: skip
    return places_of(options, order), blocks


def _starts(groups: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    first = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(groups, minlength=count), out=first[1:])
    return _frozen(first)


def _frozen(column: NDArray[_Any]) -> NDArray[_Any]:
    """The same numbers, read only: one type for the compiler whatever the caller's arrays allow."""
    view = column.view()
    view.setflags(write=False)
    return view
