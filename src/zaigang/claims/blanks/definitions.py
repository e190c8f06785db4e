"""A form's definition file: all its versions, checked.

Keys of a file: `code`, `title`, `sources` (letter -> where it was read), `fields` (name -> cell) and `versions`. A
version names its `territory`, `from`, `to`, `mark`, `sources`, `copies`, `declaration`, `signatures` and `bands`; a
band has a `title`, its `fields` in order, and `signed: true` where the declaration and the signature follow. A field
in a band is its name, or `{field: name, ...}` with keys that this version changes. Keys of a cell: see Field in
blank.py; `list` names its code list, `element` the data element of the registers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, get_args

from zaigang.claims.blanks.blank import NO, YES, Ask, Kind, Mark, PrintAs
from zaigang.claims.blanks.codes import CodeLists, Item
from zaigang.claims.blanks.errors import BadBlank
from zaigang.claims.blanks.reading import (
    NOTHING,
    Text,
    count,
    day,
    flag,
    items,
    keys,
    one_of,
    read_yaml,
    span,
    text,
    word,
    words,
)

NATIONAL = "CN"
_FIELD_REQUIRED = ("label", "kind", "ask")
_FIELD_OPTIONAL = (
    *("element", "list", "required", "required_when", "source", "help", "max_length", "not_after_today"),
    "print_as",
)
_VERSION_REQUIRED = (
    *(
        "version",
        "territory",
        "from",
        "to",
        "mark",
        "sources",
        "copies",
        "declaration",
        "signatures",
        "bands",
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A field with all its codes and both languages."""

    code: str
    element: str
    label: Text
    kind: Kind
    items: tuple[Item, ...]
    required: bool
    required_when: tuple[str, tuple[str, ...]] | None
    source: str
    ask: Ask
    help: Text
    max_length: int | None
    not_after_today: bool
    print_as: PrintAs


@dataclass(frozen=True, slots=True)
class Part:
    title: Text
    cells: tuple[Cell, ...]
    signed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version with both languages; `library` makes a Blank of it. Compared by identity: it is a cache's key."""

    code: str
    version: str
    territory: str
    starts: date
    ends: date | None
    title: Text
    parts: tuple[Part, ...]
    declaration: Text
    signatures: tuple[str, ...]
    copies: int
    mark: Mark
    sources: tuple[str, ...]


def read_definition(path: Path, lists: CodeLists) -> tuple[Version, ...]:
    """All versions of a file, by territory and day. BadBlank for gaps, overlaps and whatever is not understood."""
    raw = keys(read_yaml(path), ("code", "title", "sources", "fields", "versions"), (), path.name)
    if word(raw["code"], path.name) != path.stem:
        raise BadBlank(f"code 是 {raw['code']}，与文件名不一致", path.name, "请改成一样。")
    if not isinstance(raw["fields"], dict) or not isinstance(raw["sources"], dict):
        raise BadBlank("fields 和 sources 应为一组键值", path.name, "请检查缩进。")
    found = [_version(one, raw, lists, path.name) for one in items(raw["versions"], path.name)]
    names = [one.version for one in found]
    if len(set(names)) < len(names):
        raise BadBlank("两个版本用了同一个 version", path.name, "请给每个版本不同的名字。")
    found.sort(key=lambda one: (one.territory, one.starts))
    for territory, series in groupby(found, key=lambda one: one.territory):
        _check_order(list(series), f"{path.name} {territory}")
    return tuple(found)


def _check_order(series: list[Version], where: str) -> None:
    for earlier, later in pairwise(series):
        place = f"{where} {later.version}"
        if earlier.ends is None or later.starts <= earlier.ends:
            raise BadBlank(f"与版本 {earlier.version} 时间重叠", place, "请给前一个版本写上结束日期。")
        if later.starts != earlier.ends + timedelta(days=1):
            raise BadBlank(f"与版本 {earlier.version} 之间有空档", place, "请核对日期，首尾相接。")


def _version(raw: Any, file: Mapping[str, Any], lists: CodeLists, name: str) -> Version:
    entry = keys(raw, _VERSION_REQUIRED, (), f"{name} versions")
    where = f"{name} {word(entry['version'], name)}"
    parts = tuple(_part(one, file["fields"], lists, where) for one in items(entry["bands"], where))
    _check_fields(parts, where)
    starts, ends = day(entry["from"], where), span(entry, where)[1]
    sources = tuple(_cited(key, file["sources"], where) for key in words(entry["sources"], where))
    return Version(
        code=file["code"],
        version=entry["version"],
        territory=_territory(entry["territory"], where),
        starts=starts,
        ends=ends,
        title=text(file["title"], f"{name} title"),
        parts=parts,
        declaration=text(entry["declaration"], f"{where} declaration"),
        signatures=words(entry["signatures"], f"{where} signatures"),
        copies=count(entry["copies"], f"{where} copies"),
        mark=one_of(entry["mark"], get_args(Mark), f"{where} mark"),
        sources=sources,
    )


