"""Who had a part in what was decided on a claim, and may therefore not answer who disagrees with it."""

from uuid import UUID

from zaigang.claims.models import Claim


def deciders(claim: Claim) -> set[UUID]:
    """Whoever signed the claim or a correction of it, or acted in its life."""
    signed = {claim.made_by_id, claim.checked_by_id, claim.approved_by_id, claim.stopped_by_id}
    acted = {pk for pair in claim.episodes.values_list("by", "noted_by") for pk in pair}
    corrected = {
        pk for row in claim.corrections.values_list("made_by", "checked_by", "approved_by") for pk in row
    }
    found = claim.overpayments.values_list("found_by", flat=True)
    return {pk for pk in signed | acted | corrected | set(found) if pk is not None}
