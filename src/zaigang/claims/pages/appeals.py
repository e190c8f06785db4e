"""One disagreement: what is said, how long it waits, who may answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zaigang.claims.enums import AppealState
from zaigang.claims.models import Appeal
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import CHECK, REGISTER
from zaigang.claims.queries.appeals import deciders
from zaigang.claims.queries.signing import own_file
from zaigang.foundation import clock
from zaigang.look.components import SummaryRow, Text
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may

APPEAL_KIND = {
    AppealState.RECEIVED: "needs",
    AppealState.UPHELD: "done",
    AppealState.CHANGED: "progress",
    AppealState.WITHDRAWN: "idle",
}


@dataclass(frozen=True, slots=True)
class AppealPage:
    """`waited` days since it came; `late`: the promised day is over. `barred` says why the reader cannot answer."""

    name: str
    word: Text
    kind: str
    rows: list[SummaryRow]
    waited: int
    late: bool
    open: bool
    barred: str
    may_answer: bool
    may_withdraw: bool


def appeal_page(found: Appeal, reader: Staff) -> AppealPage:
    """Needs the claim's case with worker and office, and the staff."""
    state, today = AppealState(found.state), clock.today()
    open_ = state == AppealState.RECEIVED
    part = open_ and reader.pk in deciders(found.claim)
    office, own = found.claim.case.closure.office, own_file(found.claim, reader)
    answers = open_ and may(reader, CHECK, office)
    return AppealPage(
        name=name_for(reader, found.claim.case),
        word=state.label,
        kind=APPEAL_KIND[state],
        rows=_rows(found),
        waited=(today - found.received_on).days,
        late=open_ and found.promised_on < today,
        open=open_,
        barred=_("原来是您决定的，要没有参与过的同事来答复。") if answers and part else "",
        may_answer=answers and not part and not own,
        may_withdraw=open_ and not own and may(reader, REGISTER, office),
    )


def _rows(found: Appeal) -> list[SummaryRow]:
    rows = [
        SummaryRow(_("不同意的是"), found.get_about_display()),
        SummaryRow(_("本人怎么说"), found.words),
        SummaryRow(_("哪天给本人讲过为什么"), found.explained_on),
        SummaryRow(_("哪天收到"), found.received_on, note=found.noted_by.full_name),
        SummaryRow(_("答应哪天答复"), found.promised_on),
    ]
    if found.decided_by:
        rows.append(SummaryRow(_("答复和理由"), found.answer, note=found.decided_by.full_name))
    return rows