def _territory(raw: Any, where: str) -> str:
    if raw != NATIONAL and not (word(raw, where).isascii() and raw.isdigit() and len(raw) in (2, 4, 6)):
        raise BadBlank(f"不认识的地区 {raw}", where, "请写 CN，或行政区划代码的前2、4、6位（加引号）。")
    return str(raw)


def _cited(key: str, sources: Mapping[str, Any], where: str) -> str:
    if key not in sources:
        raise BadBlank(f"没有出处 {key}", where, "请在 sources 里写明。")
    return word(sources[key], f"{where} {key}")


def _part(raw: Any, fields: Mapping[str, Any], lists: CodeLists, where: str) -> Part:
    entry = keys(raw, ("title", "fields"), ("signed",), f"{where} bands")
    title = text(entry["title"], f"{where} bands")
    place = f"{where} {title.zh}"
    cells = tuple(_cell(one, fields, lists, place) for one in items(entry["fields"], place))
    return Part(title, cells, flag(entry.get("signed", False), place))


def _cell(raw: Any, fields: Mapping[str, Any], lists: CodeLists, where: str) -> Cell:
    """A cell as the file defines it, with what this version changes."""
    changes = {"field": raw} if isinstance(raw, str) else keys(raw, ("field",), _FIELD_OPTIONAL, where)
    code = word(changes["field"], where)
    if code not in fields:
        raise BadBlank(f"没有栏目 {code}", where, "请在 fields 里写明。")
    place = f"{where} {code}"
    base = keys(fields[code], _FIELD_REQUIRED, _FIELD_OPTIONAL, place)
    merged = {**base, **{key: value for key, value in changes.items() if key != "field"}}
    return _built(code, merged, lists, place)


def _built(code: str, entry: Mapping[str, Any], lists: CodeLists, where: str) -> Cell:
    kind: Kind = one_of(entry["kind"], get_args(Kind), where)
    ask: Ask = one_of(entry["ask"], get_args(Ask), where)
    source = word(entry["source"], where) if "source" in entry else ""
    if ask != "ask" and not source:
        raise BadBlank(f"ask 是 {ask}，却没有 source", where, "请写 source，或改成 ask。")
    return Cell(
        code=code,
        element=word(entry["element"], where) if "element" in entry else "",
        label=text(entry["label"], f"{where} label"),
        kind=kind,
        items=_items(kind, entry.get("list"), lists, where),
        required=flag(entry.get("required", False), where),
        required_when=_condition(entry["required_when"], where) if "required_when" in entry else None,
        source=source,
        ask=ask,
        help=text(entry["help"], f"{where} help") if "help" in entry else NOTHING,
        max_length=count(entry["max_length"], where) if "max_length" in entry else None,
        not_after_today=flag(entry.get("not_after_today", False), where),
        print_as=one_of(entry.get("print_as", "plain"), get_args(PrintAs), where),
    )


def _items(kind: Kind, name: Any, lists: CodeLists, where: str) -> tuple[Item, ...]:
    if (kind in ("code", "codes")) != (name is not None):
        raise BadBlank("list 与 kind 不一致", where, "code 和 codes 要写 list，别的不写。")
    if name is None:
        return ()
    if word(name, where) not in lists:
        raise BadBlank(f"没有代码表 {name}", where, "请在 codes.yaml 里写明。")
    return lists[str(name)]


def _condition(raw: Any, where: str) -> tuple[str, tuple[str, ...]]:
    entry = keys(raw, ("field", "codes"), (), f"{where} required_when")
    return word(entry["field"], where), words(entry["codes"], where)


def _check_fields(parts: tuple[Part, ...], where: str) -> None:
    """Each field once; conditions name a field of this version and codes that it has."""
    cells = [cell for part in parts for cell in part.cells]
    by_code = {cell.code: cell for cell in cells}
    if len(by_code) < len(cells):
        raise BadBlank("同一栏目放了两次", where, "请删去一个。")
    for cell in cells:
        if cell.required_when is None:
            continue
        other, codes = cell.required_when
        known = _codes_of(by_code[other]) if other in by_code else set()
        if not set(codes) <= known:
            place = f"{where} {cell.code} required_when"
            raise BadBlank(f"没有栏目 {other} 或其代码 {' '.join(codes)}", place, "请核对。")


def _codes_of(cell: Cell) -> set[str]:
    return {YES, NO} if cell.kind == "tick" else {item.code for item in cell.items}
