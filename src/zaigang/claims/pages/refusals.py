"""One refused offer, as the reader may see it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zaigang.claims.enums import RefusalState
from zaigang.claims.models import Refusal
from zaigang.claims.pages.names import name_for
from zaigang.look.components import SummaryRow, Text
from zaigang.offices.models import Staff

REFUSAL_KIND = {
    RefusalState.NOTED: "needs",
    RefusalState.CONFIRMED: "stopped",
    RefusalState.DROPPED: "done",
}


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """`offer` is what was offered and said, `heard` and `judged` what came after."""

    name: str
    word: Text
    kind: str
    offer: list[SummaryRow]
    heard: list[SummaryRow]
    judged: list[SummaryRow]


def refusal_page(found: Refusal, reader: Staff) -> RefusalPage:
    """Needs the claim's case with worker and office, and the staff."""
    state = RefusalState(found.state)
    return RefusalPage(
        name=name_for(reader, found.claim.case),
        word=state.label,
        kind=REFUSAL_KIND[state],
        offer=[
            SummaryRow(_("介绍的是"), found.get_kind_display(), note=found.offer),
            SummaryRow(_("在哪里、怎么去"), found.place),
            SummaryRow(_("工资、班次、要求"), found.terms),
            SummaryRow(_("为什么适合本人"), found.suitable),
            SummaryRow(_("哪天介绍的"), found.offered_on),
            SummaryRow(_("哪天告诉过本人后果"), found.told_on),
            SummaryRow(_("哪天没有接受"), found.refused_on),
            SummaryRow(_("本人怎么说"), found.words),
            SummaryRow(_("谁记下的"), found.noted_by.full_name),
        ],
        heard=_heard(found),
        judged=_judged(found),
    )


def _heard(found: Refusal) -> list[SummaryRow]:
    if found.heard_by is None:
        return []
    return [
        SummaryRow(_("哪天听取的"), found.heard_on),
        SummaryRow(_("本人的说明"), found.heard),
        SummaryRow(_("谁听取的"), found.heard_by.full_name),
    ]


def _judged(found: Refusal) -> list[SummaryRow]:
    if found.judged_by is None:
        return []
    return [
        SummaryRow(_("核定"), found.get_state_display()),
        SummaryRow(_("理由"), found.judgement),
        SummaryRow(_("谁核定的"), found.judged_by.full_name),
    ]
