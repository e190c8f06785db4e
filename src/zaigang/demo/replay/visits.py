"""One visit at a window: what the clerk types for somebody, saves, and confirms, as the one-stop screen does it."""

from random import Random
from uuid import UUID

from zaigang.claims.enums import Presence
from zaigang.claims.one_stop.asking import proposed
from zaigang.claims.one_stop.confirming import Confirmation, confirm
from zaigang.demo.people import InventedWorker
from zaigang.demo.replay.visitors import Visitor
from zaigang.desk.enums import Page
from zaigang.desk.one_stop.visit import Visit
from zaigang.ledger.actions import record_read
from zaigang.offices.models import Staff

#: Education as the invention says it -> its code on the form.
EDUCATION = {
    "小学": "81", "初中": "71", "高中": "61", "技校": "47", "中专": "41", "大专": "30", "本科": "20",
}  # fmt: skip
WISHES = ("", "", "", "离家近的活", "电工、维修", "开车", "保安、门卫", "食堂帮厨", "家政", "想先学门手艺")
BANKS = ("示范银行", "示范农商银行", "示范城市银行")


def typed(visitor: Visitor, rng: Random) -> dict[str, str]:
    """What the clerk types: the facts as the papers on the desk say them, and what the person answers."""
    return _facts(visitor) | _registration(visitor.person, rng) | _claim(rng)


def _facts(visitor: Visitor) -> dict[str, str]:
    career = visitor.person.career
    return {
        "facts-presence": Presence.BY_AGENT if visitor.by_agent else Presence.IN_PERSON,
        "facts-left_on": career.laid_off_on.isoformat(),
        "facts-left_because": "" if visitor.without_paper else visitor.ground,
        "facts-contribution_months": str(career.contribution_months),
        "facts-deemed_months": str(career.deemed_months),
        "facts-retirement_category": visitor.category,
    }


def _registration(person: InventedWorker, rng: Random) -> dict[str, str]:
    address = person.home.address
    return {
        "registration-nation": "01",
        "registration-education": EDUCATION[person.education],
        "registration-phone": person.phone,
        "registration-receiver_phone": person.phone,
        "registration-home_address": address,
        "registration-living_address": address,
        "registration-reason": "20",
        "registration-wants_work": "1" if rng.random() < 0.9 else "2",
        "registration-wish": rng.choice(WISHES),
        "registration-notice_way": "1",
        "registration-hukou": "11",
        "registration-lost_work_on": person.career.laid_off_on.isoformat(),
        "registration-former_employer": person.firm,
        "claim-bank_account": person.bank_account,
    }


def _claim(rng: Random) -> dict[str, str]:
    return {"claim-bank": rng.choice(BANKS), "claim-medical_insurance": "1"}


class AtTheWindow:
    """A visit between the first key and the last: `fill` saves the draft, `submit` registers and claims."""

    def __init__(self, visitor: Visitor, ticket: UUID, by: Staff, rng: Random) -> None:
        self.visitor, self.ticket, self.by = visitor, ticket, by
        self.once = UUID(int=rng.getrandbits(128), version=4)
        self.data = typed(visitor, rng)

    def fill(self) -> None:
        """Open the screen, type everything, save. Raises ValueError where a form refuses what was typed."""
        record_read(subject=self.visitor.case.pk, page=Page.ONE_STOP, by=self.by)
        self.visit = Visit(self.visitor.case, self.data)
        if not self.visit.is_valid:
            forms = (self.visit.facts, self.visit.registration, self.visit.claim)
            raise ValueError([form.errors.as_json() for form in forms])
        self.visit.keep(self.by)

    def submit(self) -> UUID:
        """Confirm what the check page proposes, or the clerk's own decision; gives the registration's key."""
        outcome, reason = self.visitor.otherwise or (proposed(self.visit.proposal.answer), "")
        confirmation = Confirmation(self.ticket, self.once, self.visit.proposal.digest, outcome, reason)
        return confirm(confirmation=confirmation, by=self.by)
