"""Columns in, arrays out: chooses the law for each row and runs the compiled loop."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.many.columns import Columns, columns_of
from zaigang.engines.entitlement.many.compiling import law, most_months
from zaigang.engines.entitlement.many.decisions import CHECKS, Decisions
from zaigang.engines.entitlement.parameters import Library, Rules


def decide_many(
    columns: Columns, *, parameters: Library | None = None, horizon: int | None = None
) -> Decisions:
    """What is due to each person, as `decide` says it of one: eligibility, months, amounts and their status.

    `parameters` defaults to the files of this package. `horizon` is how many payments of each person are
    listed; by default as many as the law can give. Rows whose facts contradict themselves are answered with
    an error, one by one. Needs about 250 bytes a row beyond the columns.
    """
    chosen = _chosen(columns, parameters or load_parameters())
    tables = law(chosen.profiles)
    most = most_months(tables.eras, tables.extensions)
    # imported here, because it imports the compiler
    loop: Any = import_module("zaigang.engines.entitlement.many.loop")
    people: Any = import_module("zaigang.engines.entitlement.many.people")
    events = columns.event_kind.shape[1]
    answers = loop.answers_for(len(columns), most if horizon is None else horizon, gaps=events > 0)
    desk = loop.desk_for(events, most + 1)
    loop.decide_rows(people.people_of(columns, chosen.profile, chosen.refused), tables, answers, desk)
    return Decisions(*answers)


def warm() -> float:
    """Compiles the loop for this machine, or loads what was kept of it. Returns the seconds that it took."""
    begun = perf_counter()
    decide_many(columns_of([]))
    return perf_counter() - begun


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The rules in use, for each row which of them, and the rows refused for their place."""

    profiles: list[Rules]
    profile: NDArray[np.int32]
    refused: NDArray[np.int8]


def _chosen(columns: Columns, library: Library) -> _Chosen:
    published = _published(library)
    states = len(published) + 1
    keys = columns.territory.astype(np.int32) * np.int32(states) + _state(columns, published)
    used = np.flatnonzero(np.bincount(keys))
    place = np.zeros(len(columns.territories) * states, np.int32)
    refused = np.zeros(len(columns.territories), np.int8)
    profiles: list[Rules] = []
    for key in map(int, used):
        territory, state = divmod(key, states)
        try:
            profiles.append(library.rules(columns.territories[territory], _known_on(published, state)))
            place[key] = len(profiles) - 1
        except BadFacts:
            refused[territory] = CHECKS.index("territory")
    profiles = profiles or [library.national()]
    return _Chosen(profiles, place[keys], refused[columns.territory])


def _published(library: Library) -> list[date]:
    """The days on which something came out: between two of them one knows the same."""
    territories = library.territories.values()
    values = (value for place in territories for series in place.series.values() for value in series)
    return sorted({value.published for value in values})


def _state(columns: Columns, published: list[date]) -> NDArray[np.int32]:
    """How many of the days each person's `known_on` has seen; all of them when it is not given."""
    states = np.full(len(columns), len(published), np.int32)
    given = np.flatnonzero(~np.isnat(columns.known_on))
    days = np.array(published, "datetime64[D]")
    states[given] = np.searchsorted(days, columns.known_on[given], side="right")
    return states


def _known_on(published: list[date], state: int) -> date | None:
    if state == len(published):
        return None
    return published[state - 1] if state else published[0] - timedelta(days=1)
