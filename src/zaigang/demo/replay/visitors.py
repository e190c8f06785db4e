"""Who comes to the hall: the people of the closure with what is true of them, in an order that the seed decides."""

from dataclasses import dataclass
from datetime import date
from random import Random

from zaigang.claims.enums import Outcome
from zaigang.demo.people import InventedWorker, Invention
from zaigang.demo.people.firms import OFFICE_TRADES, SODA, STEEL
from zaigang.demo.replay.calendar import FIRST_SERVICE_DAY
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, Closure
from zaigang.roster.people import id_index

#: What the paper says where the employer's list says nothing, by firm.
GROUNDS = {STEEL.name: "employer_proposed_agreement", SODA.name: "contract_expired"}
#: So many people in a hundred whose ground nobody wrote down come without the paper: their claim is held.
WITHOUT_PAPER = 40
#: People to whom the clerk gives another decision than the engine proposes, and why.
OTHERWISE = (
    (Outcome.HOLD, "解除合同证明没有盖章，等单位补盖后再定"),
    (Outcome.REFUSE, "本人说下周一去新单位报到，这次先不领，保留月数"),
)
#: People who chose a time, did not come, and could not be reached by phone afterwards.
NOT_MET = 3


@dataclass(slots=True)
class Visitor:
    """Somebody of the closure: the case, the person behind it, and how the visit goes.

    `without_paper`: nobody can say yet why the contract ended. `otherwise`: the clerk's own decision with its reason.
    """

    case: Case
    person: InventedWorker
    by_agent: bool = False
    without_paper: bool = False
    otherwise: tuple[Outcome, str] | None = None

    @property
    def ground(self) -> str:
        """Why the contract ended, as the paper says."""
        return self.person.left_because or GROUNDS[self.person.firm]

    @property
    def category(self) -> str:
        """The age at which a woman retires, by her papers; empty for a man."""
        if self.person.sex == "male":
            return ""
        said = self.person.staff_category
        # Nobody on the list has reached retirement: a woman near 50 of whom nothing is said is 干部.
        cadre = said == "干部" or (said is None and (self._near_50 or self.person.trade in OFFICE_TRADES))
        return "female_55" if cadre else "female_50"

    @property
    def _near_50(self) -> bool:
        return self.person.born.year + 50 <= self.person.career.laid_off_on.year + 1

    def may_come(self, day: date) -> bool:
        """Whether the contract has ended by then."""
        return self.person.career.laid_off_on < day


def visitors_of(closure: Closure, invention: Invention, rng: Random) -> list[Visitor]:
    """Everybody who may be registered some day, in the order of coming."""
    people = {id_index(worker.id): worker for worker in invention.workers}
    cases = closure.cases.filter(state=CaseState.NOT_REACHED).order_by("number")
    known = cases.select_related("worker", "firm", "closure__office")
    visitors = [_visitor(case, people[bytes(case.worker.id_index)], rng) for case in known if case.worker]
    rng.shuffle(visitors)
    plain = [
        one
        for one in visitors
        if one.person.left_because not in (None, "resigned") and one.may_come(FIRST_SERVICE_DAY)
    ]
    for visitor, otherwise in zip(plain[5::40], OTHERWISE, strict=False):
        visitor.otherwise = otherwise
    return visitors


def _visitor(case: Case, person: InventedWorker, rng: Random) -> Visitor:
    return Visitor(
        case, person, by_agent=rng.random() < 0.015,
        without_paper=person.left_because is None and rng.randrange(100) < WITHOUT_PAPER,
    )  # fmt: skip
