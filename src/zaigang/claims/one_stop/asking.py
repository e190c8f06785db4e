"""What the engine is asked about somebody who stands at the window today."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zaigang.claims.carrying import Unused
from zaigang.claims.enums import Eligible, Outcome
from zaigang.claims.facts import Answer, Asked, answer_to, asked_of, digest
from zaigang.claims.lawbook import Law, current_law
from zaigang.claims.models import AgencyMonths
from zaigang.roster.models import Case

#: Facts of the roster that a clerk may put right at the window, by the paper that lies on the desk.
CORRECTABLE = (
    "left_on", "left_because", "contribution_months", "deemed_months", "retirement_category", "unused_months",
)  # fmt: skip
#: The engine's answer -> what is proposed to the clerk.
PROPOSED = {Eligible.YES: Outcome.GRANT, Eligible.NO: Outcome.REFUSE, Eligible.UNDECIDED: Outcome.HOLD}


def question(
    case: Case,
    *,
    on: date,
    fixed: AgencyMonths | None,
    carried: Unused | None,
    corrections: Mapping[str, Any],
    late_accepted: bool = False,
) -> Asked:
    """The case as the roster tells it, as the clerk put it right, registered and claimed on that day.

    `carried`: the months that the person's claim before left; where only a bound is known the engine is told that
    nobody knows. `late_accepted`: somebody found good cause for a claim after the window.
    Needs worker and closure with office.
    """
    asked = asked_of(case, on=on, fixed=fixed)
    if carried is not None:
        asked["unused_months"] = carried.exact
    asked |= {name: corrections[name] for name in CORRECTABLE if corrections.get(name) is not None}
    asked |= {"registered_on": on.isoformat(), "applied_on": on.isoformat()}
    return asked | ({"late_accepted": True} if late_accepted else {})


def answered(asked: Asked, law: Law | None = None) -> tuple[Answer, bytes]:
    """The whole answer by the law in force, and the digest by which the check page and the confirmation are
    compared. `law` saves the query of whoever knows it already.
    """
    answer = answer_to(asked, law or current_law())
    return answer, digest(answer)


def proposed(answer: Answer) -> Outcome:
    """What the engine's answer means for the claim."""
    return PROPOSED[Eligible(answer["eligible"])]
