"""The only writes of this stage. The counter's confirmation is in `claims.one_stop`."""

from zaigang.claims.actions.deciding import decide_case, decide_closure, fix_months
from zaigang.claims.actions.monthly import release_due, set_monthly_rule, start_due_runs, start_run
from zaigang.claims.actions.paying import make_list, release
from zaigang.claims.actions.settling import settle
from zaigang.claims.actions.signing import Signed, approve, check, return_claim
from zaigang.claims.actions.stopping import stop, undo_stop

__all__ = [
    "Signed",
    "approve",
    "check",
    "decide_case",
    "decide_closure",
    "fix_months",
    "make_list",
    "release",
    "release_due",
    "return_claim",
    "set_monthly_rule",
    "settle",
    "start_due_runs",
    "start_run",
    "stop",
    "undo_stop",
]
