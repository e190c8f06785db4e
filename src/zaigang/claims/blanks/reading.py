"""Reading YAML strictly: whatever is not understood is refused, with file, place and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from zaigang.claims.blanks.errors import BadBlank


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def spoken(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


NOTHING = Text("", "")


def read_yaml(path: Path) -> Any:
    """The content of a file. BadBlank when it is no YAML or no UTF-8."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise BadBlank(f"读不出来：{error}", path.name, "请检查缩进和引号，用 UTF-8 保存。") from error


def keys(raw: Any, required: Iterable[str], optional: Iterable[str], where: str) -> dict[str, Any]:
    """The mapping, when it has all required keys and none but these."""
    if not isinstance(raw, dict):
        raise BadBlank("应为一组键值", where, "请检查缩进。")
    needed, allowed = set(required), {*required, *optional}
    unknown = sorted(map(str, set(raw) - allowed))
    if unknown:
        raise BadBlank(f"不认识的键 {' '.join(unknown)}", where, "请核对键名。")
    if needed - set(raw):
        raise BadBlank(f"缺少 {' '.join(sorted(needed - set(raw)))}", where, "请补上。")
    return raw


def items(raw: Any, where: str) -> list[Any]:
    """A list with something in it."""
    if not isinstance(raw, list) or not raw:
        raise BadBlank("应为一个不空的列表", where, "请检查缩进。")
    return raw


def word(raw: Any, where: str) -> str:
    """A text in one language, or a code. A bare number or yes lacks its quotes and is refused."""
    if not isinstance(raw, str) or not raw:
        raise BadBlank(f"应为文字，现在是 {raw!r}", where, "数字和 yes、no 请加引号。")
    return raw


def words(raw: Any, where: str) -> tuple[str, ...]:
    return tuple(word(one, where) for one in items(raw, where))


def text(raw: Any, where: str) -> Text:
    both = keys(raw, ("zh", "en"), (), where)
    return Text(word(both["zh"], f"{where} zh"), word(both["en"], f"{where} en"))


def flag(raw: Any, where: str) -> bool:
    if not isinstance(raw, bool):
        raise BadBlank(f"应为 true 或 false，现在是 {raw!r}", where, "请改正。")
    return raw


def count(raw: Any, where: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 1:
        raise BadBlank(f"应为大于0的整数，现在是 {raw!r}", where, "请改正。")
    return raw


def one_of(raw: Any, allowed: Iterable[str], where: str) -> Any:
    if raw not in tuple(allowed):
        raise BadBlank(f"不认识的 {raw!r}", where, f"应为 {' '.join(allowed)} 之一。")
    return raw


def day(raw: Any, where: str) -> date:
    if type(raw) is not date:
        raise BadBlank(f"不是日期：{raw!r}", where, "请写成 2016-01-01。")
    return raw


def span(raw: dict[str, Any], where: str) -> tuple[date | None, date | None]:
    """First and last day of something; either may be open."""
    first, last = (None if raw.get(name) is None else day(raw[name], where) for name in ("from", "to"))
    if first and last and last < first:
        raise BadBlank("结束早于开始", where, "请核对日期。")
    return first, last
