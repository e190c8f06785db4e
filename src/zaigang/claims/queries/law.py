"""Versions of the law, and whom they reach, as far as somebody may see."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from zaigang.claims.enums import About, Change, LawState
from zaigang.claims.models import Claim, LawEffect, LawFile, LawRun
from zaigang.claims.permissions import SEE_LAW, VIEW
from zaigang.engines.entitlement import load_parameters
from zaigang.engines.entitlement.loader import FOLDER
from zaigang.engines.entitlement.parameters import NATIONAL
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.models import Case


def territories_of(user: Staff, permission: str = SEE_LAW) -> list[str]:
    """The territories whose law runs at the offices where the person holds the permission, the nearest first."""
    codes = Office.objects.filter(pk__in=where(user, permission)).values_list("territory", flat=True)
    full = sorted({code.ljust(6, "0") for code in codes if code.isdigit()})
    return list(dict.fromkeys([part for code in full for part in (code, code[:4], code[:2])] + [NATIONAL]))


def files_for(user: Staff, permission: str = SEE_LAW) -> QuerySet[LawFile]:
    """Files that reach an office where the person holds the permission, and those that the person loaded."""
    reached = Q(territory__in=territories_of(user, permission)) if where(user, permission) else Q(pk=None)
    mine = Q(loaded_by=user) if where(user, permission) else Q(pk=None)
    return LawFile.objects.filter(reached | mine).select_related("loaded_by", "confirmed_by")


def text_of(territory: str) -> str | None:
    """The text of a territory's file in force: loaded, or as it came with the program; None where there is none."""
    loaded = LawFile.objects.filter(territory=territory, state=LawState.IN_FORCE).first()
    if loaded is not None:
        return loaded.text
    path = FOLDER / f"{territory.lower()}.yaml"
    known = territory in load_parameters().territories and path.is_file()
    return path.read_text(encoding="utf-8") if known else None


@dataclass(frozen=True, slots=True)
class Sums:
    """One closure under a change: people, by kind of change, and yuan. `monthly` sums the change of one month's amount;
    `total` that of all months. `more` and `less` people get more, or less, in all.
    """

    closure: str
    people: int
    kinds: dict[str, int]
    more: int
    less: int
    monthly: Decimal
    total: Decimal
    back_pay: Decimal
    overpaid: Decimal
    needs: int
    applied: int


def sums_for(run: LawRun, user: Staff) -> list[Sums]:
    """By closure, of the offices whose sums the person may see; in one query."""
    effects = LawEffect.objects.for_user(user, SEE_LAW).filter(run=run).order_by("case__closure__code")
    rows = effects.values("case__closure__code", "case__closure__name").annotate(**_figures())
    return [_sums(dict(row)) for row in rows]


def _figures() -> dict[str, Any]:
    counted = Q(counted=True)
    more = F("yuan_after") - F("yuan_before")
    kinds = {
        f"kind_{one}": Count("case", distinct=True, filter=Q(changes__contains=[one]))
        for one in Change.values
    }
    return {
        "people": Count("case", distinct=True), "needs_": Count("case", distinct=True, filter=~Q(needs="")),
        "applied_": Count("case", distinct=True, filter=Q(applied=True)),
        "more": Count("case", distinct=True, filter=counted & Q(yuan_after__gt=F("yuan_before"))),
        "less": Count("case", distinct=True, filter=counted & Q(yuan_after__lt=F("yuan_before"))),
        "monthly": Sum(F("month_after") - F("month_before"), filter=counted), "total": Sum(more, filter=counted),
        "back": Sum("back_pay"), "over": Sum("overpaid"),
    } | kinds  # fmt: skip


def _sums(row: dict[str, Any]) -> Sums:
    return Sums(
        closure=row["case__closure__name"], people=row["people"],
        kinds={one: row[f"kind_{one}"] for one in Change.values}, more=row["more"], less=row["less"],
        monthly=row["monthly"] or Decimal(), total=row["total"] or Decimal(), back_pay=row["back"] or Decimal(),
        overpaid=row["over"] or Decimal(), needs=row["needs_"], applied=row["applied_"],
    )  # fmt: skip


def effects_for(
    run: LawRun, user: Staff, *, change: str = "", needs: str = "", permission: str = VIEW
) -> QuerySet[LawEffect]:
    """People whom the run found, in the roster's order; with one kind of change, or one reason why a person decides."""
    found = LawEffect.objects.for_user(user, permission).filter(run=run)
    if change:
        found = found.filter(changes__contains=[change])
    if needs:
        found = found.filter(needs=needs)
    related = found.select_related("case__worker", "case__closure__office")
    unread = ("case__note", "case__worker__bank_account", "case__worker__id_number", "case__worker__phones")
    return related.defer(*unread).order_by("case__closure__code", "case__number", "about")


def earlier_of(case: Case, claim: Claim | None = None) -> QuerySet[LawEffect]:
    """Decisions that a change of the law took the place of, the newest first: of a claim, or the first ones."""
    kept = LawEffect.objects.filter(case=case, applied=True, about=About.CLAIM if claim else About.DECISION)
    return kept.select_related("run__file").order_by("-run__started_at")


def changed_and_waiting(run: LawRun) -> dict[str, int]:
    """How many people a run changed, and how many wait for a person."""
    return LawEffect.objects.filter(run=run).aggregate(
        changed=Count("case", distinct=True, filter=Q(applied=True)),
        waiting=Count("case", distinct=True, filter=~Q(needs="")),
    )
