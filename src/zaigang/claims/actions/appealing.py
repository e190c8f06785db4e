"""The worker disagrees: told why first, written down in their words, answered by a person who did not decide it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from zaigang.claims.actions.episodes import demand_day_come, demand_words, tell
from zaigang.claims.actions.signing import lock
from zaigang.claims.enums import AppealAbout, AppealState, Verb
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.models import Appeal, Claim
from zaigang.claims.queries.appeals import deciders
from zaigang.foundation import clock
from zaigang.offices.models import Staff


@transaction.atomic
def receive_appeal(
    *,
    claim: Claim,
    about: str,
    received_on: date,
    explained_on: date,
    promised_on: date,
    words: str,
    by: Staff,
) -> Appeal:
    """Write down that somebody disagrees. No deadline of a law was found: `promised_on` is the office's own word.

    Raises `EvidenceMissing`, `NoSuchStep` where the same is being looked at already, `WrongSignature`.
    """
    locked = lock(claim, by)
    told = demand_words(words, "没有写本人怎么说", locked, "请照本人的话写")
    demand_day_come(received_on, locked)
    demand_day_come(explained_on, locked)
    if promised_on < received_on:
        raise EvidenceMissing("日期的先后不对", locked.case.label, "答复的日子在收到以后")
    if locked.appeals.filter(about=about, state=AppealState.RECEIVED).exists():
        raise NoSuchStep("这件事已经有一条等答复的", locked.case.label, "请先答复那一条")
    made = Appeal.objects.create(
        claim=locked, about=AppealAbout(about), received_on=received_on, explained_on=explained_on,
        promised_on=promised_on, words=told, noted_by=by, noted_at=clock.now(),
    )  # fmt: skip
    tell(locked, Verb.APPEALED, _facts(made), by)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, changed: bool, answer: str, by: Staff) -> Appeal:
    """A person who had no part in the decision answers, with reasons. Money moves only by the act that follows.

    Raises `WrongSignature` for whoever decided and for the own file, `NoSuchStep`, `EvidenceMissing`.
    """
    found = _locked(appeal.pk, by)
    if by.pk in deciders(found.claim):
        raise WrongSignature("原来是您决定的", found.claim.case.label, "请没有参与过的同事来答复")
    found.answer = demand_words(answer, "没有写答复的理由", found.claim, "本人要看得懂，请写清楚")
    found.state = AppealState.CHANGED if changed else AppealState.UPHELD
    found.decided_by, found.decided_at = by, clock.now()
    found.save()
    tell(found.claim, Verb.APPEAL_ANSWERED, _facts(found) | {"answer": str(found.state)}, by)
    return found


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, by: Staff) -> Appeal:
    """The worker takes it back. Raises `NoSuchStep`, `WrongSignature`."""
    found = _locked(appeal.pk, by)
    found.state = AppealState.WITHDRAWN
    found.save()
    tell(found.claim, Verb.APPEAL_WITHDRAWN, _facts(found), by)
    return found


def _locked(pk: UUID, by: Staff) -> Appeal:
    claim = lock(Claim.objects.get(appeals=pk), by)
    found = Appeal.objects.select_for_update(of=("self",)).get(pk=pk)
    found.claim = claim
    if found.state != AppealState.RECEIVED:
        raise NoSuchStep("这一条已经答复了", claim.case.label, f"结果是：{found.get_state_display()}")
    return found


def _facts(found: Appeal) -> dict[str, str]:
    return {"claim": str(found.claim_id), "appeal": str(found.pk), "about": str(found.about)}
