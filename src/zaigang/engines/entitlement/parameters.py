"""The law as dated values: what a territory's rule was on a day, with its source and how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from zaigang.engines.entitlement.calendar import first_day
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.shapes import Amount

Status = Literal["verified", "inferred", "unverified", "missing"]
STATUSES: tuple[Status, ...] = ("verified", "inferred", "unverified", "missing")
NATIONAL = "CN"
# GB/T 2260, without Hong Kong, Macao and Taiwan, where the law of the mainland does not run.
PROVINCES = frozenset(
    f"{region}{place}"
    for region, places in {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345"}.items()
    for place in places
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value is written. `document` is the number of the notice, or the name of the law."""

    title: str
    article: str | None
    document: str | None

    def as_json(self) -> dict[str, str | None]:
        return {"title": self.title, "article": self.article, "document": self.document}


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """One value of one parameter. `until` is its last day (None = open); `value` is None when missing.

    `first_seen` means that the true first day is unknown and `since` is the day of the earliest sighting.
    """

    name: str
    since: date
    until: date | None
    value: Any
    shown: Any
    status: Status
    source: Source
    published: date
    first_seen: bool

    @property
    def known(self) -> bool:
        """Whether exact figures may be built on it."""
        return self.status in ("verified", "inferred")

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "value": self.shown, "from": self.since.isoformat(), "status": self.status}


@dataclass(frozen=True, slots=True)
class Territory:
    """One parameter file: the values that a place itself has set, by name, each list in order of time.

    `sha256` is that of the file's text, in hexadecimal: it names the version.
    """

    code: str
    name_zh: str
    name_en: str
    series: Mapping[str, tuple[Dated, ...]]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class MonthAmount:
    """The benefit of one calendar month. `yuan` is None where the law is not known well enough."""

    yuan: int | float | None
    status: Status
    dated: Dated


def worst(*statuses: Status) -> Status:
    return max(statuses, key=STATUSES.index)


@dataclass(slots=True)
class Rules:
    """What one territory's law says on any day, the nearest territory first, as known on `known_on`."""

    chain: tuple[Territory, ...]
    known_on: date | None
    _found: dict[tuple[str, date], Dated] = field(default_factory=dict)
    _amounts: dict[tuple[int, int, bool], MonthAmount] = field(default_factory=dict)

    def at(self, name: str, day: date) -> Dated:
        """The value in force on `day`; one with status `missing` where no territory of the chain has any."""
        key = (name, day)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._search(name, day)
        return found

    def _search(self, name: str, day: date) -> Dated:
        for territory in self.chain:
            found = in_force(territory.series.get(name, ()), day, self.known_on)
            if found is not None:
                return found
        nowhere = Source("本系统没有这一天、这个地方的规定", None, None)
        return Dated(name, day, None, None, None, "missing", nowhere, day, False)

    def amount(
        self, month: int, draw: int, extension: bool = False, contributed: int | None = None
    ) -> MonthAmount:
        """The benefit of calendar month `month`, the person's `draw`-th, in force on its first day.

        `contributed`: months of contributions, where the amount goes by them; without them it is missing.
        """
        key = (month, draw, extension)
        found = self._amounts.get(key)
        if found is None:
            found = self._amounts[key] = self._amount(first_day(month), draw, extension)
        if found.yuan is None and contributed is not None and found.dated.known:
            return _tiered(found, draw, contributed)
        return found

    def _amount(self, day: date, draw: int, extension: bool) -> MonthAmount:
        dated = self.at("benefit_amount", day)
        if not dated.known:
            return MonthAmount(None, dated.status, dated)
        rule: Amount = dated.value
        if rule.by_contributed:
            return MonthAmount(None, "missing", dated)
        if rule.percent_of_minimum_wage is None:
            return MonthAmount(rule.yuan_of(draw, extension), dated.status, dated)
        wage = self.at("minimum_wage", day)
        status = worst(dated.status, wage.status)
        yuan = wage.value * rule.percent_of_minimum_wage / 100 if wage.known else None
        return MonthAmount(whole(yuan), status, dated)

    def amount_before(
        self, dated: Dated, month: int, draw: int, contributed: int | None = None
    ) -> MonthAmount:
        """What was paid for `month` before the notice behind `dated` came out."""
        day = dated.published
        earlier = Rules(self.chain, date.fromordinal(day.toordinal() - 1))
        return earlier.amount(month, draw, contributed=contributed)


def _tiered(found: MonthAmount, draw: int, contributed: int) -> MonthAmount:
    """The amount by months of contributions; `found` as it is where the amount does not go by them."""
    rule: Amount = found.dated.value
    yuan = rule.yuan_by_tier(draw, contributed) if rule.by_contributed else None
    return found if yuan is None else MonthAmount(yuan, found.dated.status, found.dated)


def whole(yuan: float | None) -> int | float | None:
    """Yuan to the fen, without a decimal point where there are no fen."""
    if yuan is None:
        return None
    rounded = round(yuan, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def in_force(series: tuple[Dated, ...], day: date, known_on: date | None) -> Dated | None:
    """The value of a list in force on `day`, leaving out what was published after `known_on`.

    An end that only a later, hidden notice has set does not count: on that day the old value was open.
    """
    visible = [v for v in series if known_on is None or v.published <= known_on]
    candidates = [v for v in visible if v.since <= day]
    if not candidates:
        return None
    last = candidates[-1]
    ended = last.until is not None and last.until < day
    following = series.index(last) + 1
    successor_hidden = following < len(series) and series[following] not in visible
    return None if ended and not successor_hidden else last


@dataclass(slots=True)
class Library:
    """All parameter files, by territory code."""

    territories: Mapping[str, Territory]
    _rules: dict[tuple[str, date | None], Rules] = field(default_factory=dict)

    def with_territory(self, territory: Territory) -> "Library":
        """This library with one territory's file in the place of its own, or added."""
        return Library({**self.territories, territory.code: territory})

    def chain(self, code: str) -> tuple[Territory, ...]:
        """The files whose law runs in a district, the nearest first. BadFacts for what is no territory."""
        check_territory(code)
        prefixes = dict.fromkeys((code, code[:4], code[:2], NATIONAL))
        return tuple(self.territories[p] for p in prefixes if p in self.territories)

    def rules(self, code: str, known_on: date | None = None) -> Rules:
        """The rules of a six-digit district code, or of the whole country (CN). BadFacts when it is neither."""
        key = (code, known_on)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = Rules(self.chain(code), known_on)
        return found

    def national(self, known_on: date | None = None) -> Rules:
        return Rules((self.territories[NATIONAL],), known_on)


def check_territory(code: str) -> None:
    if code == NATIONAL:
        return
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        raise BadFacts(f"行政区划代码应为6位数字，现在是“{code}”", "territory", "请填区县代码，例如 370213。")
    if code[:2] not in PROVINCES:
        what = f"行政区划代码“{code}”的前两位不是适用《社会保险法》的省份"
        raise BadFacts(what, "territory", "请核对后填区县代码，例如 370213。")
