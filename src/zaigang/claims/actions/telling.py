"""The message that says what became of a claim: into the outbox with the last signature, out when it is not true."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from zaigang.claims.enums import ClaimState, Outcome, StopReason
from zaigang.claims.models import Claim
from zaigang.offices.models import Staff
from zaigang.outbox.actions import NewMessage, queue_many, take_back
from zaigang.outbox.enums import State, Template
from zaigang.outbox.phones import mobile
from zaigang.outbox.queries import about
from zaigang.roster.people import mobiles_of

#: The answer on the form by which somebody asked for a letter: they get no text message.
_BY_POST = "2"


def tell_decided(claims: Sequence[Claim], by: Staff) -> None:
    """One message to each of these people, whose claims were signed for the last time: nobody gets a second one.

    Needs case, worker and office. A constant number of statements for each office.
    """
    offices = {claim.case.closure.office_id: claim.case.closure.office for claim in claims}
    for pk, office in sorted(offices.items()):
        here = [claim for claim in claims if claim.case.closure.office_id == pk]
        queue_many(_messages(here), office=office, by=by)


def tell_corrected(claim: Claim, correction: UUID, *, before: str, by: Staff) -> None:
    """A correction was signed: what had not gone out yet is replaced, what had is followed by the new result.

    `before` is the outcome until now. Refused as before: the person knows all there is.
    """
    if claim.outcome == before == Outcome.REFUSE:
        return
    replaced = take_back(_once(claim), by=by)
    messages = _messages([claim], key=f":{correction}", kind="first" if replaced else "corrected")
    queue_many(messages, office=claim.case.closure.office, by=by)


def untell(claim: Claim, by: Staff) -> None:
    """Take back what has not gone out: there is nobody any more who could read it."""
    take_back(_once(claim), by=by)


def tell_after_all(claim: Claim, mistake: UUID, by: Staff) -> None:
    """The death was a mistake: what was withheld because of it is said, where nothing went out or waits.

    `mistake` names what put it right, so that the same is said once.
    """
    if claim.state == ClaimState.APPROVED and not about(_once(claim)).exclude(state=State.CANCELLED).exists():
        queue_many(_messages([claim], key=f":{mistake}"), office=claim.case.closure.office, by=by)


def _once(claim: Claim) -> str:
    return f"{Template.CLAIM_DECIDED}:{claim.pk}"


def _messages(claims: Iterable[Claim], *, key: str = "", kind: str = "first") -> list[NewMessage]:
    found = []
    for claim in claims:
        phone, case = _phone(claim), claim.case
        if phone and case.worker_id is not None and claim.stop_reason != StopReason.DIED:
            params = {"office": case.closure.office.name, "kind": kind, **_result(claim)}
            new = NewMessage(
                Template.CLAIM_DECIDED, case.worker_id, _once(claim) + key, phone, params, case.pk
            )
            found.append(new)
    return found


def _phone(claim: Claim) -> str:
    """The number that the person gave for the result; else the roster's first; none for who asked for a letter."""
    if claim.answers.get("notice_way") == _BY_POST:
        return ""
    return mobile(str(claim.answers.get("notice_phone") or "")) or next(iter(mobiles_of(claim.case)), "")


def _result(claim: Claim) -> dict[str, str]:
    """Whether, and for how long. Why stands in no text message: the phone may be in other hands."""
    months = claim.months_exact or claim.months_at_most or 0
    if claim.outcome == Outcome.REFUSE:
        result = "refused"
    elif not months:
        result = "granted"
    else:
        result = "exact" if claim.months_exact else "at_most"
    return {"result": result, "months": str(months)}
