"""The director's table as a spreadsheet, and the list of names as text."""

import csv
from collections.abc import Iterable
from io import BytesIO
from typing import IO
from uuid import UUID

import xlsxwriter
from django.utils.translation import gettext as _

from zaigang.outcomes.enums import State
from zaigang.outcomes.funnel import Funnel, Standing
from zaigang.roster.models import Case, Closure


def funnel_xlsx(closure: Closure, funnel: Funnel) -> bytes:
    """One sheet: the equation of rows and people, then people and share per state. Sums only, no names."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold, heading = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "bottom": 1}),
        )
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet(_("去向"))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 12)
        sheet.write(0, 0, f"{closure.name}（{closure.code}）", bold)
        facts = (
            (_("截至"), funnel.as_of.isoformat()),
            (_("名册行数"), funnel.rows),
            (_("重复行"), funnel.duplicate_rows),
            (_("人数"), funnel.people),
            (_("两种数法是否一致"), _("一致") if funnel.reconciles else _("不一致")),
            (_("再就业"), funnel.reemployed),
        )
        for line, (label, value) in enumerate(facts, start=1):
            sheet.write(line, 0, label)
            sheet.write(line, 1, value)
        top = len(facts) + 2
        sheet.write_row(top, 0, [_("状态"), _("人数"), _("占全部")], heading)
        for line, state in enumerate(State, start=top + 1):
            count = funnel.states[state]
            sheet.write_row(line, 0, [str(state.label), count])
            sheet.write(line, 2, count / funnel.people if funnel.people else 0, share)
    return buffer.getvalue()


def labels_of(closure: UUID) -> dict[UUID, str]:
    """The number that people quote, per case of the closure."""
    cases = Case.objects.filter(closure=closure).select_related("closure").only("number", "closure__code")
    return {case.pk: case.label for case in cases}


def write_names(file: IO[str], closure: UUID, standings: Iterable[Standing]) -> int:
    """`case,state,since`, one line a person; returns how many. An erased case keeps its UUID."""
    labels = labels_of(closure)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("case", "state", "since"))
    written = 0
    for one in standings:
        writer.writerow((labels.get(one.case, str(one.case)), one.state, one.since.isoformat()))
        written += 1
    return written
