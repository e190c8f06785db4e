"""Reading single values and groups of keys of a parameter file; ValueError says what is wrong."""

from collections.abc import Callable, Mapping, Set
from typing import Any

Reader = Callable[[Any], Any]


def only(raw: Any, required: Set[Any], optional: Set[Any] = frozenset()) -> dict[Any, Any]:
    """A group of keys, none absent and none unknown."""
    if not isinstance(raw, dict):
        raise ValueError(f"应为一组键值，现在是 {raw!r}")
    unknown, absent = set(raw) - required - optional, required - set(raw)
    if unknown or absent:
        raise ValueError(f"不认识的键 {sorted(unknown)}，缺少的键 {sorted(absent)}")
    return raw


def number(raw: Any) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw < 0:
        raise ValueError(f"应为不小于0的数，现在是 {raw!r}")
    return raw


def count(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueError(f"应为不小于0的整数，现在是 {raw!r}")
    return raw


def true(raw: Any) -> bool:
    if raw is not True:
        raise ValueError("应为 true；规定不再适用时另写一条 missing 或写明终止日期")
    return True


def flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"应为 true 或 false，现在是 {raw!r}")
    return raw


def word(*allowed: str) -> Reader:
    """One code out of a closed list."""

    def read(raw: Any) -> str:
        if raw not in allowed:
            raise ValueError(f"应为 {'、'.join(allowed)} 之一，现在是 {raw!r}")
        return str(raw)

    return read


def words(*allowed: str) -> Reader:
    """Several codes out of a closed list, none twice."""

    def read(raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, list) or not raw or len(set(raw)) != len(raw) or set(raw) - set(allowed):
            raise ValueError(f"应为一列不重复的词，取自 {'、'.join(allowed)}，现在是 {raw!r}")
        return tuple(raw)

    return read


def record(required: Mapping[str, Reader], optional: Mapping[str, Reader] | None = None) -> Reader:
    """A group of keys, each with its own reader; an optional key that is absent is read as None."""
    extra = optional or {}

    def read(raw: Any) -> dict[str, Any]:
        keys = only(raw, required.keys(), extra.keys())
        readers = {**required, **extra}
        return {name: read_one(keys[name]) if name in keys else None for name, read_one in readers.items()}

    return read
