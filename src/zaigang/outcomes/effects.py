"""What each verb of the ledger means for the funnel. A stage that is built later adds its verbs here alone.

An effect opens or closes a state of its case. A state is current when it was opened later than it was closed,
and of all current states of a person the furthest counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zaigang.outcomes.enums import DUPLICATE, WITHDRAWN, State


@dataclass(frozen=True, slots=True)
class Effect:
    """`verb` opens (or closes) `state`."""

    verb: str
    state: str
    opens: bool = True


EFFECTS = (
    Effect("roster.case_opened", State.NOT_REACHED),
    Effect("roster.row_refused", State.AWAITING_REPAIR),
    Effect("roster.row_repaired", State.AWAITING_REPAIR, opens=False),
    Effect("roster.row_repaired", State.NOT_REACHED),
    Effect("roster.row_found_duplicate", DUPLICATE),
    Effect("roster.absorbed", DUPLICATE),
    Effect("roster.row_withdrawn", WITHDRAWN),
    Effect("roster.died", State.LEFT_LABOUR_FORCE),
    Effect("roster.draws_pension", State.RETIRED),
    Effect("roster.death_undone", State.LEFT_LABOUR_FORCE, opens=False),
    Effect("roster.pension_undone", State.RETIRED, opens=False),
    Effect("claims.registered", State.REGISTERED),
    Effect("claims.granted", State.CLAIMING),
    Effect("claims.stopped", State.CLAIMING, opens=False),
    Effect("claims.stop_undone", State.CLAIMING),
    Effect("claims.resumed", State.CLAIMING),
    Effect("claims.grant_withdrawn", State.CLAIMING, opens=False),
)

#: One more row of a person who is counted already.
DUPLICATE_SEEN = "roster.duplicate_seen"

#: Verbs that begin a case: each stands for one row of a file.
OPENINGS = ("roster.case_opened", "roster.row_refused")
#: Verbs that take a person away: the row stays as a duplicate, or goes with the person.
TO_DUPLICATE = ("roster.row_found_duplicate", "roster.absorbed")
TO_NOTHING = ("roster.row_withdrawn",)

#: Nearest first. What is not a person beats every state, and a row awaiting repair beats all stages.
_ORDER: Sequence[str] = (
    *(state for state in State.values if state != State.AWAITING_REPAIR),
    State.AWAITING_REPAIR,
    DUPLICATE,
    WITHDRAWN,
)
RANK = {str(state): rank for rank, state in enumerate(_ORDER)}
