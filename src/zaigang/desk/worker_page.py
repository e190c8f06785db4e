"""What the worker's page shows to whom."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from zaigang.claims.enums import ClaimState, Life, Outcome, PaymentState
from zaigang.claims.explaining import Explanation, explain
from zaigang.claims.papers import missing_papers
from zaigang.claims.permissions import VIEW as VIEW_DECISION
from zaigang.claims.queries import decision_of
from zaigang.desk.enums import Number, Page, Reason
from zaigang.desk.labels import field_label
from zaigang.desk.permissions import BEFORE_VISIT, SEE_WAGE, VIEW_READS
from zaigang.desk.phone.page import Standing, standing_of
from zaigang.desk.phone.slots import FreeDay, free_days, needs_slot, when_words
from zaigang.desk.provenance import Provenance, provenance_of
from zaigang.desk.timeline import timeline_of
from zaigang.foundation import clock
from zaigang.ledger.queries import reads_of
from zaigang.look.components import SummaryRow, TimelineEntry
from zaigang.look.formats import day, day_words, mask_phone, month_words, yuan
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.outcomes.people import shown_name
from zaigang.roster.enums import CaseState
from zaigang.roster.facts import CASE_FIELDS
from zaigang.roster.models import Case, LifeEvent, Worker
from zaigang.roster.permissions import NOTE_LIFE_EVENT, REVEAL, SEE_NAMES

LOOKS_SHOWN = 50
_WAITS = {
    ClaimState.MADE: _lazy("申领已受理，等复核。"),
    ClaimState.CHECKED: _lazy("申领已复核，等审批。"),
    ClaimState.RETURNED: _lazy("申领退回了经办人。改好再交。"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: who, when, at which page, which whole numbers, what for."""

    who: str
    when: Any
    page: str
    revealed: str
    reason: str


@dataclass(slots=True)
class WorkerPage:
    """One person in one closure, as the reader may see them. `looks` is None for who sees the own count alone."""

    case: Case
    name: str
    age: int | None
    phones: list[str]
    callable_phones: bool
    may_reveal: bool
    next_step: str
    facts: list[SummaryRow]
    provenance: Provenance
    timeline: list[TimelineEntry]
    own_looks: int
    looks: list[Look] | None
    decision: Explanation | None
    papers: list[Any]
    here: Standing
    sees_claim: bool
    free: list[FreeDay]
    may_book: bool
    life_events: list[LifeEvent]
    may_note_life: bool
    may_print_why: bool
    others: list[Case] = field(default_factory=list)


def worker_page(case: Case, reader: Staff) -> WorkerPage:
    """Needs the case with worker, firm and the closure's office."""
    office, worker = case.closure.office, case.worker
    full = may(reader, SEE_NAMES, office)
    phones = worker.phones if worker else []
    source, here = provenance_of(case), standing_of(case)
    may_book = may(reader, BEFORE_VISIT, office) and worker is not None and needs_slot(case)
    return WorkerPage(
        case=case,
        name=shown_name(reader, case),
        age=_age(worker, clock.today()),
        phones=phones if full else [mask_phone(phone) for phone in phones],
        callable_phones=full,
        may_reveal=may(reader, REVEAL, office) and worker is not None,
        next_step=_next_step(here, clock.today()),
        facts=_facts(case, source, wage=may(reader, SEE_WAGE, office)),
        provenance=source,
        timeline=timeline_of(case, source.rows),
        own_looks=reads_of(case.pk).filter(reader=reader.pk).count(),
        looks=_looks(case) if may(reader, VIEW_READS, office) else None,
        **_decision(here, reader),
        here=here,
        sees_claim=may(reader, VIEW_DECISION, office),
        free=free_days(case) if may_book else [],
        may_book=may_book,
        life_events=list(worker.life_events.filter(current=True)) if worker else [],
        may_note_life=may(reader, NOTE_LIFE_EVENT, office) and worker is not None,
        may_print_why=full and may(reader, VIEW_DECISION, office),
        others=_others(case, reader),
    )


def _decision(here: Standing, reader: Staff) -> dict[str, Any]:
    case = here.case
    # Once there is a claim its own page says what was decided; what the roster let expect would only confuse.
    sees = may(reader, VIEW_DECISION, case.closure.office) and here.claim is None
    found = decision_of(case) if sees else None
    if found is None:
        return {"decision": None, "papers": []}
    # Once somebody has registered there is nothing left to bring.
    papers = [] if here.registration else missing_papers(case, clock.today())
    return {"decision": explain(found), "papers": papers}


