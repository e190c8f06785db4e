"""One screen for two matters: the forms filled in from the roster, what is still to ask, and what is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from zaigang.claims.blanks import (
    Blank,
    BlankForm,
    answers,
    blank_form,
    facts_of,
    ground_of,
    in_force,
    missing,
    prefill,
)
from zaigang.claims.blanks.typed import phone_of
from zaigang.claims.carrying import Unused
from zaigang.claims.explaining import Explanation, explain
from zaigang.claims.facts import Answer, Asked, territory_of
from zaigang.claims.models import Draft, FirstDecision, Ruling
from zaigang.claims.one_stop.asking import answered, question
from zaigang.claims.one_stop.drafting import save_draft
from zaigang.claims.queries import agency_months_of
from zaigang.claims.queries.unused import carried_to
from zaigang.desk.one_stop.forms import FactsForm, facts_initial
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.models import Case

REGISTRATION, CLAIM = "unemployment_registration", "benefit_claim"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is due by the facts on the screen, and the digest that the confirmation must name."""

    asked: Asked
    answer: Answer
    digest: str
    explanation: Explanation


def proposal(
    case: Case, corrections: Mapping[str, Any], *, carried: Unused | None, late_accepted: bool = False
) -> Proposal:
    """Ask the engine about somebody at the window today. `carried` as `carried_to` gives it."""
    today = clock.today()
    fixed = agency_months_of(case)
    asked = question(
        case, on=today, fixed=fixed, carried=carried, corrections=corrections, late_accepted=late_accepted
    )
    answer, sha256 = answered(asked)
    months = answer["months"]
    decision = FirstDecision(
        case=case, ruling=Ruling(body=answer), decided_on=today, eligible=answer["eligible"], facts=asked,
        months_exact=months["exact"], months_at_most=months["at_most"],
    )  # fmt: skip
    return Proposal(asked, answer, sha256.hex(), explain(decision))


@dataclass(frozen=True, slots=True)
class Blanks:
    """The forms in force at the office today."""

    registration: Blank
    claim: Blank


def blanks_of(case: Case) -> Blanks:
    """The two forms. Needs the closure's office."""
    place, today = territory_of(case.closure), clock.today()
    return Blanks(*(in_force(code, territory=place, on=today) for code in (REGISTRATION, CLAIM)))


@dataclass(frozen=True, slots=True)
class Part:
    """Fields of one form as the screen orders them: what must be asked, what is to be confirmed, the rest."""

    ask: list[BoundField]
    confirm: list[BoundField]
    optional: list[BoundField]


class Visit:
    """Everything on the one-stop screen of somebody. With `data` the forms are bound to what was typed."""

    def __init__(self, case: Case, data: Mapping[str, Any] | None = None) -> None:
        self.case, self.blanks = case, blanks_of(case)
        self.draft = Draft.objects.filter(case=case).first()
        kept: dict[str, Any] = self.draft.answers if self.draft else {}
        corrections = kept.get("corrections", {})
        presence = {"presence": kept["presence"]} if kept else {}
        carried = carried_to(case)
        initial = facts_initial(case, carried, corrections) | presence
        self.facts = FactsForm(case, carried, data=data, initial=initial)
        if data is not None and self.facts.is_valid():
            corrections = self.facts.corrections
        self.proposal = proposal(case, corrections, carried=carried)
        known = known_facts(case, self.proposal)
        start = prefill(self.blanks.registration, known) | kept.get("registration", {})
        self.registration = self._form(self.blanks.registration, start, data, "registration")
        told = self._told(start)
        start = prefill(self.blanks.claim, known | told) | _without_told(
            kept.get("claim", {}), self.blanks.claim
        )
        self.claim = self._form(self.blanks.claim, start, data, "claim")

    def _form(
        self, blank: Blank, initial: dict[str, Any], data: Mapping[str, Any] | None, prefix: str
    ) -> BlankForm:
        return blank_form(blank, today=clock.today(), data=data, initial=initial, prefix=prefix)

    def _told(self, start: dict[str, Any]) -> dict[str, object]:
        """What the registration says is not asked again by the claim."""
        valid = self.registration.is_bound and self.registration.is_valid()
        said = answers(self.registration) if valid else start
        return facts_of(self.blanks.registration, said)

    @property
    def is_valid(self) -> bool:
        # Every form is asked, so that all that is wrong is shown at once.
        valid = [form.is_valid() for form in (self.facts, self.registration, self.claim)]
        return all(valid)

    def keep(self, by: Staff) -> Draft:
        """Save what was typed. Needs valid forms."""
        return save_draft(
            case=self.case, registration=answers(self.registration), claim=answers(self.claim),
            blanks={"registration": self.blanks.registration.key, "claim": self.blanks.claim.key},
            corrections=self.facts.corrections, presence=self.facts.cleaned_data["presence"], by=by,
        )  # fmt: skip

    @property
    def registration_part(self) -> Part:
        return _part(self.registration, self.blanks.registration)

    @property
    def claim_part(self) -> Part:
        return _part(self.claim, self.blanks.claim, without=_told_codes(self.blanks.claim))


def _told_codes(blank: Blank) -> set[str]:
    """Fields of the claim that the registration answers."""
    return {field.code for field in blank.fields if field.source.startswith(f"{REGISTRATION}.")}


def _without_told(kept: Mapping[str, Any], blank: Blank) -> dict[str, Any]:
    told = _told_codes(blank)
    return {code: value for code, value in kept.items() if code not in told}


def _part(form: BlankForm, blank: Blank, without: Iterable[str] = ()) -> Part:
    lacking = {field.code for field in missing(blank, form.initial)}
    part, hidden = Part([], [], []), set(without)
    for field in blank.fields:
        if field.ask == "shown" or field.code in hidden:
            continue
        known = form.initial.get(field.code) not in (None, "", [])
        wrong = field.code in form.errors
        place = part.ask if field.code in lacking or wrong else part.confirm if known else part.optional
        place.append(form[field.code])
    return part


def known_facts(case: Case, due: Proposal) -> dict[str, object]:
    """What the blanks are filled in with, by the names of their sources."""
    worker, answer = case.worker, due.answer
    assert worker is not None
    left_because = due.asked["left_because"]
    facts: dict[str, object] = {
        "worker.name": worker.name, "worker.sex": worker.sex, "worker.born": worker.born,
        "worker.id_number": worker.id_number, "worker.phone": next(filter(phone_of, worker.phones), None),
        "worker.bank_account": worker.bank_account, "case.education": case.education,
        "case.firm": case.firm.name if case.firm else None, "case.laid_off_on": _day(due.asked["left_on"]),
        "case.deemed_months": due.asked["deemed_months"], "case.total_months": _total(due.asked),
        "case.left_over_months": due.asked["unused_months"] or None,  # none is no entry on the paper
        "visit.today": clock.today(), "visit.office": case.closure.office.name, "visit.claims_benefit": True,
    }  # fmt: skip
    if left_because:
        facts |= ground_of(left_because).facts
    return facts | _decision_facts(answer)


def _decision_facts(answer: Answer) -> dict[str, object]:
    paid, months = answer["payments"], answer["months"]
    if not paid:
        return {}
    first, last = paid[0], paid[-1]
    return {
        "decision.monthly": None if first["yuan"] is None else Decimal(str(first["yuan"])),
        "decision.first": _month(first["month"]),
        "decision.last": _month(last["month"]),
        "decision.months": months["exact"],
    }


def _total(asked: Asked) -> int | None:
    own, deemed = asked["contribution_months"], asked["deemed_months"]
    return None if own is None or deemed is None else own + deemed


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
