"""Three signatures by three people: the counter's is the maker's; checking and approving may be done in bulk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from zaigang.claims.enums import ClaimState, Outcome, PaymentState, Verb
from zaigang.claims.errors import WrongSignature
from zaigang.claims.models import Claim, Payment, SigningRule
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record, record_many
from zaigang.offices.models import Office, Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case

#: A held claim waits for a decision, not for signatures.
DECIDED = (Outcome.GRANT, Outcome.REFUSE)


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
    waiting = _locked(wanted, by, CHECK).filter(state=ClaimState.MADE, outcome__in=DECIDED)
    found = list(waiting)
    others = [claim for claim in found if by.pk != claim.made_by_id and not _own_file(claim, by)]
    Claim.objects.filter(pk__in=[claim.pk for claim in others]).update(
        state=ClaimState.CHECKED, checked_by=by, checked_at=clock.now()
    )
    _tell(others, Verb.CHECKED, by)
    return Signed(len(others), len(found) - len(others), len(wanted) - len(found))


@transaction.atomic
def approve(*, claims: Iterable[UUID], by: Staff) -> Signed:
    """Give the last signature: benefit is granted or refused. Months that the law fixes exactly are released."""
    wanted = set(claims)
    ready = Q(state=ClaimState.CHECKED) | (
        Q(state=ClaimState.MADE, outcome__in=DECIDED) & ~Q(case__closure__office__in=_wanting_checks())
    )
    found = list(_locked(wanted, by, APPROVE).filter(ready, stopped_on__isnull=True))
    others = [
        one for one in found if by.pk not in (one.made_by_id, one.checked_by_id) and not _own_file(one, by)
    ]
    now = clock.now()
    Claim.objects.filter(pk__in=[claim.pk for claim in others]).update(
        state=ClaimState.APPROVED, approved_by=by, approved_at=now
    )
    granted = [claim for claim in others if claim.outcome == Outcome.GRANT]
    Payment.objects.filter(
        claim__in=granted, planned=False, yuan__isnull=False, state=PaymentState.PLANNED
    ).update(state=PaymentState.RELEASED, released_by=by, released_at=now)
    Case.objects.filter(pk__in=[claim.case_id for claim in granted], state=CaseState.REGISTERED).update(
        state=CaseState.CLAIMING
    )
    _tell(granted, Verb.GRANTED, by)
    _tell([claim for claim in others if claim.outcome != Outcome.GRANT], Verb.REFUSED, by)
    return Signed(len(others), len(found) - len(others), len(wanted) - len(found))


@transaction.atomic
def return_claim(*, claim: Claim, reason: str, by: Staff) -> Claim:
    """Send a claim that is not approved yet back to its maker, with the reason."""
    if not reason.strip():
        raise WrongSignature("没有写退回的原因", claim.case.label, "请写明要改什么")
    locked = Claim.objects.select_for_update(of=("self",)).select_related("case__closure").get(pk=claim.pk)
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
    return mine.select_for_update(of=("self",)).select_related("case__closure", "case__worker").order_by("pk")


def _wanting_checks() -> Any:
    """Offices that want the second signature: all but those that said no."""
    without = SigningRule.objects.filter(needs_checker=False).values("office")
    return Office.objects.exclude(pk__in=without).values("pk")


def _own_file(claim: Claim, by: Staff) -> bool:
    worker = claim.case.worker
    return worker is not None and by.id_index is not None and bytes(by.id_index) == bytes(worker.id_index)


def _tell(claims: list[Claim], verb: Verb, by: Staff) -> None:
    for office in {claim.case.closure.office_id for claim in claims}:
        entries = [
            NewEntry(verb, claim.case_id, claim.case.closure_id, {"claim": str(claim.pk)})
            for claim in claims
            if claim.case.closure.office_id == office
        ]
        record_many(entries, by=by, office=office)
