"""Every step in the life of a claim goes through here: the state table, the episode, the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from zaigang.claims.enums import Act, Life
from zaigang.claims.errors import EvidenceMissing, NoSuchStep
from zaigang.claims.life import Step, step_from
from zaigang.claims.models import BackPay, Claim, Episode, Payment, Ruling
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff


def demand_step(claim: Claim, act: str) -> Step:
    """The step that `act` means for the claim as it stands. Raises `NoSuchStep`."""
    step = step_from(claim.life, act)
    if step is None:
        words = {"act": Act(act).label, "life": Life(claim.life).label}
        raise NoSuchStep(f"现在不能办“{words['act']}”", claim.case.label, f"这份申领现在是：{words['life']}")
    return step


def demand_words(text: str, what: str, claim: Claim, what_to_do: str) -> str:
    """The text without its ends. Raises `EvidenceMissing` where nothing is left."""
    if not text.strip():
        raise EvidenceMissing(what, claim.case.label, what_to_do)
    return text.strip()


def demand_day_come(day: date, claim: Claim) -> None:
    """Raises `EvidenceMissing` for a day to come: nobody knows yet what will have happened by then."""
    if day > clock.today():
        raise EvidenceMissing("日期在今天之后", day.isoformat(), "请核对日期；以后才有的，到那天再办")


def enter(
    claim: Claim,
    step: Step,
    *,
    on: date,
    evidence: str,
    by: Staff,
    months: Iterable[date] = (),
    reason: str = "",
    until: date | None = None,
    before: tuple[Ruling, Mapping[str, Any]] | None = None,
    noted_by: Staff | None = None,
    verb: str = "",
    told: Mapping[str, Any] | None = None,
) -> Episode:
    """Write what happened to a locked claim, and what it stood on `before` where that changed. The caller saves the
    claim, whose life this sets.
    """
    moved = sorted(f"{month:%Y-%m}" for month in months)
    last = Episode.objects.filter(claim=claim).aggregate(last=Max("number"))["last"] or 0
    ruling, facts = before or (None, None)
    episode = Episode.objects.create(
        claim=claim, number=last + 1, act=step.act, start=claim.life, end=step.end, on=on, until=until,
        reason=reason, evidence=evidence, months=moved, ruling=ruling, facts=facts, noted_by=noted_by, by=by,
        at=clock.now(),
    )  # fmt: skip
    claim.life = step.end
    facts_told = {"claim": str(claim.pk), "on": on.isoformat(), "months": len(moved), **(told or {})}
    if reason:
        facts_told["reason"] = reason
    tell(claim, verb or step.verb, facts_told, by)
    return episode


def tell(claim: Claim, verb: str, facts: Mapping[str, Any], by: Staff) -> None:
    """One entry of the claim's case."""
    entry = NewEntry(verb, claim.case_id, claim.case.closure_id, facts)
    record(entry, by=by, office=claim.case.closure.office_id)


def move(payments: Any, to: str) -> list[date]:
    """Set months of a claim to another state; gives which. What a list takes at this moment stays on it."""
    locked = list(payments.select_for_update().order_by("pk").values_list("pk", "month"))
    Payment.objects.filter(pk__in=[pk for pk, _month in locked]).update(state=to)
    return sorted(month for _pk, month in locked)


def lock_months(claims: Iterable[Claim]) -> None:
    """Nothing of these claims, which are locked, is listed or released until the transaction ends."""
    pks = [claim.pk for claim in claims]
    # In the order in which a list locks them: neither waits for the other for ever.
    list(Payment.objects.select_for_update().filter(claim__in=pks).order_by("pk").values_list("pk"))
    waiting = BackPay.objects.select_for_update(of=("self",)).filter(payment__claim__in=pks)
    list(waiting.order_by("pk").values_list("pk"))
