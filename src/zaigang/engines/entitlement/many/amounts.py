"""The monthly amounts of a library's rules as arrays: only at the months in which they may change."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.calendar import month_of
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, Amounts, Ints
from zaigang.engines.entitlement.parameters import STATUSES, MonthAmount, Rules

_NAMES = ("benefit_amount", "minimum_wage")
#: Where no place of the chain has ever set an amount, one month says as much as any other.
ANY_MONTH = 2000 * 12
Row = tuple[tuple[int, ...], ...]


def amounts(profiles: Sequence[Rules], most: int) -> Amounts:
    """One row for each different list of amounts by draw and extension; lists of `most` months."""
    months = [_months(rules) for rules in profiles]
    first = min((found[0] for found in months if found), default=ANY_MONTH) - 1
    last = max((found[-1] for found in months if found), default=ANY_MONTH)
    draws = max(map(_draws, profiles))
    rows: dict[tuple[Row, int], int] = {}
    row = np.empty((len(profiles), last - first + 1), np.int64)
    for profile, rules in enumerate(profiles):
        for month in [first, *months[profile]]:
            key = _row(rules, month, draws)
            row[profile, month - first :] = rows.setdefault(key, len(rows))
    fen = np.array([amount for amount, _ in rows], np.int64)
    status = np.array([status for _, status in rows], np.int64)
    return Amounts(row, first, fen, status, *_lists(row, fen, status, most))


def _lists(row: Ints, fen: Ints, status: Ints, most: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """The amounts month after month: the first draw in the month at hand, the second in the next, and so on."""
    months, numbers = np.arange(row.shape[1])[:, None], np.arange(most)
    place = row[:, np.minimum(months + numbers, row.shape[1] - 1)]
    draw = np.minimum(numbers, fen.shape[2] - 1)
    return fen[place, 0, draw].astype(np.int32), status[place].astype(np.int8)


def _months(rules: Rules) -> list[int]:
    """The months from which on an amount may differ: it is the one in force on the first day."""
    days: set[date] = set()
    for territory in rules.chain:
        for name in _NAMES:
            for value in territory.series.get(name, ()):
                days.add(value.since)
                if value.until is not None:
                    days.add(value.until + timedelta(days=1))
    return sorted({month_of(day) + (day.day > 1) for day in days})


def _draws(rules: Rules) -> int:
    """How many months of draw must be laid out: after the last step an amount stays."""
    steps = [
        since
        for territory in rules.chain
        for dated in territory.series.get("benefit_amount", ())
        if dated.value is not None
        for since, _ in dated.value.by_draw
    ]
    return max(steps, default=1)


def _row(rules: Rules, month: int, draws: int) -> tuple[Row, int]:
    by_draw = [
        [rules.amount(month, draw, extension) for draw in range(1, draws + 1)] for extension in (False, True)
    ]
    fen = tuple(tuple(_fen(amount) for amount in line) for line in by_draw)
    return fen, STATUSES.index(by_draw[0][0].status)


def _fen(amount: MonthAmount) -> int:
    return NOT_KNOWN if amount.yuan is None else round(amount.yuan * 100)
