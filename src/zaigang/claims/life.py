"""The life of a claim as one table: from where, by which act, to where; and what its stops leave between them.

Signatures are another matter (`ClaimState`): a claim may be stopped before it is approved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.claims.enums import Act, Life, StopReason, Verb
from zaigang.claims.models import Claim


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: whoever does `act` on a claim in `start` leaves it in `end`, and `verb` stands in the ledger."""

    start: str
    act: str
    end: str
    verb: str


STEPS = (
    Step(Life.RUNNING, Act.SUSPEND, Life.SUSPENDED, Verb.SUSPENDED),
    Step(Life.SUSPENDED, Act.PROLONG, Life.SUSPENDED, Verb.PROLONGED),
    Step(Life.SUSPENDED, Act.LIFT, Life.RUNNING, Verb.LIFTED),
    Step(Life.RUNNING, Act.STOP, Life.STOPPED, Verb.STOPPED),
    Step(Life.SUSPENDED, Act.STOP, Life.STOPPED, Verb.STOPPED),
    # Only for a day before the one known so far: nothing is due to who was dead or retired by then.
    Step(Life.STOPPED, Act.STOP, Life.STOPPED, Verb.STOPPED),
    Step(Life.CARRIED, Act.STOP, Life.CARRIED, Verb.STOPPED),
    Step(Life.STOPPED, Act.UNDO_STOP, Life.RUNNING, Verb.STOP_UNDONE),
    Step(Life.STOPPED, Act.RESUME, Life.RUNNING, Verb.RESUMED),
    Step(Life.STOPPED, Act.CARRY, Life.CARRIED, Verb.CARRIED),
    Step(Life.CARRIED, Act.UNDO_CARRY, Life.STOPPED, Verb.CARRY_UNDONE),
    Step(Life.RUNNING, Act.CORRECT, Life.RUNNING, Verb.CORRECTED),
    Step(Life.SUSPENDED, Act.CORRECT, Life.SUSPENDED, Verb.CORRECTED),
    Step(Life.STOPPED, Act.CORRECT, Life.STOPPED, Verb.CORRECTED),
)
_BY_START = {(step.start, step.act): step for step in STEPS}


def step_from(life: str, act: str) -> Step | None:
    """The step that `act` means for a claim in `life`; None where there is none."""
    return _BY_START.get((life, act))


def allowed(life: str) -> frozenset[str]:
    """The acts that a claim in `life` is open to."""
    return frozenset(act for start, act in _BY_START if start == life)


#: Ground of a stop -> the engine's word for what happened. The engine knows no other grounds.
ENGINE_EVENT = {
    StopReason.REEMPLOYED: "employed",
    StopReason.CONSCRIPTED: "conscripted",
    StopReason.EMIGRATED: "emigrated",
    StopReason.PENSION: "retired",
    StopReason.IMPRISONED: "imprisoned",
    StopReason.REFUSED_WORK: "refused_suitable_offer",
}
#: After these a claim may go on. The rule that was read speaks of re-employment alone (申领发放办法 art. 15(2)); for
#: the others whoever resumes writes on what ground.
RESUMABLE = (
    StopReason.REEMPLOYED,
    StopReason.CONSCRIPTED,
    StopReason.EMIGRATED,
    StopReason.IMPRISONED,
    StopReason.REFUSED_WORK,
)


def gaps(facts: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
    """Each time away that is over: the day it began, and the first day of the month paid again."""
    began: date | None = None
    for event in facts.get("events", ()):
        day = date.fromisoformat(event["on"])
        if event["kind"] != "unemployed_again":
            began = began or day
        elif began is not None:
            yield began, day.replace(day=1)
            began = None


def in_a_gap(facts: Mapping[str, Any], month: date) -> bool:
    """Whether the person was away on the first day of the month, and came back later."""
    return any(began <= month < again for began, again in gaps(facts))


def overpaid(claim: Claim, month: date) -> bool:
    """Whether a month that went out was not due: the person was not unemployed on its first day."""
    stopped = claim.stopped_on is not None and month >= claim.stopped_on
    return stopped or in_a_gap(claim.facts, month)
