"""Answers in words, for the page that is checked before it is signed, and for print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.blanks.blank import Blank, Field
from zaigang.claims.blanks.forms import is_empty
from zaigang.claims.blanks.periods import Period
from zaigang.claims.blanks.typed import month_of
from zaigang.look.formats import month_words, yuan, yuan_capitals


@dataclass(frozen=True, slots=True)
class TickLine:
    """One option of a list that prints as boxes: ☑ when chosen, □ when not."""

    label: str
    chosen: bool


Words = str | tuple[TickLine, ...] | tuple[Period, ...]


def words(blank: Blank, answers: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, Words]]]]:
    """Bands with their cells: labels instead of codes, boxes for tick lists, "" for what is empty.

    Fetch the blank with `by_version`, so that it knows the record's own labels. Numbers are whole, not masked.
    """
    return [
        (band.title, [(cell.label, _words(cell, answers.get(cell.code))) for cell in _printed(band.fields)])
        for band in blank.bands
    ]


def _printed(fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.print_as != "hidden"]


def _words(cell: Field, value: Any) -> Words:
    if cell.print_as == "ticks":
        return _ticks(cell, value)
    if is_empty(value):
        return () if cell.kind == "periods" else ""
    if cell.kind == "periods":
        return tuple(Period(line["employer"], _month(line["from"]), _month(line["to"])) for line in value)
    return _text(cell, value)


def _ticks(cell: Field, value: Any) -> tuple[TickLine, ...]:
    """Every option on offer, and a former one only where it was chosen."""
    if cell.kind == "tick":
        return TickLine(_("是"), value is True), TickLine(_("否"), value is False)
    chosen = [] if is_empty(value) else value if isinstance(value, list) else [value]
    offered = {option.code for option in cell.options}
    shown = [*cell.options, *(cell.option(code) for code in chosen if code not in offered)]
    return tuple(TickLine(option.label, option.code in chosen) for option in shown)


def _text(cell: Field, value: Any) -> str:
    if cell.kind == "code":
        return cell.option(value).label
    if cell.kind == "codes":
        return _("、").join(cell.option(code).label for code in value)
    if cell.kind == "tick":
        return _("是") if value else _("否")
    if cell.kind == "date":
        return _day(date.fromisoformat(value), cell.print_as == "month")
    if cell.kind == "money":
        return _money(Decimal(value), cell.print_as == "capitals")
    return str(value)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _day(value: date, month_only: bool) -> str:
    if month_only:
        return month_words(value, get_language() or "")
    return value.isoformat() if _english() else f"{value.year}年{value.month}月{value.day}日"


def _month(value: str) -> str:
    month = month_of(value)
    return month_words(month, get_language() or "") if month else value


def _money(value: Decimal, capitals: bool) -> str:
    return (
        _("%(sum)s（%(capitals)s）") % {"sum": yuan(value), "capitals": yuan_capitals(value)}
        if capitals
        else yuan(value)
    )
