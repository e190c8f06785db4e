"""The sheet to keep: the same words as on the phone, on one A4 page."""

from collections.abc import Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zaigang.claims.printing.why import Line, Part, Point, WhySheet, why_pdf
from zaigang.desk.why.months import Month
from zaigang.desk.why.page import WhyPage, why_page
from zaigang.desk.why.told import Said
from zaigang.foundation import clock
from zaigang.look.formats import day
from zaigang.roster.models import Case


def why_paper(case: Case) -> bytes:
    """The PDF of one person. Needs worker and closure with office. Raises CannotPrint."""
    return why_pdf(sheet_of(case, why_page(case)), made_at=clock.now())


def sheet_of(case: Case, page: WhyPage) -> WhySheet:
    """The page as the sheet takes it. It bears the name and the case's number, no other number of the person."""
    assert case.worker is not None
    office = case.closure.office.name
    return WhySheet(
        language=(get_language() or "zh-hans")[:2], title=_("为什么是这个结果，我可以做什么"),
        office=_("%(office)s就业服务") % {"office": office}, person=f"{case.worker.name} {case.label}",
        made=day(clock.today()), answer=page.answer, how_final=page.how_final, months_title=_("哪个月发多少"),
        months=tuple(_line(month) for month in page.months), total=page.total,
        parts_left=_parts(
            (_("为什么"), page.why), (_("补发"), page.back_pay),
            (_("还不知道的，谁去查"), page.not_known), (_("什么会改变结果"), page.changes),
        ),
        parts_right=_parts(
            (_("我现在可以做什么"), page.can_do), (_("什么时候停发，要告诉我们什么"), page.stops),
            (_("领钱期间还有什么"), page.meanwhile), (_("按这些情况算的"), _facts(page)),
        ),
        foot=_("有疑问：带身份证到%(office)s的大厅。") % {"office": office},
    )  # fmt: skip


def _line(month: Month) -> Line:
    count = ngettext("%(n)s 个月", "%(n)s 个月", month.count) % {"n": month.count}
    note = " · ".join(words for words in (month.word, month.mark) if words)
    return Line(month.when, count, month.amount, note)


def _parts(*parts: tuple[str, Sequence[Said]]) -> tuple[Part, ...]:
    return tuple(Part(title, tuple(_point(one) for one in said)) for title, said in parts if said)


def _point(one: Said) -> Point:
    bring = _("带上：%(bring)s") % {"bring": one.bring} if one.bring else ""
    return Point(one.text, one.mark, bring, one.source)


def _facts(page: WhyPage) -> tuple[Said, ...]:
    return tuple(Said(f"{label}{_('：')}{value}") for label, value in page.facts)
