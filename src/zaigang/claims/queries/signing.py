"""Which claims wait for whose signature."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from zaigang.claims.enums import ClaimState, Outcome
from zaigang.claims.models import Claim, Payment, SigningRule
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.offices.models import Office, Staff

#: A held claim waits for a decision, not for signatures.
DECIDED = (Outcome.GRANT, Outcome.REFUSE)


def to_check() -> Q:
    """Claims that wait for the second signature, where the office wants one."""
    return Q(state=ClaimState.MADE, outcome__in=DECIDED, case__closure__office__in=_wanting_checks())


def to_approve() -> Q:
    """Claims that wait for the last signature."""
    unchecked = Q(state=ClaimState.MADE, outcome__in=DECIDED) & ~Q(
        case__closure__office__in=_wanting_checks()
    )
    return Q(state=ClaimState.CHECKED) | unchecked


def _wanting_checks() -> Any:
    """Offices that want the second signature: all but those that said no."""
    without = SigningRule.objects.filter(needs_checker=False).values("office")
    return Office.objects.exclude(pk__in=without).values("pk")


def wants_check(office: UUID) -> bool:
    """Whether the office wants the second signature."""
    return not SigningRule.objects.filter(office=office, needs_checker=False).exists()


def waiting(user: Staff, permission: str) -> QuerySet[Claim]:
    """Claims that wait for the signature that `permission` (CHECK or APPROVE) gives, the oldest first."""
    ready = {CHECK: to_check, APPROVE: to_approve}[permission]
    return Claim.objects.for_user(user, permission).filter(ready()).order_by("made_at", "case__number", "pk")


def with_first_month(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Everything that a line of the list shows: the person, the maker, `first_yuan` of the first month."""
    first = Payment.objects.filter(claim=OuterRef("pk")).order_by("month").values("yuan")[:1]
    related = ("case__worker", "case__closure__office", "made_by", "checked_by")
    return (
        claims.annotate(first_yuan=Subquery(first))
        .select_related(*related)
        .defer("answers", "facts", "case__worker__bank_account", "case__note")
    )


def settleable(claim: Claim) -> bool:
    """Whether the claim waits for a clerk's decision: it was held, or sent back."""
    held = claim.state == ClaimState.MADE and claim.outcome == Outcome.HOLD
    return held or claim.state == ClaimState.RETURNED


def own_file(claim: Claim, staff: Staff) -> bool:
    """Whether the claim is the person's own. Needs the case's worker."""
    worker = claim.case.worker
    return (
        worker is not None and staff.id_index is not None and bytes(staff.id_index) == bytes(worker.id_index)
    )
