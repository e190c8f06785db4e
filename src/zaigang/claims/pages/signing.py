"""The list of claims that wait for a signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zaigang.claims.enums import Eligible, Outcome
from zaigang.claims.explaining import KIND, months_words
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.asking import PROPOSED
from zaigang.claims.pages.names import name_for
from zaigang.claims.queries.signing import own_file
from zaigang.offices.models import Staff

OUTCOME_KIND = {Outcome.GRANT: "done", Outcome.REFUSE: "stopped", Outcome.HOLD: "needs"}


@dataclass(frozen=True, slots=True)
class SigningRow:
    """One claim. `barred` says why this person cannot sign it; what differs is to be ticked by hand."""

    claim: Claim
    name: str
    proposed: str | Promise
    proposed_kind: str
    decided_kind: str
    months: str
    first_yuan: Decimal | None
    since: datetime
    barred: str

    @property
    def ticked(self) -> bool:
        return not self.barred and not self.claim.differs


def signing_rows(claims: Iterable[Any], user: Staff) -> list[SigningRow]:
    """Lines for a page of claims, from `queries.signing.with_first_month`."""
    return [
        SigningRow(
            claim=claim,
            name=name_for(user, claim.case),
            proposed=PROPOSED[Eligible(claim.eligible)].label,
            proposed_kind=KIND[Eligible(claim.eligible)],
            decided_kind=OUTCOME_KIND[Outcome(claim.outcome)],
            months=months_words(claim.months_exact, claim.months_at_most),
            first_yuan=claim.first_yuan,
            since=claim.checked_at or claim.made_at,
            barred=barred(claim, user),
        )
        for claim in claims
    ]


def barred(claim: Claim, user: Staff) -> str:
    """Why this person cannot give the next signature, in words; empty when they can."""
    if own_file(claim, user):
        return _("这是您自己的档案，要别的同事来办")
    if claim.made_by_id == user.pk:
        return _("您经办的，要别的同事签")
    if claim.checked_by_id == user.pk:
        return _("您复核的，要别的同事审批")
    return ""
