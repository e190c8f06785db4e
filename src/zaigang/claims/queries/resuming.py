"""What it would mean that somebody is unemployed again, by the engine; nothing is written."""

from dataclasses import dataclass
from datetime import date, timedelta

from zaigang.claims.enums import Eligible, PaymentState, StopReason
from zaigang.claims.facts import Answer, Asked
from zaigang.claims.lawbook import current_law
from zaigang.claims.life import ENGINE_EVENT, RESUMABLE
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.asking import answered


@dataclass(frozen=True, slots=True)
class Again:
    """The question with the restart in it, and its answer. `months` are those that would be planned."""

    asked: Asked
    answer: Answer
    sha256: bytes
    law: dict[str, str]
    months: tuple[date, ...]
    needs_new_claim: bool
    why_not: str = ""


def again(claim: Claim, *, left_on: date, on: date) -> Again:
    """The claim with what stopped it, and the registration on `on`. `left_on`: the last day of the new job.

    The job's length decides whether the claim goes on, the day of registration from which month.
    """
    asked = _with_events(claim, on)
    law = current_law()
    answer, sha256 = answered(asked, law)
    short, _sha = answered(_with_events(claim, left_on + timedelta(days=1)), law)
    registered_late = _too_long(answer) and not _too_long(short)
    reason = StopReason(claim.stop_reason)
    why_not = ""
    if reason not in RESUMABLE:
        why_not = f"因“{reason.label}”停发的，不能接着领"
    elif registered_late:
        why_not = "新工作不满12个月，可是再登记时离重新就业已满12个月：规定怎么算没有查到"
    elif not _too_long(short) and answer["eligible"] != Eligible.YES:
        why_not = "按现在的事实算不出还能领几个月"
    kept = set(claim.payments.filter(state=PaymentState.LISTED).values_list("month", flat=True))
    months = tuple(month for month in _months(answer) if month >= on.replace(day=1) and month not in kept)
    return Again(asked, answer, sha256, law.versions(asked["territory"]), months, _too_long(short), why_not)


def _with_events(claim: Claim, day: date) -> Asked:
    """The claim's facts with this stop and its end. A ground that the engine does not know changes nothing."""
    kind = ENGINE_EVENT.get(StopReason(claim.stop_reason))
    if kind is None or claim.stopped_on is None:
        return dict(claim.facts)
    ends = [
        {"on": claim.stopped_on.isoformat(), "kind": kind},
        {"on": day.isoformat(), "kind": "unemployed_again"},
    ]
    return dict(claim.facts) | {"events": [*claim.facts.get("events", ()), *ends]}


def _too_long(answer: Answer) -> bool:
    return any(line["code"] == "new_claim" for line in answer["needs_human"])


def _months(answer: Answer) -> list[date]:
    return [date.fromisoformat(f"{line['month']}-01") for line in answer["payments"]]
