"""One finding of money that was not due: which months, by which rule, what came back, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zaigang.claims.enums import OverpaidState, Repaying
from zaigang.claims.explaining import Line, cited, in_language
from zaigang.claims.models import OverpaidMonth, Overpayment, Repayment
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import APPROVE, PAY
from zaigang.claims.queries.overpayments import OPEN_STATES, months_of
from zaigang.claims.queries.signing import own_file
from zaigang.look.components import SummaryRow, Text
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may

OVERPAID_KIND = {
    OverpaidState.FOUND: "needs",
    OverpaidState.NOTIFIED: "progress",
    OverpaidState.AGREED: "progress",
    OverpaidState.REPAID: "done",
    OverpaidState.WRITTEN_OFF: "stopped",
    OverpaidState.WITHDRAWN: "idle",
}


@dataclass(frozen=True, slots=True)
class OverpaymentPage:
    """`excess` came back and was not owed after all. `missing` are rules whose text was not found: then nobody may
    claim that the law says so.
    """

    name: str
    word: Text
    kind: str
    back: Decimal
    left: Decimal
    excess: Decimal
    rows: list[SummaryRow]
    months: Sequence[tuple[OverpaidMonth, Decimal]]
    repayments: Sequence[Repayment]
    reasons: Sequence[Line]
    missing: Sequence[Line]
    ways: Sequence[tuple[str, Text]]
    may_notify: bool
    may_agree: bool
    may_receive: bool
    may_write_off: bool


def overpayment_page(found: Overpayment, reader: Staff) -> OverpaymentPage:
    """Needs the claim's case with worker and office, and the staff."""
    office, state = found.claim.case.closure.office, OverpaidState(found.state)
    repayments = list(found.repayments.select_related("by"))
    back = sum((one.yuan for one in repayments), Decimal())
    pays = not own_file(found.claim, reader) and may(reader, PAY, office)
    decides = not own_file(found.claim, reader) and may(reader, APPROVE, office)
    open_ = state in OPEN_STATES
    return OverpaymentPage(
        name=name_for(reader, found.claim.case),
        word=state.label,
        kind=OVERPAID_KIND[state],
        back=back,
        left=max(Decimal(), found.yuan - back) if open_ else Decimal(),
        excess=max(Decimal(), back - found.yuan),
        rows=_rows(found),
        months=months_of(found),
        repayments=repayments,
        reasons=_lines(found.law["reasons"]),
        missing=_lines(found.law["missing"]),
        ways=ways_of(found),
        may_notify=pays and state == OverpaidState.FOUND,
        may_agree=pays and state in (OverpaidState.NOTIFIED, OverpaidState.AGREED),
        may_receive=pays and open_,
        may_write_off=decides and open_ and reader.pk != found.found_by_id,
    )


def ways_of(found: Overpayment) -> list[tuple[str, Text]]:
    """The ways of return that the law of the day names; where its text was not found, all of them, by agreement."""
    named = found.law["repayment"] or Repaying.values
    return [(way.value, way.label) for way in Repaying if way in named]


def _rows(found: Overpayment) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("为什么多发"), found.get_ground_display()),
        SummaryRow(_("谁查出来的"), found.found_by.full_name),
    ]
    if found.notified_on:
        rows += [SummaryRow(_("哪天告诉本人"), found.notified_on), SummaryRow(_("本人怎么说"), found.answer)]
    if found.way:
        rows.append(SummaryRow(_("怎么退"), found.get_way_display(), note=found.agreement or ""))
    if found.written_off_by:
        rows.append(
            SummaryRow(_("为什么不再追"), found.written_off_because, note=found.written_off_by.full_name)
        )
    return rows


def _lines(items: Sequence[Mapping[str, Any]]) -> list[Line]:
    return [Line(item["code"], in_language(item), cited(item.get("source"))) for item in items]
