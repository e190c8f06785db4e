"""Sex changed for everybody or for some, lawful statuses held: the same plan to the byte; and no way in for it."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType

import click
import numpy as np
import pytest

from tests.engines.matching import cohort
from tests.engines.matching.cohort import HARD_TO_PLACE, Person, columns, lawful_statuses
from zaigang.cli.match import match
from zaigang.engines import matching
from zaigang.engines.matching import (
    audit,
    explain,
    offers,
    solve,
    solve_with_floor,
    solve_with_overlapping_floors,
)
from zaigang.engines.matching.access import audit_access, groups_by_status
from zaigang.engines.matching.candidates import find_candidates, openings, verdict


def made(seed: int) -> list[Person]:
    return cohort.people(np.random.default_rng(seed), 240)


def whole_plan(crowd: list[Person], statuses: list[int], seed: int) -> dict[str, bytes]:
    """Everything that is computed for a cohort, as bytes: columns, market, plan, offers, floor, words."""
    workers, (options, rules) = columns(crowd, statuses), cohort.vacancies(np.random.default_rng(seed), 90)
    found = find_candidates(workers, options, rules, best=15)
    market = found.market
    plan, near = solve(market), solve(market, gap=0.01)
    lists = [offers(market, each=3, per_seat=2, everyone_first=first) for first in (False, True)]
    member = groups_by_status(workers, cohort.STATUSES)[HARD_TO_PLACE]
    wanted = int((plan.choice[member] >= 0).sum()) + 2
    floor = solve_with_floor(market, member, at_least=wanted)
    both = {0: member, 1: ~member | (np.arange(len(crowd)) % 2 == 0)}
    together = solve_with_overlapping_floors(
        market, both, {0: wanted, 1: int((plan.choice[both[1]] >= 0).sum())}
    )
    arrays = {f"column {field.name}": getattr(workers, field.name) for field in dataclasses.fields(workers)}
    arrays |= {name: getattr(found, name) for name in ("looked_at", "possible", "rejected", "only")}
    arrays |= {name: getattr(market, name) for name in ("first", "option", "value", "capacity")}
    arrays |= {"plan": plan.choice, "prices": plan.price, "near": near.choice, "near prices": near.price}
    arrays |= {f"offers {k}": part for k, some in enumerate(lists) for part in (some.taken, some.price)}
    told = [
        plan.certificate, near.certificate, [(some.objective, some.bound) for some in lists], floor.objective,
        audit(market, plan.choice, member.astype(np.int64)), audit_access(workers, options, cohort.STATUSES).lines,
    ]  # fmt: skip
    words = [
        line.text(language)
        for i in range(len(crowd))
        for language in ("zh", "en")
        for line in (
            *explain.why(plan, market, i, openings=openings(workers, options, rules, i)),
            *_why_not(plan, found, (workers, options, rules), i),
        )
    ]
    return {name: part.tobytes() for name, part in arrays.items()} | {
        "floor": floor.choice.tobytes(), "floors": together.choice.tobytes(),
        "told": repr(told).encode(), "words": "\n".join(words).encode()
    }  # fmt: skip


def _why_not(plan, found, world, i):  # type: ignore[no-untyped-def]
    other = i % len(world[1])
    return explain.why_not(plan, found.market, i, other, verdict=verdict(*world, i, other))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("share", [1.0, 0.5])
def test_sex_changes_nothing_where_the_lawful_statuses_stay(seed: int, share: float) -> None:
    before = made(seed)
    statuses = [lawful_statuses(person) for person in before]
    flip = np.random.default_rng(seed + 99).random(len(before)) < share
    after = [person.flipped() if change else person for person, change in zip(before, flip, strict=True)]
    changed = sum(
        a.id_number != b.id_number and a.gender != b.gender for a, b in zip(before, after, strict=True)
    )
    assert changed == flip.sum() > 0.4 * len(before)
    assert whole_plan(before, statuses, seed) == whole_plan(after, statuses, seed)


def test_what_the_law_makes_of_sex_does_count() -> None:
    """Else the equality above would hold for a cohort whom it does not touch."""
    before = made(1)
    after = [person.flipped() for person in before]
    one, other = ([lawful_statuses(person) for person in crowd] for crowd in (before, after))
    assert sum(a != b for a, b in zip(one, other, strict=True)) > 20
    plans = whole_plan(before, one, 1), whole_plan(after, other, 1)
    differs = {name for name in plans[0] if plans[0][name] != plans[1][name]}
    assert {"column statuses", "option", "plan", "offers 0", "floor", "words"} <= differs


#: Words of names that a market must not know; what the law derives from them has names of its own.
FORBIDDEN = {
    "sex", "sexes", "gender", "genders", "male", "males", "female", "females", "man", "men", "woman", "women",
    "boy", "girl", "age", "ages", "born", "birth", "birthday",
}  # fmt: skip


def _modules() -> Iterator[ModuleType]:
    yield matching
    for found in pkgutil.walk_packages(matching.__path__, f"{matching.__name__}."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _names(module: ModuleType) -> Iterator[tuple[str, str]]:
    """(where, name) of every field, parameter, member and public constant of a module."""
    for name, thing in vars(module).items():
        thing = getattr(thing, "py_func", thing)  # compiled functions hide their parameters
        if getattr(thing, "__module__", module.__name__) != module.__name__:
            continue
        yield module.__name__, name
        if inspect.isclass(thing):
            yield from ((f"{module.__name__}.{name}", own) for own in _of_class(thing))
            for method in (own for own in vars(thing).values() if inspect.isfunction(own)):
                yield from (
                    (f"{module.__name__}.{name}", own) for own in inspect.signature(method).parameters
                )
        elif inspect.isfunction(thing):
            yield from ((f"{module.__name__}.{name}", own) for own in inspect.signature(thing).parameters)


def _of_class(thing: type) -> Iterator[str]:
    yield from vars(thing)
    yield from getattr(thing, "__annotations__", {})
    if issubclass(thing, Enum):
        yield from thing.__members__


def _options_of(command: click.Command) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        yield from ((f"zaigang {command.name}", own) for own in (parameter.name or "", *parameter.opts))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _options_of(below)


def _forbidden(names: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    split = re.compile(r"[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])")
    return [
        (where, name) for where, name in names if FORBIDDEN & {word.lower() for word in split.split(name)}
    ]  # fmt: skip


def test_nothing_in_the_engine_or_its_commands_is_named_for_sex_or_age() -> None:
    everything = [pair for module in _modules() for pair in _names(module)]
    assert len(everything) > 800
    assert ("zaigang.engines.matching.candidates.kernels.judge", "people") in everything
    assert _forbidden(iter(everything)) == []
    assert _forbidden(_options_of(match)) == []


def test_the_guard_would_see_it() -> None:
    source = (
        "from dataclasses import dataclass\nfrom typing import NamedTuple\nfrom enum import Enum\n"
        "@dataclass\nclass Workers:\n    sex: int\nclass People(NamedTuple):\n    is_female: int\n"
        "class Kind(Enum):\n    GENDER = 1\ndef solve(market, *, bornOn=None): ...\nMALE_FIRST = 1\n"
    )
    module = ModuleType("planted")
    exec(source, vars(module))
    found = {name for _, name in _forbidden(_names(module))}
    assert found == {"sex", "is_female", "GENDER", "bornOn", "MALE_FIRST"}
    command = click.Command("solve", params=[click.Option(["--by-gender"])])
    assert len(_forbidden(_options_of(command))) == 2


def test_the_words_for_people_do_not_speak_of_it() -> None:
    words = (Path(explain.__file__).parent / "explain.yaml").read_text(encoding="utf-8")
    assert not re.search(r"性别|[男女]|\b(?:sex|gender|female|male|woman|women|man|men)\b", words)
