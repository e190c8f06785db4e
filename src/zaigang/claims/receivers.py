"""What this stage waits for: a roster that took effect, a case that was amended."""

from typing import Any

from zaigang.claims.actions import decide_case, decide_closure, stop, undo_stop
from zaigang.claims.enums import Outcome, StopReason
from zaigang.claims.models import Claim
from zaigang.offices.models import Staff
from zaigang.roster.enums import LifeEventKind
from zaigang.roster.models import Case, Closure, LifeEvent, Worker
from zaigang.roster.signals import case_amended, life_event_noted, life_event_undone, roster_imported

#: Up to this many people the first decisions are part of the import. Beyond, they would take longer than all the
#: rest of it, and somebody asks for them: `zaigang claims decide`, or the button on the page.
AT_ONCE = 20_000


def _roster_imported(*, closure: Closure, by: Staff, **_rest: Any) -> None:
    if closure.cases.count() <= AT_ONCE:
        decide_closure(closure=closure, by=by)


def _case_amended(*, case: Case, by: Staff, **_rest: Any) -> None:
    decide_case(case=case, by=by)


#: What happened to somebody -> why their benefit stops.
_STOPS = {LifeEventKind.DIED: StopReason.DIED, LifeEventKind.PENSION: StopReason.PENSION}


def _life_event_noted(*, worker: Worker, event: LifeEvent, by: Staff, **_rest: Any) -> None:
    # A claim that was stopped for something later stops earlier: nothing is due to who was dead or retired by then.
    for claim in Claim.objects.filter(case__worker=worker).order_by("pk"):
        reason = _STOPS[LifeEventKind(event.kind)]
        stop(claim=claim, reason=reason, on=event.on, evidence=event.document, by=by, sooner=True)


def _life_event_undone(*, worker: Worker, event: LifeEvent, by: Staff, **_rest: Any) -> None:
    # A claim that pays is looked at by a clerk, who restores it; of the others nothing is left to look at.
    ended = Claim.objects.filter(case__worker=worker, stop_reason=_STOPS[LifeEventKind(event.kind)])
    for claim in ended.exclude(outcome=Outcome.GRANT).order_by("pk"):
        undo_stop(claim=claim, because="死亡或领养老金的记录有误，已更正", by=by)


def connect() -> None:
    """Called once, when the stage is loaded. They act inside the transaction of what they wait for."""
    roster_imported.connect(_roster_imported, dispatch_uid="claims.roster_imported")
    case_amended.connect(_case_amended, dispatch_uid="claims.case_amended")
    life_event_noted.connect(_life_event_noted, dispatch_uid="claims.life_event_noted")
    life_event_undone.connect(_life_event_undone, dispatch_uid="claims.life_event_undone")
