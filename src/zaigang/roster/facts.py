"""The facts of one roster row between the reader, the sealed row and the case."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.roster.reading import CheckedRow

#: Facts that belong to the case; the rest belong to the person.
CASE_FIELDS = (
    "laid_off_on", "left_because", "contribution_months", "deemed_months", "started_on", "trade", "department",
    "certificate_level", "staff_category", "education", "street", "monthly_wage", "note",
)  # fmt: skip
#: Facts that the reader supplies where the cell is blank.
_SUPPLIED = ("deemed_months", "department")
_DATES = frozenset({"born", "laid_off_on", "started_on"})
_TEXTS = frozenset(
    {
        "left_because",
        "trade",
        "department",
        "certificate_level",
        "staff_category",
        "education",
        "street",
        "note",
    }
)


@dataclass(slots=True)
class RowFacts:
    """What a row says, as values.

    `written` names the facts that stand in a cell of their own: a blank that counts as 0 and a workshop taken from
    the sheet's name fill a new case, and overwrite nothing.
    """

    name: str | None
    id: str | None
    sex: str | None
    born: date | None
    phones: tuple[str, ...]
    bank_account: str | None
    laid_off_on: date | None
    left_because: str | None
    contribution_months: int | None
    deemed_months: int | None
    started_on: date | None
    trade: str | None
    department: str | None
    certificate_level: str | None
    staff_category: str | None
    education: str | None
    street: str | None
    monthly_wage: Decimal | None
    note: str | None
    written: tuple[str, ...]

    @classmethod
    def of(cls, row: CheckedRow, cells: Mapping[str, str]) -> "RowFacts":
        """From a row that was just read, and its cells."""
        written = tuple(name for name in _SUPPLIED if cells.get(name))
        return cls(**{name: getattr(row, name) for name in _NAMES if name != "written"}, written=written)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RowFacts":
        """From the sealed row."""
        values: dict[str, Any] = dict.fromkeys(_NAMES) | dict(stored)
        for name in _DATES & stored.keys():
            values[name] = date.fromisoformat(values[name])
        if "monthly_wage" in stored:
            values["monthly_wage"] = Decimal(values["monthly_wage"])
        for name in ("phones", "written"):
            values[name] = tuple(stored.get(name, ()))
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """For the sealed row: facts that are there, dates as ISO text."""
        values = {name: getattr(self, name) for name in _NAMES}
        return {
            name: value if isinstance(value, (str, int, tuple)) else str(value)
            for name, value in values.items()
            if value not in (None, (), "")
        }

    def case_values(self) -> dict[str, Any]:
        """Values for a new case's columns; missing texts are empty."""
        return {
            name: (getattr(self, name) or "") if name in _TEXTS else getattr(self, name)
            for name in CASE_FIELDS
        }

    def news_for(self, case: Any) -> dict[str, Any]:
        """Case columns that this row would change: what the row does not say changes nothing."""
        news = {}
        for name in CASE_FIELDS:
            value = getattr(self, name)
            if value in (None, "") or (name in _SUPPLIED and name not in self.written):
                continue
            if value != getattr(case, name):
                news[name] = value
        return news


_NAMES = tuple(field.name for field in fields(RowFacts))
