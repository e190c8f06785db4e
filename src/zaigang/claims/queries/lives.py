"""Claims on which somebody has to act: held back, refusals, corrections, disagreements, money to come back, the age."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zaigang.claims.enums import AppealState, ClaimState, CorrectionState, Life, Outcome, RefusalState
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import Appeal, Claim, Correction, Overpayment, Refusal
from zaigang.claims.queries.overpayments import OPEN_STATES, with_returned
from zaigang.engines.entitlement import Library, retirement_date
from zaigang.engines.entitlement.calendar import add_months
from zaigang.foundation import clock
from zaigang.offices.models import Staff

#: What a line of the lists shows of the claim and its person.
_PERSON = ("claim__case__worker", "claim__case__closure__office")
#: Of everybody who draws only a few are shown: what nobody reads stays sealed.
_UNREAD = (
    "answers", "reason", "case__note", "case__worker__id_number", "case__worker__bank_account",
    "case__worker__phones",
)  # fmt: skip
#: So many months ahead the age is looked for.
AHEAD = 3


def suspended(user: Staff) -> QuerySet[Claim]:
    """Held back, the day to look again first."""
    found = Claim.objects.for_user(user).filter(life=Life.SUSPENDED)
    return found.select_related("case__worker", "case__closure__office").order_by(
        "suspended_until", "case__number", "pk"
    )


def refusals(user: Staff) -> QuerySet[Refusal]:
    """Refused offers that wait to be judged."""
    found = Refusal.objects.for_user(user).filter(state=RefusalState.NOTED)
    return found.select_related(*_PERSON, "noted_by").order_by("noted_at", "pk")


def corrections(user: Staff) -> QuerySet[Correction]:
    """Corrections that wait for a signature."""
    found = Correction.objects.for_user(user).filter(
        state__in=(CorrectionState.MADE, CorrectionState.CHECKED)
    )
    return found.select_related(*_PERSON, "made_by").order_by("made_at", "pk")


def appeals(user: Staff) -> QuerySet[Appeal]:
    """Disagreements that wait for an answer, the promised day first."""
    found = Appeal.objects.for_user(user).filter(state=AppealState.RECEIVED)
    return found.select_related(*_PERSON, "noted_by").order_by("promised_on", "claim__case__number", "pk")


def overpayments(user: Staff) -> QuerySet[Overpayment]:
    """Money that has not all come back; each with `open_yuan`."""
    found = with_returned(Overpayment.objects.for_user(user).filter(state__in=OPEN_STATES))
    return found.select_related(*_PERSON).order_by("found_at", "pk")


@dataclass(frozen=True, slots=True)
class Reaching:
    """Somebody who draws and reaches the age on that day; None where the category is not known."""

    claim: Claim
    on: date | None


def retiring(user: Staff) -> list[Reaching]:
    """Who draws and reaches the age within `AHEAD` months, or has: the earliest first. Nothing happens by itself."""
    drawing = Claim.objects.for_user(user).filter(
        state=ClaimState.APPROVED, outcome=Outcome.GRANT, life__in=(Life.RUNNING, Life.SUSPENDED)
    )
    found = drawing.select_related("case__worker", "case__closure__office").defer(*_UNREAD)
    until = add_months(clock.today(), AHEAD)
    law = current_law().library
    reached = [Reaching(claim, reaches_age(claim, law)) for claim in found.order_by("pk")]
    near = [one for one in reached if one.on is not None and one.on <= until]
    return sorted(near, key=lambda one: (one.on or date.max, one.claim.case.number))


def reaches_age(claim: Claim, law: Library) -> date | None:
    """The day on which the person reaches the statutory age; None where the category is not known."""
    category, born = claim.facts.get("retirement_category"), claim.facts.get("born")
    return retirement_date(category, date.fromisoformat(born), parameters=law) if category and born else None
