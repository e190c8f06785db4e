"""The facts of many people as columns: one array for each fact, one row for each person."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.calendar import parse_month
from zaigang.engines.entitlement.errors import EntitlementError
from zaigang.engines.entitlement.facts import CATEGORIES, ENDINGS, EVENTS, SEXES, Event, Facts

Days = NDArray[np.datetime64]
Counts = NDArray[np.int16]
Codes = NDArray[np.int8]

UNKNOWN = -1
#: A code that stands for no word of its list; the row is refused.
NO_SUCH_CODE = np.iinfo(np.int8).max
_DAY = np.dtype("datetime64[D]")
DAYS = ("decide_on", "born", "left_on", "registered_on", "applied_on", "known_on")
COUNTS = ("contribution_months", "deemed_months", "unused_months", "agency_months", "pay_through")
CODES = {"sex": SEXES, "retirement_category": CATEGORIES, "left_because": ENDINGS}


class BadColumns(EntitlementError):
    """Arrays that do not fit together; nothing was decided."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What `Facts` holds, for n people.

    Days are datetime64[D], NaT = unknown. Counts of months are int16, -1 = unknown. Codes are int8, the place
    of the word in SEXES, CATEGORIES, ENDINGS (facts.py), -1 = unknown. `territory` (int16) is the place of the
    person's code in `territories`. `pay_through` is a month number (calendar.py). Events lie in time order from
    the left of an (n, most) array, `event_kind` being the place in EVENTS, -1 = no more events.
    """

    territories: tuple[str, ...]
    territory: Counts
    decide_on: Days
    sex: Codes
    born: Days
    retirement_category: Codes
    left_on: Days
    left_because: Codes
    registered_on: Days
    applied_on: Days
    contribution_months: Counts
    deemed_months: Counts
    unused_months: Counts
    agency_months: Counts
    event_on: Days
    event_kind: Codes
    known_on: Days
    pay_through: Counts
    late_accepted: NDArray[np.bool_]

    def __post_init__(self) -> None:
        rows = len(self.territory)
        for name in (f.name for f in fields(self) if f.name != "territories"):
            array = getattr(self, name)
            wanted = _dtype(name)
            shape = self.event_kind.shape if name.startswith("event") else (rows,)
            if array.dtype != wanted or array.shape != shape or shape[0] != rows:
                what = f"{array.dtype}{array.shape}，应为 {wanted}{shape}"
                raise BadColumns(what, name, "请核对这一列的类型和长度。")
        known = (self.territory >= 0) & (self.territory < len(self.territories))
        if not known.all():
            raise BadColumns("territory 里的序号不在 territories 内", "territory", "请核对。")

    def __len__(self) -> int:
        return len(self.territory)


def _dtype(name: str) -> Any:
    if name in DAYS or name == "event_on":
        return _DAY
    if name in CODES or name == "event_kind":
        return np.dtype(np.int8)
    return np.dtype(np.bool_) if name == "late_accepted" else np.dtype(np.int16)


def columns(rows: int, *, territory: str, decide_on: date, **known: Any) -> Columns:
    """Columns of `rows` people of one place, decided on one day; all facts not given are unknown.

    `known` takes the names of `Columns`; a single value holds for everybody.
    """
    given: dict[str, Any] = {"decide_on": decide_on, "territory": 0, "late_accepted": False} | known
    most = np.asarray(given["event_kind"]).shape[1] if "event_kind" in given else 0
    arrays = {}
    for name in (f.name for f in fields(Columns) if f.name != "territories"):
        value = given.pop(name, "NaT" if _dtype(name) == _DAY else UNKNOWN)
        array = np.empty((rows, most) if name.startswith("event") else rows, _dtype(name))
        array[...] = np.asarray(value, _dtype(name))
        arrays[name] = array
    if given:
        raise BadColumns(f"不认识的列 {sorted(given)}", sorted(given)[0], "请核对列名。")
    return Columns((territory,), **arrays)


def columns_of(people: Iterable[Facts]) -> Columns:
    """The same facts as columns. What cannot be said in a column becomes a value that refuses the row."""
    rows = list(people)
    places = {code: index for index, code in enumerate(dict.fromkeys(facts.territory for facts in rows))}
    arrays: dict[str, Any] = {
        "territory": np.array([places[facts.territory] for facts in rows], np.int16),
        "agency_months": _counts([None if f.agency_months is None else f.agency_months.months for f in rows]),
        "pay_through": _counts([None if f.pay_through is None else parse_month(f.pay_through) for f in rows]),
        "late_accepted": np.array([facts.late_accepted for facts in rows], np.bool_),
    }
    for name in DAYS:
        arrays[name] = _days([getattr(facts, name) for facts in rows])
    for name in COUNTS[:3]:
        arrays[name] = _counts([getattr(facts, name) for facts in rows])
    for name, words in CODES.items():
        arrays[name] = np.array([_code(words, getattr(facts, name)) for facts in rows], np.int8)
    return Columns(tuple(places), **arrays, **_events([facts.events for facts in rows]))


def _days(days: list[date | None]) -> Days:
    return np.array(["NaT" if day is None else day for day in days], _DAY)


def _counts(counts: list[int | None]) -> Counts:
    """More months than fit are as impossible as the most that fit; less than none is kept as -2."""
    found = [UNKNOWN if count is None else -2 if count < 0 else count for count in counts]
    return np.minimum(np.array(found, np.int64), np.iinfo(np.int16).max).astype(np.int16)


def _code(words: tuple[str, ...], word: str | None) -> int:
    if word is None:
        return UNKNOWN
    return words.index(word) if word in words else NO_SUCH_CODE


def _events(rows: list[tuple[Event, ...]]) -> dict[str, Any]:
    shape = (len(rows), max(map(len, rows), default=0))
    on, kind = np.full(shape, "NaT", _DAY), np.full(shape, UNKNOWN, np.int8)
    for row, events in enumerate(rows):
        for place, event in enumerate(events):
            on[row, place], kind[row, place] = event.on, _code(EVENTS, event.kind)
    return {"event_on": on, "event_kind": kind}
