"""Which version of a form is in force where and when. An office's own folder is searched before ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from zaigang.claims.blanks.blank import Band, Blank, Field, Option
from zaigang.claims.blanks.codes import FILE_NAME, CodeLists, read_codes
from zaigang.claims.blanks.definitions import NATIONAL, Cell, Part, Version, read_definition
from zaigang.claims.blanks.errors import BadBlank

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shelf:
    """The definitions of one folder, by form."""

    lists: CodeLists
    versions: Mapping[str, tuple[Version, ...]]


def in_force(code: str, *, territory: str, on: date) -> Blank:
    """The form for a district (its digits) on a day: the nearest territory that has a version in force wins.

    Raises BadBlank when there is none, or when a definition is damaged.
    """
    for shelf in _shelves():
        found = [one for one in shelf.versions.get(code, ()) if _rules(one, territory, on)]
        if found:
            nearest = max(found, key=lambda one: 0 if one.territory == NATIONAL else len(one.territory))
            return _blank(nearest, on, on, get_language() or "")
    raise BadBlank(
        f"{on:%Y-%m-%d} 没有可用的表 {code}", f"地区 {territory}", "请核对日期，或放入这张表的定义。"
    )


def by_version(code: str, version: str) -> Blank:
    """The form that a record was made with, with every code that could be chosen while it was in force.

    Raises BadBlank when no folder has it any more.
    """
    for shelf in _shelves():
        for one in shelf.versions.get(code, ()):
            if one.version == version:
                return _blank(one, one.starts, one.ends, get_language() or "")
    raise BadBlank(
        f"找不到表 {code} 的版本 {version}", "表格定义", "请把用过的定义放回 ZAIGANG_BLANKS 文件夹。"
    )


def options(name: str, *, on: date) -> tuple[Option, ...]:
    """A code list as offered on a day. BadBlank when there is no such list."""
    for shelf in _shelves():
        if name in shelf.lists:
            language = get_language() or ""
            return tuple(item.option(language) for item in shelf.lists[name] if item.offered(on, on))
    raise BadBlank(f"没有代码表 {name}", FILE_NAME, "请核对名字。")


def load_shelves(own: Path | None) -> tuple[Shelf, ...]:
    """The office's folder, where it has one, then ours. BadBlank for anything in them that cannot be used."""
    ours = _shelf(HERE / FILE_NAME, HERE / "definitions", {})
    if own is None:
        return (ours,)
    if not own.is_dir():
        raise BadBlank("没有这个文件夹", "ZAIGANG_BLANKS", "请改正路径，或不写这一项。")
    theirs = _shelf(own / FILE_NAME, own, ours.lists)
    _check_names(theirs, ours)
    return theirs, ours


def _shelves() -> tuple[Shelf, ...]:
    own = settings.ZAIGANG_BLANKS
    return _kept_shelves(str(own) if own else "")


@lru_cache(maxsize=8)
def _kept_shelves(own: str) -> tuple[Shelf, ...]:
    return load_shelves(Path(own) if own else None)


def _shelf(codes: Path, folder: Path, fallback: CodeLists) -> Shelf:
    lists = {**fallback, **(read_codes(codes) if codes.exists() else {})}
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != FILE_NAME)
    return Shelf(lists, {path.stem: read_definition(path, lists) for path in paths})


def _check_names(theirs: Shelf, ours: Shelf) -> None:
    """A version of the office's own may not take the name of one of ours, which records may hold."""
    for code, versions in theirs.versions.items():
        taken = {one.version for one in ours.versions.get(code, ())}
        for one in versions:
            if one.version in taken:
                raise BadBlank(
                    f"版本名 {one.version} 已经用过",
                    f"{code}.yaml",
                    "请换一个名字，例如加上本地区划代码。",
                )


def _rules(one: Version, territory: str, on: date) -> bool:
    here = one.territory == NATIONAL or territory.startswith(one.territory)
    return here and one.starts <= on and (one.ends is None or on <= one.ends)


@lru_cache(maxsize=256)
def _blank(one: Version, first: date, last: date | None, language: str) -> Blank:
    """`first` and `last`: the days on any of which a code must have been on offer."""
    return Blank(
        code=one.code,
        version=one.version,
        territory=one.territory,
        starts=one.starts,
        ends=one.ends,
        title=one.title.spoken(language),
        bands=tuple(_band(part, first, last, language) for part in one.parts),
        declaration=one.declaration.zh,
        declaration_help=one.declaration.spoken(language),
        signatures=one.signatures,
        copies=one.copies,
        mark=one.mark,
        sources=one.sources,
    )


def _band(part: Part, first: date, last: date | None, language: str) -> Band:
    fields = tuple(_field(cell, first, last, language) for cell in part.cells)
    return Band(part.title.spoken(language), fields, part.signed)


def _field(cell: Cell, first: date, last: date | None, language: str) -> Field:
    offered = {item.code for item in cell.items if item.offered(first, last)}
    choices = [item.option(language) for item in cell.items]
    return Field(
        code=cell.code,
        data_element=cell.element,
        label=cell.label.spoken(language),
        kind=cell.kind,
        options=tuple(one for one in choices if one.code in offered),
        former=tuple(one for one in choices if one.code not in offered),
        required=cell.required,
        required_when=cell.required_when,
        source=cell.source,
        ask=cell.ask,
        help=cell.help.spoken(language),
        max_length=cell.max_length,
        not_after_today=cell.not_after_today,
        print_as=cell.print_as,
    )
