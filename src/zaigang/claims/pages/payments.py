"""The pages of a month's payments."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zaigang.claims.enums import PaymentState
from zaigang.claims.models import BackPay, Payment, PaymentList
from zaigang.claims.pages.names import name_for
from zaigang.claims.queries.back_pay import back_pay_due
from zaigang.claims.queries.payments import Changes, changes, month_before, payments_of, with_people
from zaigang.claims.queries.signing import own_file
from zaigang.offices.models import Office, Staff

#: A form of more boxes would not be taken in (DATA_UPLOAD_MAX_NUMBER_FIELDS).
AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One person's month. `own`: the reader's own file, which somebody else releases."""

    payment: Payment
    name: str
    own: bool
    new: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month of one office: who waits for release, whose amount is unknown, who waits for the list.

    `back_pay` waits for the next list, whichever month it is made for; with the person's name.
    """

    office: Office
    month: date
    planned: list[PaymentRow]
    unknown: list[PaymentRow]
    released: list[PaymentRow]
    new: list[PaymentRow]
    gone: list[PaymentRow]
    lists: list[PaymentList]
    before: date
    back_pay: list[tuple[BackPay, str]]

    @property
    def back_pay_yuan(self) -> Decimal:
        return sum((one.yuan for one, _name in self.back_pay), Decimal())

    @property
    def planned_yuan(self) -> Decimal:
        return _sum(self.planned)

    @property
    def released_yuan(self) -> Decimal:
        return _sum(self.released)

    @property
    def first_planned(self) -> list[PaymentRow]:
        return self.planned[:AT_ONCE]

    @property
    def releasable(self) -> int:
        return sum(not row.own for row in self.first_planned)


def month_page(office: Office, month: date, reader: Staff) -> MonthPage:
    """Everybody of the month in a constant number of queries."""
    changed = changes(office, month)
    rows = payment_rows(with_people(payments_of(office, month)), reader, changed.new)
    planned = [row for row in rows if row.payment.state == PaymentState.PLANNED]
    return MonthPage(
        office=office,
        month=month,
        planned=[row for row in planned if row.payment.yuan is not None],
        unknown=[row for row in planned if row.payment.yuan is None],
        released=[row for row in rows if row.payment.state == PaymentState.RELEASED],
        new=[row for row in rows if row.new],
        gone=_gone(changed, reader),
        lists=list(
            PaymentList.objects.filter(office=office, month=month).select_related("made_by").order_by("batch")
        ),
        before=month_before(month),
        back_pay=[
            (one, name_for(reader, one.payment.claim.case))
            for one in sorted(back_pay_due(office, month), key=_in_the_roster)
        ],
    )


def payment_rows(payments: Iterable[Payment], reader: Staff, new: Collection[UUID] = ()) -> list[PaymentRow]:
    """Lines of payments; `new` holds the claims that were not paid the month before."""
    return [
        PaymentRow(
            payment=payment,
            name=name_for(reader, payment.claim.case),
            own=own_file(payment.claim, reader),
            new=payment.claim_id in new,
        )
        for payment in payments
    ]


def _gone(changed: Changes, reader: Staff) -> list[PaymentRow]:
    return [
        PaymentRow(one.payment, name_for(reader, one.payment.claim.case), own=False, new=False, why=one.why)
        for one in changed.gone
    ]


def _in_the_roster(one: BackPay) -> tuple[str, int, date]:
    case = one.payment.claim.case
    return case.closure.code, case.number, one.payment.month


def _sum(rows: Iterable[PaymentRow]) -> Decimal:
    return sum((row.payment.yuan or Decimal() for row in rows), Decimal())
