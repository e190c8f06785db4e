"""A month's list as paper and spreadsheet show it, from the lines that went out."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from zaigang.claims.models import BackPay, Payment, PaymentList
from zaigang.claims.printing import ListData, ListLine, Stopped
from zaigang.claims.queries.back_pay import back_pay_on
from zaigang.claims.queries.payments import changes_of
from zaigang.look.formats import last_four, mask_id, mask_name


def list_data(made: PaymentList, *, whole: bool) -> ListData:
    """The list with its lines in the order of the rosters; names and numbers in full, or masked.

    Needs the office. The same list gives the same lines whenever it is asked for. Raises SumsDiffer.
    """
    changed = changes_of(made)
    payments = made.payments.select_related("claim__case__worker", "claim__case__firm").order_by(
        "claim__case__closure__code", "claim__case__number"
    )
    unread = ("claim__facts", "claim__reason", "claim__stop_evidence", "claim__case__note")
    lines = [_line(payment, changed.new, whole=whole) for payment in payments.defer(*unread)]
    lines += [_back_pay_line(one, whole=whole) for one in back_pay_on(made)]
    return ListData(
        office=made.office.name,
        month=made.month,
        batch=f"{made.month:%Y-%m}-{made.batch}",
        lines=tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)),
        persons=made.persons,
        control_sum=made.control_sum,
        stopped=tuple(Stopped(_name(one.payment, whole=whole), one.why) for one in changed.gone),
    )


def _name(payment: Payment, *, whole: bool) -> str:
    worker = payment.claim.case.worker
    assert worker is not None
    return worker.name if whole else mask_name(worker.name)


def _line(payment: Payment, new: frozenset[UUID], *, whole: bool) -> ListLine:
    claim, case, yuan = payment.claim, payment.claim.case, payment.yuan
    worker = case.worker
    assert worker is not None and yuan is not None
    account = str(claim.answers.get("bank_account") or worker.bank_account or "")
    return ListLine(
        number=0,
        name=_name(payment, whole=whole),
        month=payment.month,
        amount=yuan,
        total=yuan,
        id_number=worker.id_number if whole else mask_id(worker.id_number),
        sex=worker.get_sex_display(),
        employer=case.firm.name if case.firm else "",
        standard=yuan,
        nth=payment.draw,
        months=claim.months_exact or claim.months_at_most,
        at_most=claim.months_exact is None,
        bank=str(claim.answers.get("bank") or ""),
        account=account if whole else "",
        account_tail=last_four(account),
        new=claim.pk in new,
    )


def _back_pay_line(one: BackPay, *, whole: bool) -> ListLine:
    """A month's difference on a line of its own, which says why."""
    line = _line(one.payment, frozenset(), whole=whole)
    words = {"document": one.source.get("document") or one.source.get("title") or ""}
    note = (_("更正补差：%(document)s") if one.correction_id else _("补差：%(document)s")) % words
    return replace(line, amount=one.yuan, total=one.yuan, standard=one.standard, note=note)
