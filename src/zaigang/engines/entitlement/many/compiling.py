"""A library's rules as arrays. Every number is asked of the library itself, at each day on which one may change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np

from zaigang.engines.entitlement.calendar import month_of
from zaigang.engines.entitlement.facts import CATEGORIES, ENDINGS, EVENTS, LONGEST_WORKING_LIFE, MOST_MONTHS
from zaigang.engines.entitlement.many.amounts import amounts
from zaigang.engines.entitlement.many.tables import (
    NO,
    NO_WINDOW,
    NOT_KNOWN,
    UNKNOWN,
    YES,
    Ages,
    Eras,
    Extensions,
    Ints,
    Law,
)
from zaigang.engines.entitlement.parameters import Dated, Rules
from zaigang.engines.entitlement.retirement import UNREFORMED
from zaigang.engines.entitlement.shapes import RetirementAge

#: The rules that are read on the day of the decision.
OF_THE_DAY = (
    "contribution_minimum_months",
    "resume_unused_months",
    "claim_window_days",
    "above_age_may_draw",
    "first_payment",
    "involuntary",
    "stops",
    "months_cap",
    "months_ceiling",
    "months_table",
)
#: Months of birth for which delays are laid out: whoever decides is at most 110 years old.
BORN = range(1885 * 12, 2105 * 12)
#: Two counts of months, each at most a working life.
CONTRIBUTED = range(2 * LONGEST_WORKING_LIFE + 1)
_VERDICTS = {"no": NO, "yes": YES, "person": UNKNOWN}


@dataclass(slots=True)
class Shelf:
    """Rows that several eras share: each different value is laid out once."""

    lay_out: Callable[[Any], Any]
    places: dict[Any, int] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)

    def place(self, key: Any) -> int:
        if key not in self.places:
            self.places[key] = len(self.rows)
            self.rows.append(self.lay_out(key))
        return self.places[key]

    def array(self, *shape: int) -> Ints:
        return np.array(self.rows, np.int64).reshape(-1, *shape)


def _verdicts(words: Sequence[str]) -> Callable[[Any], list[int]]:
    return lambda pairs: [_VERDICTS[dict(pairs).get(word, "person")] for word in words]


def changes(rules: Rules, names: Iterable[str]) -> list[date]:
    """The days on which one of the named rules may change, earliest first; the first stands for all before."""
    days = {date.min}
    for name in names:
        for territory in rules.chain:
            for value in territory.series.get(name, ()):
                days.add(value.since)
                if value.until is not None:
                    days.add(value.until + timedelta(days=1))
    return sorted(days)


def stamp(day: date) -> int:
    """As the loop compares days (days.py)."""
    return (month_of(day) * 32) + day.day


def law(profiles: Sequence[Rules]) -> Law:
    """The rules of each profile, in that order."""
    compiler = _Compiler(profiles)
    eras, ages, extensions = compiler.eras(), compiler.ages(), compiler.extensions()
    return Law(
        eras,
        ages,
        extensions,
        amounts(profiles, most_months(eras, extensions)),
        compiler.endings.array(len(ENDINGS)),
        compiler.stops.array(len(EVENTS)),
        compiler.ceilings.array(len(CONTRIBUTED)),
        compiler.exact.array(len(CONTRIBUTED)),
        compiler.most.array(len(CONTRIBUTED)),
    )


def most_months(eras: Eras, extensions: Extensions) -> int:
    """How many months anybody can be paid by these tables, extension included."""
    return int(eras.cap.max(initial=MOST_MONTHS)) + int(extensions.most.max(initial=0))


@dataclass(slots=True)
class _Compiler:
    profiles: Sequence[Rules]
    endings: Shelf = field(default_factory=partial(Shelf, _verdicts(ENDINGS)))
    stops: Shelf = field(default_factory=partial(Shelf, _verdicts(EVENTS)))
    ceilings: Shelf = field(default_factory=partial(Shelf, lambda t: [t.months_for(n) for n in CONTRIBUTED]))
    exact: Shelf = field(default_factory=partial(Shelf, lambda t: [_or_not(t.exact(n)) for n in CONTRIBUTED]))
    most: Shelf = field(default_factory=partial(Shelf, lambda t: [t.most(n) for n in CONTRIBUTED]))
    sources: Shelf = field(default_factory=partial(Shelf, lambda source: 0))

    def eras(self) -> Eras:
        offset, since, rows = [0], [], []
        for rules in self.profiles:
            for day in changes(rules, OF_THE_DAY):
                since.append(stamp(day))
                rows.append(self._era(rules, day))
            offset.append(len(since))
        columns = np.ascontiguousarray(np.array(rows, np.int64).T)
        return Eras(_ints(offset), _ints(since), *columns)

    def _era(self, rules: Rules, day: date) -> list[int]:
        at = {name: rules.at(name, day) for name in OF_THE_DAY}
        table = at["months_table"]
        place = self.exact.place(table.value) if table.known else NOT_KNOWN
        if table.known:
            self.most.place(table.value)
        return [
            _number(at["contribution_minimum_months"]),
            _number(at["resume_unused_months"]),
            _window(at["claim_window_days"]),
            int(at["above_age_may_draw"].known),
            at["first_payment"].value or 0,
            _placed(self.endings, at["involuntary"]),
            _placed(self.stops, at["stops"]),
            _number(at["months_cap"]),
            self.ceilings.place(at["months_ceiling"].value) if at["months_ceiling"].known else NOT_KNOWN,
            place,
            *(
                self.sources.place(at[name].source)
                for name in ("resume_unused_months", "months_ceiling", "months_table")
            ),
        ]

    def ages(self) -> Ages:
        offset, since, rule, old_years = [0], [], [], []
        rules_of_age: Shelf = Shelf(lambda dated: dated.value)
        for rules in self.profiles:
            for day in changes(rules, ["retirement_age"]):
                found = rules.at("retirement_age", day)
                since.append(stamp(day))
                rule.append(rules_of_age.place(found) if found.known else NOT_KNOWN)
            offset.append(len(since))
            first = rules.at("retirement_age", UNREFORMED)
            old_years.append([_years(first, category) for category in CATEGORIES])
        by_category = [[value[category] for category in CATEGORIES] for value in rules_of_age.rows]
        years = [[age.years for age in ages] for ages in by_category]
        delay = [[_delays(age) for age in ages] for ages in by_category]
        shape = (-1, len(CATEGORIES), len(BORN))
        return Ages(
            _ints(offset),
            _ints(since),
            _ints(rule),
            _ints(old_years),
            _ints(years).reshape(shape[:2]),
            _ints(delay).reshape(shape),
            BORN.start,
        )

    def extensions(self) -> Extensions:
        offset, since, within, most = [0], [], [], []
        for rules in self.profiles:
            for day in changes(rules, ["extension_to_retirement"]):
                found = rules.at("extension_to_retirement", day)
                since.append(stamp(day))
                within.append(found.value.within_months if found.known else NOT_KNOWN)
                most.append(found.value.most if found.known else 0)
            offset.append(len(since))
        return Extensions(_ints(offset), _ints(since), _ints(within), _ints(most))


def _ints(values: Any) -> Ints:
    return np.array(values, np.int64)


def _or_not(months: int | None) -> int:
    return NOT_KNOWN if months is None else months


def _number(rule: Dated) -> int:
    return rule.value if rule.known else NOT_KNOWN


def _window(rule: Dated) -> int:
    if not rule.known:
        return NOT_KNOWN
    return NO_WINDOW if rule.value is None else rule.value


def _placed(shelf: Shelf, rule: Dated) -> int:
    return shelf.place(tuple(sorted(rule.value.items()))) if rule.known else NOT_KNOWN


def _years(rule: Dated, category: str) -> int:
    return rule.value[category].years if rule.known else NOT_KNOWN


def _delays(age: RetirementAge) -> list[int]:
    return [age.delay(month) for month in BORN]
