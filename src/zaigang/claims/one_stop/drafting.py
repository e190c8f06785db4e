"""What a clerk typed and has not submitted yet."""

from typing import Any

from django.db import transaction

from zaigang.claims.enums import Presence
from zaigang.claims.models import Draft
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.models import Case


@transaction.atomic
def save_draft(
    *,
    case: Case,
    registration: dict[str, Any],
    claim: dict[str, Any],
    blanks: dict[str, str],
    corrections: dict[str, Any],
    presence: str = Presence.IN_PERSON,
    by: Staff,
) -> Draft:
    """Keep the answers of both forms, with the versions of the blanks, and the facts that the clerk put right."""
    answers = {
        "registration": registration, "claim": claim, "blanks": blanks, "presence": str(presence),
        "corrections": {name: value for name, value in corrections.items() if value not in (None, "")},
    }  # fmt: skip
    draft = Draft(case=case, answers=answers, saved_by=by, saved_at=clock.now())
    draft.save(force_insert=False)
    return draft
