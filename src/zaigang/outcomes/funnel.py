"""Every figure of a closure, from the ledger alone: what had happened by the end of a day, as known now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zaigang.foundation import clock
from zaigang.outcomes import recount
from zaigang.outcomes.effects import DUPLICATE_SEEN, EFFECTS, RANK
from zaigang.outcomes.enums import DUPLICATE, WITHDRAWN, State
from zaigang.roster.models import Case, Closure

#: Later than anything that will have happened.
_EVER = date(9999, 12, 30)


@dataclass(frozen=True, slots=True)
class Sums:
    """People of a closure by state, and rows of its files. `rows` = `people` + `duplicate_rows`."""

    states: dict[str, int]
    duplicate_rows: int

    @property
    def people(self) -> int:
        return sum(self.states.values())

    @property
    def rows(self) -> int:
        return self.people + self.duplicate_rows


@dataclass(frozen=True, slots=True)
class Funnel:
    """A closure as of a day. `closure` is its code; states of stages not built yet are 0."""

    closure: str
    as_of: date
    rows: int
    duplicate_rows: int
    people: int
    states: dict[str, int]
    reconciles: bool
    reemployed: int
    retained: dict[str, int]
    complaints: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """The answer of `zaigang report closure --json`."""
        return {name: getattr(self, name) for name in self.__slots__} | {"as_of": self.as_of.isoformat()}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one case stands: the current state and the business date since when."""

    case: UUID
    state: str
    since: date


# The standing of every case: per state the last effect, of the states that are open the furthest.
_STANDINGS = """
WITH effect AS (
    SELECT * FROM unnest(%(verbs)s::text[], %(states)s::text[], %(opens)s::bool[], %(ranks)s::int[])
        AS f(verb, state, opens, rank)
), latest AS (
    SELECT DISTINCT ON (e.subject, f.rank) e.closure, e.subject, f.state, f.rank, f.opens, e.happened_at
    FROM ledger_entry e JOIN effect f ON f.verb = e.verb
    WHERE e.closure = ANY(%(closures)s::uuid[]) AND e.subject_kind = 'case' AND e.happened_at < %(end)s
    ORDER BY e.subject, f.rank, e.happened_at DESC, e.number DESC
), standing AS (
    SELECT DISTINCT ON (subject) closure, subject, state, happened_at FROM latest WHERE opens
    ORDER BY subject, rank DESC
)
"""
_SUMS = f"""{_STANDINGS}
SELECT closure, state, count(*) FROM standing GROUP BY closure, state
UNION ALL
SELECT closure, verb, count(*) FROM ledger_entry
WHERE closure = ANY(%(closures)s::uuid[]) AND verb = %(seen)s AND happened_at < %(end)s
GROUP BY closure, verb
"""  # noqa: S608 -- constants only
_NAMES = f"""{_STANDINGS}
SELECT s.subject, s.state, (s.happened_at AT TIME ZONE %(zone)s)::date
FROM standing s LEFT JOIN roster_case c ON c.id = s.subject
WHERE s.state = ANY(%(wanted)s::text[])
ORDER BY c.number, s.subject
"""  # noqa: S608 -- constants only


def _values(closures: Iterable[UUID], on: date) -> dict[str, Any]:
    return {
        "closures": list(closures),
        "end": clock.end_of(on),
        "verbs": [effect.verb for effect in EFFECTS],
        "states": [str(effect.state) for effect in EFFECTS],
        "opens": [effect.opens for effect in EFFECTS],
        "ranks": [RANK[str(effect.state)] for effect in EFFECTS],
    }


def sums_of(closures: Iterable[UUID], on: date) -> dict[UUID, Sums]:
    """Sums of several closures in one query; a closure without entries has zeros."""
    values = _values(closures, on)
    counts: dict[UUID, Counter[str]] = {closure: Counter() for closure in values["closures"]}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values | {"seen": DUPLICATE_SEEN})
        for closure, key, count in cursor.fetchall():
            counts[closure][key] = count
    return {closure: _sums(counted) for closure, counted in counts.items()}


def _sums(counted: Mapping[str, int]) -> Sums:
    states = {state: counted.get(state, 0) for state in State.values}
    return Sums(states, counted.get(DUPLICATE, 0) + counted.get(DUPLICATE_SEEN, 0))


def funnel(closure: UUID, on: date) -> Funnel:
    """The closure's funnel at the end of `on`. Raises Closure.DoesNotExist."""
    code = Closure.objects.values_list("code", flat=True).get(pk=closure)
    sums = sums_of([closure], on)[closure]
    return Funnel(
        closure=code,
        as_of=on,
        rows=sums.rows,
        duplicate_rows=sums.duplicate_rows,
        people=sums.people,
        states=sums.states,
        reconciles=recount.recount(closure, on) == recount.Recount(sums.people, sums.rows, 0),
        reemployed=sums.states[State.EMPLOYED] + sums.states[State.SELF_EMPLOYED],
        retained={"1m": 0, "3m": 0, "6m": 0, "12m": 0},
        complaints={"open": 0, "closed": 0},
    )


def names(closure: UUID, on: date, state: str | None = None) -> list[Standing]:
    """Who is where at the end of `on`, in the order of the case numbers; with `state`, those in it alone."""
    return _standings(closure, on, [state] if state else list(State.values))


def _standings(closure: UUID, on: date, wanted: list[str]) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, _values([closure], on) | {"wanted": wanted, "zone": str(clock.ZONE)})
        return [Standing(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Difference:
    """A case whose own state is not what the ledger says; None where one of the two knows nothing of it."""

    case: UUID
    ledger: str | None
    stored: str | None


def replay_differences(closure: UUID) -> list[Difference]:
    """Replay the whole ledger of a closure and compare with the states that its cases hold."""
    replayed = {
        one.case: one.state for one in _standings(closure, _EVER, [*State.values, DUPLICATE, WITHDRAWN])
    }
    stored: dict[UUID, str] = dict(Case.objects.filter(closure=closure).order_by().values_list("pk", "state"))
    pairs = ((case, replayed.get(case), stored.get(case)) for case in sorted({*replayed, *stored}))
    return [Difference(case, told, held) for case, told, held in pairs if told != held]
