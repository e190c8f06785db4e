"""The only writes of this stage. The counter's confirmation is in `claims.one_stop`."""

from zaigang.claims.actions.deciding import decide_case, decide_closure, fix_months
from zaigang.claims.actions.lawmaking import confirm_law, load_law, withdraw_law
from zaigang.claims.actions.monthly import release_due, set_monthly_rule, start_due_runs, start_run
from zaigang.claims.actions.paying import make_list, release
from zaigang.claims.actions.redeciding import apply_law, preview_law
from zaigang.claims.actions.settling import settle
from zaigang.claims.actions.signing import Signed, approve, check, return_claim
from zaigang.claims.actions.stopping import stop, undo_stop

__all__ = [
    "Signed",
    "apply_law",
    "approve",
    "check",
    "confirm_law",
    "decide_case",
    "decide_closure",
    "fix_months",
    "load_law",
    "make_list",
    "preview_law",
    "release",
    "release_due",
    "return_claim",
    "set_monthly_rule",
    "settle",
    "start_due_runs",
    "start_run",
    "stop",
    "undo_stop",
    "withdraw_law",
]
