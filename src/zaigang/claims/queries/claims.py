"""One claim with everything around it."""

from django.db.models import QuerySet

from zaigang.claims.enums import ClaimState, Outcome
from zaigang.claims.models import Claim
from zaigang.claims.permissions import VIEW
from zaigang.offices.models import Staff


def whole(user: Staff, permission: str = VIEW) -> QuerySet[Claim]:
    """Claims at the offices where the person holds the permission, joined with what the claim's page shows."""
    return Claim.objects.for_user(user, permission).select_related(
        "case__worker", "case__closure__office", "registration", "ruling", "made_by", "checked_by", "approved_by",
        "stopped_by",
    )  # fmt: skip


def is_drawing(claim: Claim) -> bool:
    """Whether the claim pays, once nothing stops it."""
    return claim.state == ClaimState.APPROVED and claim.outcome == Outcome.GRANT
