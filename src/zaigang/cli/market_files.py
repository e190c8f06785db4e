"""The two files of `match solve`: read by the column where all is well, row by row to say what is not.

Columns are found by their names, in any order; further columns are not read. Names of workers and options are
texts: 007 and 7 are two.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zaigang.cli.market_rows import EDGES, opened, pairs_in_order, seats_by_name
from zaigang.engines.matching import BadMarket, Market, market_from_edges
from zaigang.engines.matching.problem import LARGEST
from zaigang.foundation.errors import ZaigangError

#: Rows that are held as texts at a time: so few that the garbage collector never looks at them.
CHUNK = 500

Numbers = NDArray[np.int64]
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A market with the names that the files use, by index."""

    market: Market
    workers: list[str]
    options: list[str]


def read_market(edges: Path, options: Path, *, any_value: bool) -> Named:
    """The market of two files; with `any_value` values may be below 1.

    ZaigangError names the first row that cannot be, BadMarket what is wrong with no single row.
    """
    seats = seats_by_name(options)
    try:
        people, columns = _read_edges(edges, list(seats), any_value)
        market = market_from_edges(*columns, workers=len(people), capacity=list(seats.values()))
    except (ValueError, BadMarket) as error:
        _name_the_row(edges, options, set(seats), any_value)
        if isinstance(error, BadMarket):
            raise
        raise ZaigangError("读不出这个文件", edges.name, "请核对后再试。") from None
    return Named(market, people, list(seats))


def _read_edges(path: Path, options: list[str], any_value: bool) -> tuple[list[str], Numbers]:
    """The workers' names, and the three columns with indices for names. ValueError where some row is not sound."""
    place = {name: index for index, name in enumerate(options)}
    people: dict[str, int] = defaultdict(count().__next__)  # a new name gets the next number
    parts = [np.zeros((3, 0), np.int64)]
    for who, what, value in _chunks(path):
        part = np.empty((3, len(who)), np.int64)
        part[0] = _numbers(map(people.__getitem__, map(str.strip, who)), len(who))
        part[1] = _numbers(map(place.get, map(str.strip, what), repeat(-1)), len(what))
        part[2] = _values(value)
        if part[1].min() < 0 or "" in people or (not any_value and part[2].min() <= 0):
            raise ValueError
        parts.append(part)
    return list(people), np.concatenate(parts, axis=1)


def _numbers(cells: Iterator[int], length: int) -> Numbers:
    return np.fromiter(cells, np.int64, length)


def _values(texts: Texts) -> Numbers:
    if "_" in "".join(texts):  # int() takes 1_000 for a thousand
        raise ValueError
    try:
        numbers = _numbers(map(int, texts), len(texts))
    except OverflowError:
        raise ValueError from None
    if max(-int(numbers.min()), int(numbers.max())) > LARGEST:
        raise ValueError
    return numbers


def _chunks(path: Path) -> Iterator[tuple[Texts, ...]]:
    """The three columns, some rows at a time. ValueError where a row has another length than the heading."""
    with opened(path, EDGES) as table:
        while rows := list(islice(table.reader, CHUNK)):
            columns = list(zip(*filter(None, rows), strict=True))
            if columns and len(columns) != table.width:
                raise ValueError
            if columns:
                yield tuple(columns[place] for place in table.places)


def _name_the_row(edges: Path, options: Path, names: set[str], any_value: bool) -> None:
    """Raises what is wrong with the first row that is not sound."""
    if not edges.is_file():  # a pipe has been read to its end
        raise ZaigangError("有一行不对", edges.name, "请存成文件再试，就能指出是哪一行。")
    seen: dict[tuple[str, str], int] = {}
    for line, who, what in pairs_in_order(edges, any_value):
        if what not in names:
            raise ZaigangError(
                f"没有岗位“{what}”的名额", f"{edges.name} 第 {line} 行", f"请在 {options.name} 里写上它。"
            )
        if (first := seen.setdefault((who, what), line)) != line:
            raise ZaigangError(
                "同一个人和同一个岗位写了两次", f"{edges.name} 第 {first} 行和第 {line} 行", "请只留一行。"
            )
