"""One person's facts beside the rules of the day, and the notes that the deciding leaves behind."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from zaigang.engines.entitlement.facts import Facts
from zaigang.engines.entitlement.parameters import Dated, Rules
from zaigang.engines.entitlement.reasons import Change, Line
from zaigang.engines.entitlement.retirement import Retirement

Answer = Literal["yes", "no", "unknown"]


@dataclass(slots=True)
class Notes:
    """What has been found so far, in the order in which a person would tell it."""

    reasons: list[Line] = field(default_factory=list)
    would_change: list[Change] = field(default_factory=list)
    needs_human: list[Line] = field(default_factory=list)
    used: dict[tuple[str, date], Dated] = field(default_factory=dict)

    def because(self, code: str, rule: Dated, **args: Any) -> None:
        """A reason and the rule it stands on."""
        self.reasons.append(Line("reasons", code, args, rule.source))
        self.used[rule.name, rule.since] = rule

    def changes(self, fact: str, code: str = "", **args: Any) -> None:
        change = Change(fact, Line("would_change", code or fact, args))
        if change not in self.would_change:
            self.would_change.append(change)

    def asks(self, code: str, **args: Any) -> None:
        line = Line("needs_human", code, args)
        if line not in self.needs_human:
            self.needs_human.append(line)


@dataclass(slots=True)
class Situation:
    """`on` chooses the rules; `start` is the day of registration, real or assumed."""

    facts: Facts
    rules: Rules
    on: date
    retirements: tuple[Retirement, ...]
    start: date
    notes: Notes = field(default_factory=Notes)

    def rule(self, name: str) -> Dated:
        """The rule of that name on the day of the decision."""
        return self.rules.at(name, self.on)


def start_of(facts: Facts, on: date) -> date:
    """The registration day; if unknown, the later of the deciding day and the first day without work."""
    if facts.registered_on is not None:
        return facts.registered_on
    return on if facts.left_on is None else max(on, facts.left_on + timedelta(days=1))
