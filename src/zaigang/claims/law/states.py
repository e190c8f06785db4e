"""Which act leads a parameter file from which state to which."""

from zaigang.claims.enums import LawState, Verb

#: (from, to) -> what the ledger calls it. What is not here cannot happen; the database refuses it too.
STEPS = {
    (LawState.DRAFT, LawState.IN_FORCE): Verb.LAW_IN_FORCE,
    (LawState.DRAFT, LawState.WITHDRAWN): Verb.LAW_WITHDRAWN,
    (LawState.IN_FORCE, LawState.SUPERSEDED): Verb.LAW_IN_FORCE,
}
