"""What the fund will pay: months that are granted, and months of those who have not registered yet.

The second part is an assumption, stated beside the figures: in which of the next months how many of them register; see
`claims.projection` for what they are then due. Pure: no database, no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from zaigang.claims.enums import Curve
from zaigang.engines.entitlement.calendar import first_day, last_day, month_of

Shares = NDArray[np.float64]
#: Months, the current one first, in which people may register; who has not come by then is counted apart.
COMING_MONTHS = 12
PACE_DAYS = 28
#: Those who come in the low case, of those who come as assumed.
LOW = 0.5
ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class Assumption:
    """How people come; `share` is a percentage of those left, for `Curve.SHARE`."""

    curve: str = Curve.PACE
    share: int = 20


@dataclass(frozen=True, slots=True)
class Coming:
    """Those of one closure who may draw and have not registered: what the engine was asked of each, and their pace."""

    closure: UUID
    facts: Sequence[Mapping[str, Any]]
    pace: int
    undecided: int = 0

    @property
    def left(self) -> int:
        return len(self.facts)


@dataclass(frozen=True, slots=True)
class Granted:
    """One month of one closure, of claims that a clerk granted. `exact`: released by law; `bound`: at most."""

    closure: UUID
    month: date
    persons: int
    exact: Decimal
    bound: Decimal
    unknown: int
    statuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One month of one closure, or sums of such. Yuan; `unknown` people have a month whose amount is not known."""

    closure: UUID | None
    month: date | None
    persons: int = 0
    exact: Decimal = ZERO
    bound: Decimal = ZERO
    coming: int = 0
    low: Decimal = ZERO
    likely: Decimal = ZERO
    high: Decimal = ZERO
    unknown: int = 0
    statuses: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """Who draws, as assumed."""
        return self.persons + self.coming

    @property
    def granted(self) -> Decimal:
        return self.exact + self.bound

    @property
    def least(self) -> Decimal:
        """Of the three cases in this month: who comes sooner also ends sooner."""
        return min(self.low, self.likely, self.high)

    @property
    def most(self) -> Decimal:
        return max(self.low, self.likely, self.high)

    @property
    def total(self) -> Decimal:
        """As assumed."""
        return self.granted + self.likely

    @property
    def total_low(self) -> Decimal:
        return self.granted + self.low

    @property
    def total_high(self) -> Decimal:
        return self.granted + self.high

    def plus(self, other: "Line") -> "Line":
        """The sum; where it stands for is kept from the first."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in _ADDED}
        return replace(self, **sums, statuses=self.statuses | other.statuses)


_ADDED = ("persons", "exact", "bound", "coming", "low", "likely", "high", "unknown")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one closure's people come: how many are left, at what pace, how many not within COMING_MONTHS.

    `late`: how many of those who come would come too late for a yes, such as after the claim window.
    """

    closure: UUID
    left: int
    pace: int
    curve: str
    beyond: int
    late: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The lines, and the assumption behind them."""

    assumption: Assumption
    lines: tuple[Line, ...]
    standings: tuple[Standing, ...] = field(default=())

    def by_month(self) -> list[Line]:
        """Sums of each month over the closures, in order."""
        return _summed(self.lines, "month")

    def by_closure(self) -> list[Line]:
        """Sums of each closure over the months, as the closures came."""
        return _summed(self.lines, "closure")

    def total(self) -> Line:
        """Everything; persons are months of persons here."""
        whole = Line(None, None)
        for line in self.lines:
            whole = whole.plus(line)
        return whole


def _summed(lines: Sequence[Line], by: str) -> list[Line]:
    sums: dict[Any, Line] = {}
    for line in lines:
        key = getattr(line, by)
        sums[key] = sums.get(key, Line(**{"closure": None, "month": None, by: key})).plus(line)
    return [sums[key] for key in sorted(sums)] if by == "month" else list(sums.values())


def shares(assumption: Assumption, *, left: int, pace: int, today: date) -> Shares:
    """(COMING_MONTHS,) the share of those left who register in this month, the next, ...

    `pace`: registrations of the last PACE_DAYS days. A pace of nobody says nothing: all come next month then.
    """
    coming = np.zeros(COMING_MONTHS)
    if not left or curve_of(assumption, pace) == Curve.NEXT_MONTH:
        coming[1] = 1
        return coming
    rest, first = 1.0, month_of(today)
    for place in range(COMING_MONTHS):
        days = (last_day(first + place) - first_day(first + place)).days + 1
        open_days = days - today.day if place == 0 else days
        if assumption.curve == Curve.SHARE:
            coming[place] = rest * assumption.share / 100 * open_days / days
        else:
            coming[place] = min(rest, pace / PACE_DAYS * open_days / left)
        rest -= coming[place]
    return coming


def curve_of(assumption: Assumption, pace: int) -> str:
    """The curve that is used: nobody's pace is no pace."""
    return Curve.NEXT_MONTH if assumption.curve == Curve.PACE and not pace else assumption.curve


def at_most(likely: Shares) -> Shares:
    """The high case: who is expected this month comes this month, and everybody else the next."""
    high = np.zeros_like(likely)
    high[0], high[1] = likely[0], 1 - likely[0]
    return high


def budget(
    granted: Sequence[Granted],
    projected: Sequence[Line],
    standings: Sequence[Standing],
    assumption: Assumption,
) -> Budget:
    """Put both parts together; the closures in the order of `standings`."""
    lines: dict[tuple[UUID, date], Line] = {}
    for line in (*map(_granted, granted), *projected):
        assert line.closure is not None and line.month is not None
        key = (line.closure, line.month)
        lines[key] = lines.get(key, Line(*key)).plus(line)
    order = {one.closure: place for place, one in enumerate(standings)}
    ordered = [lines[key] for key in sorted(lines, key=lambda key: (order[key[0]], key[1]))]
    return Budget(assumption, tuple(ordered), tuple(standings))


def _granted(one: Granted) -> Line:
    return Line(
        one.closure, one.month, persons=one.persons, exact=one.exact, bound=one.bound, unknown=one.unknown,
        statuses=one.statuses,
    )  # fmt: skip
