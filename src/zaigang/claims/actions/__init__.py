"""The only writes of this stage. The counter's confirmation is in `claims.one_stop`."""

from zaigang.claims.actions.appealing import answer_appeal, receive_appeal, withdraw_appeal
from zaigang.claims.actions.correcting import (
    approve_correction,
    check_correction,
    drop_correction,
    make_correction,
)
from zaigang.claims.actions.deciding import decide_case, decide_closure, fix_months
from zaigang.claims.actions.lawmaking import confirm_law, load_law, withdraw_law
from zaigang.claims.actions.monthly import release_due, set_monthly_rule, start_due_runs, start_run
from zaigang.claims.actions.paying import make_list, release
from zaigang.claims.actions.recovering import agree, notify, receive, write_off
from zaigang.claims.actions.redeciding import apply_law, preview_law, start_preview
from zaigang.claims.actions.refusing import Offer, hear, judge, note_refusal
from zaigang.claims.actions.resuming import carry, resume, undo_carry
from zaigang.claims.actions.settling import settle
from zaigang.claims.actions.signing import Signed, approve, check, return_claim
from zaigang.claims.actions.stopping import stop, undo_stop
from zaigang.claims.actions.suspending import lift, prolong, suspend

__all__ = [
    "Offer",
    "Signed",
    "agree",
    "answer_appeal",
    "apply_law",
    "approve",
    "approve_correction",
    "carry",
    "check",
    "check_correction",
    "confirm_law",
    "decide_case",
    "decide_closure",
    "drop_correction",
    "fix_months",
    "hear",
    "judge",
    "lift",
    "load_law",
    "make_correction",
    "make_list",
    "note_refusal",
    "notify",
    "preview_law",
    "prolong",
    "receive",
    "receive_appeal",
    "release",
    "release_due",
    "resume",
    "return_claim",
    "set_monthly_rule",
    "settle",
    "start_due_runs",
    "start_preview",
    "start_run",
    "stop",
    "suspend",
    "undo_carry",
    "undo_stop",
    "withdraw_appeal",
    "withdraw_law",
    "write_off",
]
