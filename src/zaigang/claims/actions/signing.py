"""Three signatures by three people: the counter's is the maker's; checking and approving may be done in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zaigang.claims.actions.telling import tell_decided
from zaigang.claims.enums import ClaimState, Outcome, PaymentState, Verb
from zaigang.claims.errors import WrongSignature
from zaigang.claims.models import Claim, Payment
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.claims.queries.signing import own_file, to_approve, to_check
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record, record_many
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case


@dataclass(frozen=True, slots=True)
class Signed:
    """How many claims were signed; `own` were made or checked by the same person, `gone` are not waiting any more."""

    done: int
    own: int
    gone: int


@transaction.atomic
def check(*, claims: Iterable[UUID], by: Staff) -> Signed:
    """Give the second signature to those of `claims` that wait for it. Safe to repeat."""
    wanted = set(claims)
    found = list(_locked(wanted, by, CHECK).filter(to_check()))
    others = [claim for claim in found if by.pk != claim.made_by_id and not own_file(claim, by)]
    Claim.objects.filter(pk__in=[claim.pk for claim in others]).update(
        state=ClaimState.CHECKED, checked_by=by, checked_at=clock.now()
    )
    _tell(others, Verb.CHECKED, by)
    return Signed(len(others), len(found) - len(others), len(wanted) - len(found))


@transaction.atomic
def approve(*, claims: Iterable[UUID], by: Staff) -> Signed:
    """Give the last signature: benefit is granted or refused. Months that the law fixes exactly are released.

    A claim that was stopped meanwhile is approved too: the months before that day are still due. Who has a phone is
    told by a message in the outbox.
    """
    wanted = set(claims)
    found = list(_locked(wanted, by, APPROVE).filter(to_approve()))
    others = [
        one for one in found if by.pk not in (one.made_by_id, one.checked_by_id) and not own_file(one, by)
    ]
    now = clock.now()
    Claim.objects.filter(pk__in=[claim.pk for claim in others]).update(
        state=ClaimState.APPROVED, approved_by=by, approved_at=now
    )
    _grant([claim for claim in others if claim.outcome == Outcome.GRANT], now, by)
    _tell([claim for claim in others if claim.outcome != Outcome.GRANT], Verb.REFUSED, by)
    tell_decided(others, by)
    return Signed(len(others), len(found) - len(others), len(wanted) - len(found))


def _grant(granted: list[Claim], now: datetime, by: Staff) -> None:
    Payment.objects.filter(
        claim__in=granted, planned=False, yuan__isnull=False, state=PaymentState.PLANNED
    ).update(state=PaymentState.RELEASED, released_by=by, released_at=now)
    drawing = [claim.case_id for claim in granted if claim.stopped_on is None]
    Case.objects.filter(pk__in=drawing, state=CaseState.REGISTERED).update(state=CaseState.CLAIMING)
    _tell(granted, Verb.GRANTED, by)
    # The ledger's last word on somebody who was stopped before is that they were.
    _tell([claim for claim in granted if claim.stopped_on is not None], Verb.STOPPED, by)


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, by: Staff) -> Claim:
    """Send a claim that is not approved yet back to its maker, with the reason."""
    if not reason.strip():
        raise WrongSignature("没有写退回的原因", claim.case.label, "请写明要改什么")
    locked = lock(claim, by)
    if locked.state not in (ClaimState.MADE, ClaimState.CHECKED):
        raise WrongSignature(
            "这份申领现在不能退回", locked.case.label, f"它的状态是：{locked.get_state_display()}"
        )
    locked.state, locked.returned_because = ClaimState.RETURNED, reason.strip()
    locked.checked_by, locked.checked_at = None, None
    locked.save(update_fields=["state", "returned_because", "checked_by", "checked_at"])
    case = locked.case
    record(
        NewEntry(Verb.RETURNED, case.pk, case.closure_id, {"claim": str(locked.pk)}), by=by,
        office=case.closure.office_id,
    )  # fmt: skip
    return locked


def _locked(claims: Iterable[UUID], by: Staff, permission: str) -> QuerySet[Claim]:
    """Claims where `by` holds the permission, locked in one order so that two people never wait for each other."""
    mine = Claim.objects.for_user(by, permission).filter(pk__in=list(claims))
    _lock_cases(mine)
    related = ("case__closure__office", "case__worker")
    return mine.select_for_update(of=("self",)).select_related(*related).order_by("pk")


def _lock_cases(claims: QuerySet[Claim]) -> None:
    """The case before its claim, as whoever notes a death locks them: neither then waits for the other."""
    cases = Case.objects.select_for_update(no_key=True).filter(claim__in=claims.values("pk"))
    list(cases.order_by("pk").values_list("pk", flat=True))


def lock(claim: Claim, by: Staff) -> Claim:
    """One claim, locked, with its case and person. Raises `WrongSignature` where it is the own one of `by`."""
    _lock_cases(Claim.objects.filter(pk=claim.pk))
    claims = Claim.objects.select_for_update(of=("self",)).select_related("case__closure", "case__worker")
    locked = claims.get(pk=claim.pk)
    if own_file(locked, by):
        raise WrongSignature("这是您自己的档案", locked.case.label, "请别的同事来办")
    return locked


def _tell(claims: list[Claim], verb: Verb, by: Staff) -> None:
    for office in {claim.case.closure.office_id for claim in claims}:
        entries = [
            NewEntry(verb, claim.case_id, claim.case.closure_id, {"claim": str(claim.pk)})
            for claim in claims
            if claim.case.closure.office_id == office
        ]
        record_many(entries, by=by, office=office)
