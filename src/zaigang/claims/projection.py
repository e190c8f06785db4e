"""What those are due who have not registered yet, if they come as assumed.

Everybody is asked of the entitlement engine once for each of the months in which somebody may come, as registered
then: so amounts, retirement and the end of the claim window follow the law. The answers are weighed by the share that
comes in that month. Pure: no database, no clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from zaigang.claims.budget import (
    COMING_MONTHS,
    LOW,
    Assumption,
    Coming,
    Line,
    Shares,
    Standing,
    at_most,
    curve_of,
    shares,
)
from zaigang.engines.entitlement import Library, facts_from_mapping
from zaigang.engines.entitlement.calendar import first_day, month_of
from zaigang.engines.entitlement.many import Columns, Decisions, by_month, columns_of, decide_many
from zaigang.engines.entitlement.parameters import STATUSES

YES = 1
#: Months that are looked at: 24 at most by law and 12 until retirement, for who comes in the last month.
HORIZON = COMING_MONTHS + 36
Groups = NDArray[np.int64]


def project(
    coming: Sequence[Coming], assumption: Assumption, today: date, law: Library
) -> tuple[list[Line], list[Standing]]:
    """Lines by closure and month, in whole yuan; and of each closure how its people are assumed to come."""
    if not coming:
        return [], []
    likely = np.stack([shares(assumption, left=one.left, pace=one.pace, today=today) for one in coming])
    cases = np.stack([likely * LOW, likely, np.stack([at_most(row) for row in likely])])
    sums, late = _weighed(coming, cases, today, law)
    first = month_of(today)
    lines = [
        _line(one.closure, first_day(first + place), sums[:, group, place])
        for group, one in enumerate(coming)
        for place in range(HORIZON)
        if sums[:, group, place].any()
    ]
    return lines, [
        Standing(
            one.closure, one.left, one.pace, curve_of(assumption, one.pace),
            beyond=_people(one.left * (1 - likely[group].sum())), late=_people(late[group]), undecided=one.undecided,
        )
        for group, one in enumerate(coming)
    ]  # fmt: skip


def _weighed(coming: Sequence[Coming], cases: Shares, today: date, law: Library) -> tuple[Shares, Shares]:
    """(low, likely, high fen, people, unknown, statuses; closures; months), and the late people of each closure."""
    sums = np.zeros((5 + len(STATUSES), len(coming), HORIZON))
    late = np.zeros(len(coming))
    group = np.repeat(np.arange(len(coming)), [one.left for one in coming])
    first = month_of(today)
    for place, answers in _answers(coming, cases, today, law):
        weight = cases[:, :, place, None]
        totals = by_month(answers, first, first + HORIZON - 1, group=group, groups=len(coming))
        sums[:3] += weight * totals.fen
        sums[3] += weight[1] * totals.people
        sums[4] += weight[1] * totals.unknown
        sums[5:] += _statuses(answers, first, group, len(coming)) * (weight.max(axis=0) > 0)
        late += cases[1, :, place] * np.bincount(group[answers.eligible != YES], minlength=len(coming))
    return sums, late


def _answers(
    coming: Sequence[Coming], cases: Shares, today: date, law: Library
) -> Iterator[tuple[int, Decisions]]:
    """For each month in which somebody comes in any case, everybody's answer as registered then."""
    people = columns_of([facts_from_mapping(facts) for one in coming for facts in one.facts])
    for place in range(COMING_MONTHS):
        if cases[:, :, place].any():
            day = today if place == 0 else first_day(month_of(today) + place)
            yield place, decide_many(_registered(people, day), parameters=law)


def _registered(people: Columns, day: date) -> Columns:
    """The same people, registered and claiming on `day`, or on their first day without work where that is later."""
    on = np.full(len(people), np.datetime64(day, "D"))
    free = people.left_on + np.timedelta64(1, "D")
    on = np.where(np.isnat(free), on, np.maximum(on, free))
    return replace(people, registered_on=on, applied_on=on, decide_on=on)


def _statuses(answers: Decisions, first: int, group: Groups, groups: int) -> Shares:
    """(statuses, closures, months) how many payments are known so well."""
    found = np.zeros((len(STATUSES), groups * HORIZON))
    for place in range(answers.horizon):
        for status in range(len(STATUSES)):
            month = answers.month[:, place] - first
            inside = (answers.status[:, place] == status) & (month >= 0) & (month < HORIZON)
            found[status] += np.bincount(group[inside] * HORIZON + month[inside], minlength=groups * HORIZON)
    return found.reshape(len(STATUSES), groups, HORIZON)


def _line(closure: UUID, month: date, sums: Shares) -> Line:
    low, likely, high, persons, unknown, *statuses = (float(one) for one in sums)
    return Line(
        closure, month, coming=_people(persons), low=_yuan(low), likely=_yuan(likely), high=_yuan(high),
        # somebody whose amount is missing never rounds to nobody
        unknown=int(Decimal(unknown).quantize(Decimal("0.001")).to_integral_value(ROUND_CEILING)),
        statuses=frozenset(word for word, found in zip(STATUSES, statuses, strict=True) if found),
    )  # fmt: skip


def _people(number: float) -> int:
    return int(Decimal(number).quantize(Decimal("0.001")).to_integral_value(ROUND_HALF_UP))


def _yuan(fen: float) -> Decimal:
    return (Decimal(fen) / 100).quantize(Decimal("0.001")).to_integral_value(ROUND_HALF_UP)
