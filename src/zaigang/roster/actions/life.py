"""Death and pension: what the roster cannot know, and what ends every claim to register."""

from datetime import date

from django.db import transaction

from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState, LifeEventKind, Verb
from zaigang.roster.models import Case, LifeEvent, Worker
from zaigang.roster.signals import life_event_noted, life_event_undone

STATE = {LifeEventKind.DIED: CaseState.LEFT_LABOUR_FORCE, LifeEventKind.PENSION: CaseState.RETIRED}
VERB = {LifeEventKind.DIED: Verb.DIED, LifeEventKind.PENSION: Verb.DRAWS_PENSION}
UNDONE = {LifeEventKind.DIED: Verb.DEATH_UNDONE, LifeEventKind.PENSION: Verb.PENSION_UNDONE}


@transaction.atomic
def note_life_event(*, worker: Worker, kind: str, on: date, document: str, by: Staff) -> LifeEvent:
    """Note that somebody died or draws a pension, by which paper; every case of theirs moves. Noted twice: once.

    Raises `ZaigangError` without a paper, or for a day to come.
    """
    if not document.strip():
        raise ZaigangError("没有写凭什么材料", "", "请写明证明的名称和日期")
    if on > clock.today():
        raise ZaigangError("日期在今天之后", on.isoformat(), "请核对日期")
    # No key changes: a confirmation that holds the case may still point to the person while we wait for it.
    worker = Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
    event = worker.life_events.filter(kind=kind, current=True).first()
    if event is not None:
        return event
    cases = _cases(worker)
    event = LifeEvent.objects.create(
        worker=worker, kind=kind, on=on, document=document.strip(), by=by, at=clock.now(),
        states_before=_states_beneath(worker, cases),
    )  # fmt: skip
    for case in cases:
        _record(case, VERB[LifeEventKind(kind)], event, by)
    # First the ledger says why, then whoever listens stops what is stopped, and last the case stands where it ends.
    life_event_noted.send(sender=LifeEvent, worker=worker, event=event, by=by)
    _stand(worker)
    return event


@transaction.atomic
def undo_life_event(*, event: LifeEvent, by: Staff) -> LifeEvent:
    """It was a mistake. Payments that were stopped stay stopped: a clerk starts them again."""
    event = LifeEvent.objects.select_for_update(of=("self",)).select_related("worker").get(pk=event.pk)
    if not event.current:
        return event
    event.current = False
    event.save(update_fields=["current"])
    for case in _cases(event.worker):
        before = event.states_before.get(str(case.pk), CaseState.NOT_REACHED)
        case.state = CaseState.REGISTERED if before == CaseState.CLAIMING else before
        case.save(update_fields=["state"])
        _record(case, UNDONE[LifeEventKind(event.kind)], event, by)
    _stand(event.worker)
    if not event.worker.life_events.filter(current=True).exists():
        life_event_undone.send(sender=LifeEvent, worker=event.worker, event=event, by=by)
    return event


def _states_beneath(worker: Worker, cases: list[Case]) -> dict[str, str]:
    """Where each case stands but for life events: the first of two may be undone before the second."""
    beneath = {str(case.pk): str(case.state) for case in cases}
    for earlier in worker.life_events.filter(current=True):
        beneath |= {pk: state for pk, state in earlier.states_before.items() if pk in beneath}
    return beneath


def _cases(worker: Worker) -> list[Case]:
    found = Case.objects.people().filter(worker=worker).select_for_update(of=("self",))
    return list(found.select_related("closure").order_by("pk"))


def _stand(worker: Worker) -> None:
    """The furthest state counts: death before pension."""
    kinds = set(worker.life_events.filter(current=True).values_list("kind", flat=True))
    for kind in (LifeEventKind.DIED, LifeEventKind.PENSION):
        if kind in kinds:
            Case.objects.people().filter(worker=worker).update(state=STATE[kind])
            return


def _record(case: Case, verb: Verb, event: LifeEvent, by: Staff) -> None:
    facts = {"event": str(event.pk), "on": event.on.isoformat()}
    record(NewEntry(verb, case.pk, case.closure_id, facts), by=by, office=case.closure.office_id)
