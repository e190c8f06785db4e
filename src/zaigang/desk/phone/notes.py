"""Facts of the ledger in words, where they say something to whoever reads: a time, a number, a month."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.enums import Outcome, Presence, StopReason, SuspendReason
from zaigang.desk.phone.slots import when_words
from zaigang.look.formats import day_words, month_words

Facts = Mapping[str, Any]


def facts_words(facts: Facts) -> str:
    """One line; empty where the facts say nothing. A fact that does not read is left out."""
    return " · ".join(part for tell in _TELLING if (part := tell(facts)))


def _slot(facts: Facts) -> str:
    if "slot" not in facts or "day" not in facts:
        return ""
    return when_words(date.fromisoformat(facts["day"]), time.fromisoformat(facts["at"]))


def _ticket(facts: Facts) -> str:
    if "ticket" not in facts:
        return ""
    label = f"{facts['series']}{facts['number']:03d}"
    return f"{label}，{_('%(n)s 号窗口') % {'n': facts['window']}}" if facts.get("window") else label


def _presence(facts: Facts) -> str:
    return _chosen(Presence.choices, facts.get("presence"))


def _outcome(facts: Facts) -> str:
    differs = _("与测算不同") if facts.get("differs") else ""
    told = _chosen(Outcome.choices, facts.get("outcome"))
    return f"{told}（{differs}）" if told and differs else told


def _month(facts: Facts) -> str:
    if "month" not in facts:
        return ""
    return month_words(date.fromisoformat(f"{facts['month']}-01"), get_language() or "zh-hans")


def _since(facts: Facts) -> str:
    return day_words(date.fromisoformat(facts["on"]), get_language() or "zh-hans") if "on" in facts else ""


def _stopped(facts: Facts) -> str:
    return _chosen([*StopReason.choices, *SuspendReason.choices], facts.get("reason"))


def _until(facts: Facts) -> str:
    if "until" not in facts:
        return ""
    day = day_words(date.fromisoformat(facts["until"]), get_language() or "zh-hans")
    return _("%(day)s再看") % {"day": day}


def _chosen(choices: Any, code: Any) -> str:
    return str(dict(choices).get(code, ""))


_TELLING: tuple[Callable[[Facts], str], ...] = (
    _slot,
    _ticket,
    _presence,
    _outcome,
    _month,
    _since,
    _stopped,
    _until,
)
