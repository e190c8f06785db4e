"""Code lists (codes.yaml), each item with its first and last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from zaigang.claims.blanks.blank import Mark, Option
from zaigang.claims.blanks.errors import BadBlank
from zaigang.claims.blanks.reading import (
    NOTHING,
    Text,
    items,
    keys,
    one_of,
    read_yaml,
    span,
    text,
    word,
    words,
)

FILE_NAME = "codes.yaml"


@dataclass(frozen=True, slots=True)
class Item:
    """One code, and the days on which it could be chosen."""

    code: str
    label: Text
    starts: date | None
    ends: date | None
    note: Text
    also: tuple[str, ...]

    def offered(self, first: date, last: date | None) -> bool:
        """Whether it could be chosen on any day from `first` to `last` (None = open)."""
        begun = self.starts is None or last is None or self.starts <= last
        return begun and (self.ends is None or self.ends >= first)

    def option(self, language: str) -> Option:
        return Option(self.code, self.label.spoken(language), self.note.spoken(language), self.also)


CodeLists = Mapping[str, tuple[Item, ...]]


def read_codes(path: Path) -> CodeLists:
    """All lists of a file, by name. BadBlank names list and item."""
    raw = keys(read_yaml(path), ("lists",), (), path.name)["lists"]
    if not isinstance(raw, dict):
        raise BadBlank("lists 应为一组键值", path.name, "请检查缩进。")
    return {name: _list(entry, f"{path.name} {name}") for name, entry in raw.items()}


def _list(raw: Any, where: str) -> tuple[Item, ...]:
    entry = keys(raw, ("mark", "source", "items"), (), where)
    one_of(entry["mark"], get_args(Mark), where)
    word(entry["source"], where)
    found = tuple(_item(one, where) for one in items(entry["items"], where))
    codes = [item.code for item in found]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise BadBlank(f"代码 {' '.join(twice)} 写了两次", where, "请删去一个，或换一个代码。")
    return found


def _item(raw: Any, where: str) -> Item:
    entry = keys(raw, ("code", "zh", "en"), ("from", "to", "note", "also"), where)
    code = word(entry["code"], where)
    place = f"{where} {code}"
    label = Text(word(entry["zh"], place), word(entry["en"], place))
    note = text(entry["note"], place) if "note" in entry else NOTHING
    also = words(entry["also"], place) if "also" in entry else ()
    return Item(code, label, *span(entry, place), note, also)
