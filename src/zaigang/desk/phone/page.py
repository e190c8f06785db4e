"""The worker's own page: what is next, what is to be done, when money comes. Never an identity or bank number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from zaigang.claims.enums import ClaimState, Life, Outcome, PaymentState
from zaigang.claims.explaining import explain
from zaigang.claims.models import Claim, FirstDecision, Payment, Registration
from zaigang.claims.papers import missing_papers
from zaigang.claims.queries import decision_of
from zaigang.desk.phone.slots import booking_of, to_bring, when_words
from zaigang.foundation import clock
from zaigang.hall.enums import TicketState
from zaigang.hall.models import UNFINISHED, Booking, Ticket
from zaigang.look.components import TaskRow
from zaigang.look.formats import bank_tail, day_words, month_words
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the office knows of where somebody stands."""

    case: Case
    registration: Registration | None
    claim: Claim | None
    payments: Sequence[Payment]
    booking: Booking | None
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do now. `when` is a date in words, `bring` what to take along, `where` the window or office."""

    what: str
    when: str = ""
    bring: Sequence[str] = ()
    where: str = ""
    may_choose: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """Months in a row that are alike. `yuan` None: not known yet."""

    first: date
    last: date
    months: int
    yuan: Decimal | None
    kind: str
    word: str
    planned: bool
    sure: bool = True


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What the page shows. `bank`: the last four of the account that money goes to; `answer`: what was worked out."""

    next: Next
    tasks: Sequence[TaskRow]
    money: Sequence[Months]
    bank: str
    is_planned: bool
    answer: str
    claimed: bool


def standing_of(case: Case) -> Standing:
    """Read it, in five queries. Needs worker and closure with office."""
    claim = Claim.objects.select_related("ruling").filter(case=case).first()
    held = Ticket.objects.filter(case=case, service_day__day=clock.today(), state__in=UNFINISHED)
    return Standing(
        case=case,
        registration=Registration.objects.filter(worker=case.worker_id, current=True).first(),
        claim=claim,
        payments=list(Payment.objects.filter(claim=claim).order_by("month")) if claim else [],
        booking=booking_of(case),
        ticket=held.select_related("window").first(),
    )


def own_page(case: Case) -> OwnPage:
    """The page of one person."""
    here = standing_of(case)
    money, answer = months_of(here.payments), answer_of(case, here.claim)
    return OwnPage(
        next=next_step(here),
        tasks=_tasks(here),
        money=money,
        bank=_bank(case, here.claim),
        is_planned=any(run.planned for run in money),
        answer=explain(answer).answer if answer else "",
        claimed=here.claim is not None,
    )


def _bank(case: Case, claim: Claim | None) -> str:
    """The end of the account that the list names: what was said at the window, else the roster's."""
    account = (claim.answers.get("bank_account") if claim else "") or (
        case.worker and case.worker.bank_account
    )
    return bank_tail(str(account)) if account else ""


def answer_of(case: Case, claim: Claim | None) -> FirstDecision | None:
    """What was worked out last, as `claims.explaining` takes it: with the claim, or before it from the roster."""
    if claim is None:
        return decision_of(case)
    return FirstDecision(
        case=case, ruling=claim.ruling, decided_on=claim.applied_on, eligible=claim.eligible,
        months_exact=claim.months_exact, months_at_most=claim.months_at_most, facts=claim.facts,
    )  # fmt: skip


def next_step(here: Standing) -> Next:
    """In the order of urgency: a number in the hand, then what the state asks for."""
    case, office = here.case, _("%(office)s的大厅") % {"office": here.case.closure.office.name}
    if here.ticket is not None:
        return _in_the_hall(here.ticket, office)
    if case.state == CaseState.RETIRED:
        return Next(_("您已经领养老金，不用再办失业登记。"))
    if case.state == CaseState.LEFT_LABOUR_FORCE:
        return Next(_("这份档案不用再办。有疑问请到窗口问。"), where=office)
    if here.claim is not None and here.claim.life == Life.CARRIED:
        return Next(_("这次没领完的月数，转到您新的申领里。按新的离岗来登记和申领"), where=office)
    if here.registration is None:
        return _before_registration(here, office)
    return _after_registration(here, office)


def _in_the_hall(ticket: Ticket, office: str) -> Next:
    number = ticket.label
    if ticket.window is None:
        return Next(_("您的号是 %(number)s，请等叫号") % {"number": number}, where=office)
    where = _("%(n)s 号窗口") % {"n": ticket.window.number}
    if ticket.state == TicketState.SERVING:
        return Next(_("您的号 %(number)s 正在办") % {"number": number}, where=where)
    return Next(_("您的号 %(number)s 叫到了") % {"number": number}, where=where)


def _before_registration(here: Standing, office: str) -> Next:
    case, today = here.case, clock.today()
    bring = to_bring(missing_papers(case, today))
    what = _("来办失业登记和失业保险金，一次办完")
    if here.booking is not None:
        slot = here.booking.slot
        return Next(what, when_words(slot.day, slot.starts_at), bring, office, may_choose=True)
    if case.laid_off_on is not None and case.laid_off_on >= today:
        day = day_words(case.laid_off_on + timedelta(days=1))
        return Next(what, _("%(day)s起") % {"day": day}, bring, office, may_choose=True)
    return Next(_("选一个时间，来办失业登记和失业保险金"), "", bring, office, may_choose=True)


