"""An offer was not taken. One person notes all of it, the worker may be heard, another judges; nothing is automatic."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from zaigang.claims.actions.episodes import demand_day_come, demand_words, tell
from zaigang.claims.actions.signing import lock
from zaigang.claims.actions.stopping import stop_by
from zaigang.claims.enums import RefusalState, StopReason, Verb
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.models import Claim, Refusal
from zaigang.claims.queries.claims import is_drawing
from zaigang.foundation import clock
from zaigang.offices.models import Staff


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered and how it went. All of it is needed: without it nobody can judge."""

    kind: str
    offered_on: date
    refused_on: date
    told_on: date
    offer: str
    place: str
    terms: str
    suitable: str
    words: str


_TEXTS = {
    "offer": "介绍的是哪个单位、什么岗位或培训",
    "place": "在哪里、怎么去",
    "terms": "工资、班次、要求",
    "suitable": "为什么适合本人",
    "words": "本人怎么说",
}


@transaction.atomic
def note_refusal(*, claim: Claim, offer: Offer, by: Staff) -> Refusal:
    """Write down that an offer was refused. Nothing stops by it.

    Raises `EvidenceMissing` where something is left out or the days do not fit, `NoSuchStep` where nothing is drawn or
    another refusal waits to be judged, `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    if not is_drawing(locked) or locked.stopped_on is not None:
        raise NoSuchStep("这份申领现在没有在领", locked.case.label, "没有在领的，不用记")
    for name, label in _TEXTS.items():
        demand_words(getattr(offer, name), f"没有写{label}", locked, "写全了，另一人才能核定")
    demand_day_come(offer.refused_on, locked)
    if max(offer.offered_on, offer.told_on) > offer.refused_on:
        raise EvidenceMissing(
            "日期的先后不对", locked.case.label, "先介绍、先告诉本人后果，本人才算没有接受；请核对"
        )
    if locked.refusals.filter(state=RefusalState.NOTED).exists():
        raise NoSuchStep("已经有一条等核定的记录", locked.case.label, "请先核定那一条")
    made = Refusal.objects.create(claim=locked, noted_by=by, noted_at=clock.now(), **asdict(offer))
    tell(locked, Verb.REFUSAL_NOTED, _facts(made), by)
    return made


@transaction.atomic
def hear(*, refusal: Refusal, on: date, words: str, by: Staff) -> Refusal:
    """Keep what the worker says about it. Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`."""
    locked = _locked(refusal.pk, by)
    demand_day_come(on, locked.claim)
    if on < locked.refused_on:
        raise EvidenceMissing("日期的先后不对", locked.claim.case.label, "听取说明在本人没有接受以后")
    locked.heard = demand_words(words, "没有写本人的说明", locked.claim, "请照本人的话写")
    locked.heard_on, locked.heard_by = on, by
    locked.save(update_fields=["heard", "heard_on", "heard_by"])
    tell(locked.claim, Verb.REFUSAL_HEARD, _facts(locked), by)
    return locked


@transaction.atomic
def judge(*, refusal: Refusal, confirmed: bool, judgement: str, by: Staff) -> Refusal:
    """Another person judges: without good reason, and benefit stops from the refusal on; or it changes nothing.

    Raises `WrongSignature` for who noted it and for the own file, `NoSuchStep`, `EvidenceMissing`, `NotDue`.
    """
    locked = _locked(refusal.pk, by)
    if by.pk == locked.noted_by_id:
        raise WrongSignature("记下的人不能自己核定", locked.claim.case.label, "请另一位同事来核定")
    words = demand_words(judgement, "没有写核定的理由", locked.claim, "本人会问为什么，请写清楚")
    locked.state = RefusalState.CONFIRMED if confirmed else RefusalState.DROPPED
    locked.judgement, locked.judged_by, locked.judged_at = words, by, clock.now()
    locked.save(update_fields=["state", "judgement", "judged_by", "judged_at"])
    verb = Verb.REFUSAL_CONFIRMED if confirmed else Verb.REFUSAL_DROPPED
    tell(locked.claim, verb, _facts(locked), by)
    if confirmed:
        stop_by(
            claim=locked.claim, reason=StopReason.REFUSED_WORK, on=locked.refused_on, evidence=words, by=by,
            noted_by=locked.noted_by,
        )  # fmt: skip
    return locked


def _locked(pk: UUID, by: Staff) -> Refusal:
    """The refusal, locked after its claim. Raises `NoSuchStep` once it is judged."""
    claim = lock(Claim.objects.get(refusals=pk), by)
    found = Refusal.objects.select_for_update(of=("self",)).select_related("noted_by").get(pk=pk)
    found.claim = claim
    if found.state != RefusalState.NOTED:
        raise NoSuchStep("这一条已经核定了", claim.case.label, f"结果是：{found.get_state_display()}")
    return found


def _facts(refusal: Refusal) -> dict[str, str]:
    return {"claim": str(refusal.claim_id), "refusal": str(refusal.pk), "on": refusal.refused_on.isoformat()}
