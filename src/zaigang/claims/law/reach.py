"""Whom a parameter file reaches: offices, and people at them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zaigang.claims.models import Claim, FirstDecision
from zaigang.engines.entitlement.parameters import NATIONAL
from zaigang.offices.models import Office
from zaigang.roster.models import Case, Closure


def offices_under(territory: str) -> list[Office]:
    """Offices with a closure to which the law of this territory applies, as `claims.facts.territory_of` reads them."""
    with_closures = Office.objects.filter(pk__in=Closure.objects.values("office"))
    return [one for one in with_closures.order_by("path") if _reaches(territory, one.territory)]


def _reaches(law: str, office: str) -> bool:
    return law == NATIONAL or office.ljust(6, "0").startswith(law)


def people_under(offices: Sequence[UUID], after: UUID | None = None) -> QuerySet[Case]:
    """Cases with a first decision or a claim at these offices, by key, from `after` on."""
    decided = FirstDecision.objects.filter(case=OuterRef("pk"), current=True)
    claimed = Claim.objects.filter(case=OuterRef("pk"))
    found = Case.objects.people().filter(Q(Exists(decided)) | Q(Exists(claimed)), closure__office__in=offices)
    return (found if after is None else found.filter(pk__gt=after)).order_by("pk")