def _after_registration(here: Standing, office: str) -> Next:
    claim = here.claim
    if claim is None:
        return Next(_("失业登记办好了。要领失业保险金，请到窗口申领"), where=office)
    if claim.life == Life.SUSPENDED:
        return Next(
            _("失业保险金先等一等：有一件事要核实。核实完照发，不会少。想知道是什么事，请到窗口问"),
            where=office,
        )
    if claim.stopped_on is not None and claim.outcome != Outcome.REFUSE:
        return Next(_("失业保险金已经停发。想知道为什么，或者又没有工作了，请到窗口问"), where=office)
    if claim.state != ClaimState.APPROVED:
        return Next(_waits_for(claim), where="")
    if claim.outcome == Outcome.REFUSE:
        return Next(_("这次没有同意发放失业保险金。不同意的，可以到窗口要求说明"), where=office)
    return _money_comes(here.payments)


def _waits_for(claim: Claim) -> str:
    if claim.outcome == Outcome.HOLD:
        return _("申领收下了，还缺能定的依据。工作人员查清后告诉您，您不用做什么")
    return {
        ClaimState.MADE: _("申领收下了，等复核。您不用做什么"),
        ClaimState.CHECKED: _("申领复核过了，等审批。您不用做什么"),
        ClaimState.RETURNED: _("申领有一处要改，工作人员在办，需要您时会联系您"),
    }[ClaimState(claim.state)]


def _money_comes(payments: Iterable[Payment]) -> Next:
    coming = [one for one in payments if one.state in (PaymentState.PLANNED, PaymentState.RELEASED)]
    if not coming:
        return Next(_("失业保险金都已列入发放名册。找到工作了，请告诉我们"))
    words = _("%(month)s的失业保险金等着列入发放名册。找到工作了，请告诉我们")
    return Next(words % {"month": month_words(coming[0].month)})


def _tasks(here: Standing) -> list[TaskRow]:
    return [_registration_row(here), _claim_row(here), _signing_row(here.claim)]


def _registration_row(here: Standing) -> TaskRow:
    label = _("失业登记")
    if here.registration is not None:
        return TaskRow(label, "done", _("已办好"), note=_number(here.registration))
    if here.case.state in (CaseState.RETIRED, CaseState.LEFT_LABOUR_FORCE):
        return TaskRow(label, "idle", _("不用办"))
    return TaskRow(label, "needs", _("可以办"))


def _number(registration: Registration) -> str:
    return _("%(day)s，编号 %(number)s") % {
        "day": day_words(registration.registered_on), "number": registration.number,
    }  # fmt: skip


def _claim_row(here: Standing) -> TaskRow:
    label = _("失业保险金申领")
    if here.claim is not None:
        return TaskRow(label, "done", _("已申领"), note=day_words(here.claim.applied_on))
    if here.case.state in (CaseState.RETIRED, CaseState.LEFT_LABOUR_FORCE):
        return TaskRow(label, "idle", _("不用办"))
    return TaskRow(label, "needs", _("可以办"), note=_("和失业登记一起办"))


def _signing_row(claim: Claim | None) -> TaskRow:
    label = _("复核和审批")
    if claim is None:
        return TaskRow(label, "idle", _("还不能办"), note=_("申领以后，由我们来办"))
    if claim.state == ClaimState.APPROVED:
        note = _("同意发放") if claim.outcome == Outcome.GRANT else _("这次不发放")
        return TaskRow(label, "done", _("已办好"), note=note)
    word = {
        ClaimState.MADE: _("等复核"),
        ClaimState.CHECKED: _("等审批"),
        ClaimState.RETURNED: _("在改"),
    }[ClaimState(claim.state)]
    return TaskRow(label, "progress", word, note=_("由我们来办，您不用做什么"))


#: State of a month -> kind of tag.
_KINDS = {
    PaymentState.PLANNED: "progress",
    PaymentState.RELEASED: "progress",
    PaymentState.LISTED: "done",
    PaymentState.STOPPED: "stopped",
    PaymentState.HELD: "needs",
}


def months_of(payments: Sequence[Payment]) -> list[Months]:
    """Months in a row with the same amount and state, drawn together."""
    runs = groupby(payments, key=lambda one: (one.yuan, one.state, one.planned, one.status == "verified"))
    return [
        _run(yuan, PaymentState(state), planned, sure, list(run))
        for (yuan, state, planned, sure), run in runs
    ]


def _run(
    yuan: Decimal | None, state: PaymentState, planned: bool, sure: bool, run: Sequence[Payment]
) -> Months:
    word = {
        PaymentState.PLANNED: _("还没放行"),
        PaymentState.RELEASED: _("已放行"),
        PaymentState.LISTED: _("已列入发放名册"),
        PaymentState.STOPPED: _("停发"),
        PaymentState.HELD: _("先等一等，在核实"),
    }[state]
    return Months(run[0].month, run[-1].month, len(run), yuan, _KINDS[state], word, planned, sure)
