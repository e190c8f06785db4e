"""What one visit to the window leaves in the worker's hand: registration form, and claim form with its receipt.

The wording of both follows blanks of another province, for none of this place was found; what differs by place comes
as data. Printed in Chinese whatever the language of the screen.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zaigang.claims.printing.values import Tick, capitals, check_tail, copies_words, money, month, printable
from zaigang.foundation.pdf import compile_pdf
from zaigang.foundation.qr import qr_svg

TEMPLATE = Path(__file__).with_name("one_stop.typ")
SIGNERS = ("经办人", "复核人", "审核人")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardData:
    """失业人员登记表. What is None prints as a blank to be filled by hand.

    `id_number` is printed whole: the sheet is the person's own. `reasons` and `notices` are the whole lists of the
    form, with what was chosen. `maker`, `checker`, `approver` are names of staff.
    """

    number: str
    office: str
    name: str
    declaration: str
    reasons: tuple[Tick, ...]
    notices: tuple[Tick, ...] = ()
    title: str = "失业人员登记表"
    band: str = "（失业登记凭证）"
    sex: str | None = None
    id_number: str | None = None
    nation: str | None = None
    education: str | None = None
    phone: str | None = None
    household_address: str | None = None
    home_address: str | None = None
    employer: str | None = None
    unemployed_since: date | None = None
    wishes: str | None = None
    intention: str | None = None
    signed_on: date | None = None
    certificate: bool | None = None
    recipient: str | None = None
    recipient_phone: str | None = None
    recipient_address: str | None = None
    opinion: str | None = None
    maker: str | None = None
    checker: str | None = None
    approver: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class InsuredPeriod:
    """Months with one employer; `first` and `last` are any day of their month."""

    employer: str
    code: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """`months` months from `first` to `last` with the same amount, in yuan each month. `sure`: verified in law."""

    first: date
    last: date
    months: int
    yuan: Decimal
    sure: bool = True


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """One sentence of the decision, and the article that it rests on."""

    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """失业保险金申领表 and its receipt. What is None prints as a blank to be filled by hand.

    `account_tail` is the last four digits of the bank account. `spans` are in order and one after another; the first
    is the amount of the opinion, and where there are several all are listed. `answer` is the decision in one sentence.
    Months are counts; `at_most`: the months of the spans are a bound, and the paper says so.
    """

    number: str
    office: str
    name: str
    title: str = "失业保险金申领表"
    band: str = "（附受理回执）"
    sex: str | None = None
    phone: str | None = None
    id_number: str | None = None
    certificate_number: str | None = None
    education: str | None = None
    account_tail: str | None = None
    bank: str | None = None
    account_holder: str | None = None
    household_address: str | None = None
    home_address: str | None = None
    interruption: str | None = None
    seeks_work: bool | None = None
    medical: str | None = None
    periods: tuple[InsuredPeriod, ...] = ()
    deemed_months: int | None = None
    transferred_months: int | None = None
    total_months: int | None = None
    left_over_months: int | None = None
    transferred_benefit_months: int | None = None
    spans: tuple[AmountSpan, ...] = ()
    at_most: bool = False
    medical_premium: Decimal | None = None
    answer: str | None = None
    reasons: tuple[DecisionReason, ...] = ()
    notices: tuple[Tick, ...] = ()
    signed_on: date | None = None
    maker: str | None = None
    checker: str | None = None
    approver: str | None = None
    decided_on: date | None = None
    received_on: date | None = None
    answer_by: date | None = None
    office_phone: str | None = None

    def __post_init__(self) -> None:
        check_tail(self.account_tail)


def one_stop_pdf(
    card: CardData, receipt: ReceiptData | None, *, verify_url: str, made_at: datetime, copies: int = 2
) -> bytes:
    """One A4 document: the registration, then the claim where there is one. Raises CannotPrint.

    `verify_url` is the signed address at which somebody may check it; it stands on each form as a QR code.
    """
    data = {
        "title": card.title,
        "office": card.office,
        "copies": copies_words(copies),
        "code": qr_svg(verify_url),
        "card": _card(card),
        "receipt": _receipt(receipt) if receipt else None,
    }
    return compile_pdf(TEMPLATE, data, made_at=made_at)


def _card(card: CardData) -> dict[str, Any]:
    return printable(card) | {"people": _signers(card)}


def _receipt(receipt: ReceiptData) -> dict[str, Any]:
    spans = receipt.spans
    return printable(receipt) | {
        "people": _signers(receipt),
        "account": f"尾号 {receipt.account_tail}" if receipt.account_tail else "",
        # The table keeps a line to write on when no period is known.
        "periods": [_period(period) for period in receipt.periods or (InsuredPeriod(""),)],
        "spans": [_span(span) for span in spans],
        "monthly": money(spans[0].yuan) if spans else "",
        "monthly_capitals": capitals(spans[0].yuan) if spans else "",
        "first_month": month(spans[0].first) if spans else "",
        "last_month": month(spans[-1].last) if spans else "",
        "months": str(sum(span.months for span in spans)) if spans else "",
    }


def _period(period: InsuredPeriod) -> dict[str, Any]:
    return printable(period) | {"first": month(period.first), "last": month(period.last)}


def _span(span: AmountSpan) -> dict[str, Any]:
    words = {"first": month(span.first), "last": month(span.last), "capitals": capitals(span.yuan)}
    return printable(span) | words


def _signers(form: CardData | ReceiptData) -> list[dict[str, str]]:
    names = (form.maker, form.checker, form.approver)
    return [{"label": label, "name": name or ""} for label, name in zip(SIGNERS, names, strict=True)]
