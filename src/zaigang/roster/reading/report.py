"""A whole roster, checked: rows in the workbook's order, counts, and the answer as JSON."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.roster.reading.codes import OUTCOMES
from zaigang.roster.reading.layout import SheetReading
from zaigang.roster.reading.rows import CheckedRow, judge, same_name
from zaigang.roster.reading.workbook import HiddenSheet, Workbook


@dataclass(slots=True)
class CheckedRoster:
    """A checked roster. `sheets` says what each visible sheet's headings were taken for."""

    rows: list[CheckedRow]
    hidden_sheets: list[HiddenSheet]
    sheets: list[SheetReading]
    outcomes: dict[str, int]
    codes: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return the answer of `zaigang roster check --json`."""
        return {
            "data_rows": len(self.rows),
            "outcomes": self.outcomes,
            "codes": self.codes,
            "hidden_sheets": [{"sheet": h.sheet, "rows": h.rows} for h in self.hidden_sheets],
            "rows": [_row_json(row) for row in self.rows],
        }


def _row_json(row: CheckedRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": row.outcome,
        "codes": list(row.codes),
        "name": row.name,
        "id": row.id,
        "contribution_months": row.contribution_months,
        "deemed_months": row.deemed_months,
        "laid_off_on": row.laid_off_on.isoformat() if row.laid_off_on else None,
        "trade": row.trade,
    }


class _Taken:
    """Who has been taken so far: the file's own rows, and names known elsewhere that differ."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.here: dict[str, str] = {}
        self.known = known

    def earlier(self, identity: str, name: str) -> str | None:
        """Return the name under which the ID was taken; the same name elsewhere is no duplicate here."""
        if identity in self.here:
            return self.here[identity]
        elsewhere = self.known.get(identity)
        return None if elsewhere is None or same_name(elsewhere, name) else elsewhere


def check(workbook: Workbook, *, today: date, known: Mapping[str, str] | None = None) -> CheckedRoster:
    """Check every data row of a workbook, in its own order over all sheets. Never raises.

    `today` is the day of import. `known` maps the ID of people taken elsewhere to their name: another name
    here is `id_used_by_two_names`; the same name is no finding, since importing again is an update.
    """
    taken = _Taken(known or {})
    rows = []
    for data in workbook.rows():
        cells = {f: v for f, v in zip(data.table.fields, data.values, strict=False) if f}
        row = judge(
            cells,
            sheet=data.sheet,
            row=data.row,
            today=today,
            seen=taken.earlier,
            fields=data.table.fields,
            values=data.values,
        )
        if row.outcome in ("ok", "warning") and row.id and row.name:
            taken.here[row.id] = row.name
        rows.append(row)
    outcomes = Counter(row.outcome for row in rows)
    codes = Counter(str(code) for row in rows for code in row.codes)
    return CheckedRoster(
        rows,
        workbook.hidden_sheets,
        workbook.sheets,
        {outcome: outcomes[outcome] for outcome in OUTCOMES},
        dict(codes),
    )
