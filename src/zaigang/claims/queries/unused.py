"""How many months of a claim are left, and how many of them a new claim begins with."""

from django.db import connection

from zaigang.claims.carrying import Unused, carried_in, counted, last_claim
from zaigang.claims.enums import PaymentState
from zaigang.claims.models import Claim
from zaigang.roster.models import Case


def unused_of(claim: Claim) -> Unused:
    """The months that are left of a claim."""
    return counted(claim, claim.payments.filter(state=PaymentState.LISTED).values_list("month", flat=True))


def carried_to(case: Case) -> Unused | None:
    """What a new claim of this case begins with, from the latest claim of the same person. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(last_claim("%(worker)s"), {"worker": case.worker_id})
        return carried_in(cursor.fetchone())