def _age(worker: Worker | None, today: date) -> int | None:
    if worker is None:
        return None
    return today.year - worker.born.year - ((today.month, today.day) < (worker.born.month, worker.born.day))


def _next_step(here: Standing, today: date) -> str:
    """What the office does next for the person, by where they stand."""
    case = here.case
    if case.state in (CaseState.RETIRED, CaseState.LEFT_LABOUR_FORCE):
        return _("不用再办。记错了的，可以更正。")
    if here.registration is None:
        return _before_registration(here, today)
    if here.claim is None:
        return _("登记办好了，还没有申领失业保险金。联系本人来申领。")
    if here.claim.stopped_on is not None:
        return _("失业保险金已停发（%(reason)s）。") % {"reason": here.claim.get_stop_reason_display()}
    return _claim_step(here)


def _claim_step(here: Standing) -> str:
    claim = here.claim
    assert claim is not None
    if claim.state != ClaimState.APPROVED:
        held = claim.outcome == Outcome.HOLD
        return _("申领先收下，还不能定。查清以后再提交。") if held else str(_WAITS[ClaimState(claim.state)])
    if claim.outcome == Outcome.REFUSE:
        return _("申领已审批，这次不发放。本人问起的，说明理由。")
    if claim.life == Life.SUSPENDED:
        return _("失业保险金暂缓发放，等核实。核实完继续或者停发。")
    coming = [one for one in here.payments if one.state == PaymentState.PLANNED]
    if not coming:
        return _("没有等放行的月份了。")
    return _("等放行：%(month)s起，还有 %(n)s 个月。") % {
        "month": month_words(coming[0].month), "n": len(coming),
    }  # fmt: skip


def _before_registration(here: Standing, today: date) -> str:
    case, last = here.case, here.case.laid_off_on
    if here.booking is not None:
        slot = here.booking.slot
        words = _("约好%(when)s来办失业登记。改时间在下面。")
        return words % {"when": when_words(slot.day, slot.starts_at)}
    if last is not None and last >= today:
        words = _("%(day)s 起可以办失业登记。在这之前先打电话，说好来的日子和要带的东西。")
        return words % {"day": day_words(last + timedelta(days=1))}
    if case.worker is not None and not case.worker.phones:
        return _("花名册里没有电话。先向单位或社区要到电话，再约来办失业登记。")
    return _("打电话联系本人，约好哪天来办失业登记，说清要带什么。")


def _facts(case: Case, source: Provenance, *, wage: bool) -> list[SummaryRow]:
    shown = [name for name in CASE_FIELDS if name != "monthly_wage" or wage]
    return [
        SummaryRow(field_label(name), _words(case, name), note=source.elsewhere.get(name, ""))
        for name in shown
    ]


def _words(case: Case, name: str) -> str:
    value = getattr(case, name)
    if value in (None, ""):
        return ""
    if name == "left_because":
        return str(case.get_left_because_display())
    if name.endswith("_months"):
        return ngettext("%(n)s 个月", "%(n)s 个月", value) % {"n": value}
    if isinstance(value, date):
        return day(value)
    return yuan(value) if name == "monthly_wage" else str(value)


def _looks(case: Case) -> list[Look]:
    reads = list(reads_of(case.pk)[:LOOKS_SHOWN])
    staff = Staff.objects.in_bulk({read.reader for read in reads})
    numbers, reasons, pages = dict(Number.choices), dict(Reason.choices), dict(Page.choices)
    return [
        Look(
            who=staff[read.reader].full_name if read.reader in staff else _("已离职的工作人员"),
            when=read.read_at,
            page=str(pages.get(read.page, read.page)),
            revealed=_("、").join(str(numbers.get(one, one)) for one in read.revealed),
            reason=str(reasons.get(read.reason, read.reason)),
        )
        for read in reads
    ]


def _others(case: Case, reader: Staff) -> list[Case]:
    """The same person in other closures, where the reader may see them."""
    if case.worker is None:
        return []
    cases = Case.objects.for_user(reader).people().filter(worker=case.worker).exclude(pk=case.pk)
    return list(cases.select_related("closure"))
