"""What this stage writes: that somebody looked."""

from datetime import timedelta

from django.utils.translation import gettext as _

from zaigang.desk.enums import Number, Page, Reason
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.ledger.queries import reads_of
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand
from zaigang.roster.models import Case
from zaigang.roster.permissions import REVEAL

#: Opening the same page again within this time is the same look.
ONE_LOOK = timedelta(minutes=10)


def note_look(*, case: Case, by: Staff) -> None:
    """Record that `by` opened the page of this person, once in ten minutes."""
    lately = reads_of(case.pk).filter(reader=by.pk, page=Page.CASE, read_at__gt=clock.now() - ONE_LOOK)
    if not lately.exists():
        record_read(subject=case.pk, page=Page.CASE, by=by)


def reveal(*, case: Case, number: str, reason: str, by: Staff) -> str:
    """Record who needs a whole number and what for, then give it.

    Raises `PermissionDenied`, or `ZaigangError` where the reason is missing or there is no such number.
    """
    demand(by, REVEAL, case.closure.office)
    if reason not in Reason.values:
        raise ZaigangError(_("没有选原因"), case.label, _("请先选为什么要看完整号码"))
    value = getattr(case.worker, number, None) if case.worker and number in Number.values else None
    if not value:
        raise ZaigangError(_("没有这个号码"), case.label, _("花名册里没有，请向本人或单位要"))
    record_read(subject=case.pk, page=Page.REVEAL, by=by, revealed=[number], reason=reason)
    return str(value)
