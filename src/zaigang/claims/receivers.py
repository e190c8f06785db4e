"""What this stage waits for: a roster that took effect, a case that was amended."""

from typing import Any

from zaigang.claims.actions import decide_case, decide_closure
from zaigang.offices.models import Staff
from zaigang.roster.models import Case, Closure
from zaigang.roster.signals import case_amended, roster_imported

#: Up to this many people the first decisions are part of the import. Beyond, they would take longer than all the
#: rest of it, and somebody asks for them: `zaigang claims decide`, or the button on the page.
AT_ONCE = 20_000


def _roster_imported(*, closure: Closure, by: Staff, **_rest: Any) -> None:
    if closure.cases.count() <= AT_ONCE:
        decide_closure(closure=closure, by=by)


def _case_amended(*, case: Case, by: Staff, **_rest: Any) -> None:
    decide_case(case=case, by=by)


def connect() -> None:
    """Called once, when the stage is loaded. Both act inside the transaction of what they wait for."""
    roster_imported.connect(_roster_imported, dispatch_uid="claims.roster_imported")
    case_amended.connect(_case_amended, dispatch_uid="claims.case_amended")
