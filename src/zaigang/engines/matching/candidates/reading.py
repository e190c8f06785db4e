"""Columns read strictly: what is no number, out of range or unknown is refused with its row."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching.errors import BadColumns

#: 64 bits each: 640 skills.
WORDS = 10
#: Metres from the origin: half of the way around the earth.
FARTHEST = 20_000_000


def refuse(bad: NDArray[np.bool_], what: str, where: str, what_to_do: str) -> None:
    """BadColumns for the first row that is bad."""
    if bad.any():
        row = int(np.argmax(bad.reshape(len(bad), -1).any(axis=1)))
        raise BadColumns(what, f"{where} 第 {row + 1} 行", what_to_do)


def whole(column: ArrayLike, where: str, least: int, most: int) -> NDArray[np.int32]:
    """Whole numbers from `least` to `most` (both fit into 32 bits)."""
    numbers = np.asarray(column)
    if numbers.size == 0:
        return np.zeros(0, np.int32)
    if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer):
        raise BadColumns("应为一列整数", where, "请写整数，不带小数点。")
    refuse((numbers < least) | (numbers > most), f"应在{least}到{most}之间", where, "请核对。")
    return np.ascontiguousarray(numbers, np.int32)


def metres(column: ArrayLike, where: str) -> NDArray[np.int32]:
    """Positions in metres, rounded to whole ones, so that distances are the same on every machine."""
    numbers = np.asarray(column)
    if numbers.size == 0:
        return np.zeros(0, np.int32)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iuf":
        raise BadColumns("位置应为一列数", where, "请写米数。")
    refuse(~np.isfinite(numbers), "位置不是数", where, "请补上位置，或者先不要列出。")
    refuse((numbers < -FARTHEST) | (numbers > FARTHEST), "位置太远", where, "请核对坐标，单位是米。")
    return np.ascontiguousarray(np.rint(numbers), np.int32)


def bits(column: ArrayLike, where: str) -> NDArray[np.uint64]:
    """One set of up to 64 codes for each row."""
    sets = np.asarray(column)
    if sets.size == 0:
        return np.zeros(0, np.uint64)
    if sets.ndim != 1 or not np.issubdtype(sets.dtype, np.integer):
        raise BadColumns("应为一列位集", where, "每行一个64位整数。")
    if sets.dtype != np.uint64:
        refuse(sets < 0, "位集不能是负数", where, "每行一个64位整数。")
    return np.ascontiguousarray(sets, np.uint64)


def skill_sets(table: ArrayLike, where: str) -> NDArray[np.uint64]:
    """One set of up to 640 skills for each row, 10 words of 64 bits."""
    sets = np.asarray(table)
    if sets.size == 0 and sets.ndim < 2:
        return np.zeros((0, WORDS), np.uint64)
    if sets.ndim != 2 or sets.shape[1] != WORDS or sets.dtype != np.uint64:
        raise BadColumns(
            f"技能应为每行{WORDS}个64位整数，最多{64 * WORDS}项", where, "请用 skill_bits 来写。"
        )
    return np.ascontiguousarray(sets)


def same_length(length: int, **columns: NDArray[Any]) -> None:
    for name, column in columns.items():
        if len(column) != length:
            raise BadColumns(f"应有{length}行，实有{len(column)}行", name, "各列的行数应一样。")


def refuse_unknown(sets: NDArray[np.uint64], known: int, where: str) -> None:
    """Bits beyond the number of codes that have a meaning (`sets`: rows, or rows x words)."""
    words = sets if sets.ndim == 2 else sets[:, None]
    whole_words, rest = divmod(known, 64)
    beyond = words[:, whole_words:].copy()
    if rest:
        beyond[:, 0] &= ~np.uint64((1 << rest) - 1)
    advice = f"已知的编号是0到{known - 1}。" if known else "这里没有编号可用。"
    refuse((beyond != 0).any(axis=1), "有不认识的编号", where, advice)
