"""One row of a roster as a list shows it: masked, with what is wrong in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from zaigang.look.components import Text
from zaigang.look.formats import MISSING, id_tail, last_four, mask_name, mask_phone
from zaigang.roster.actions.files import cells_of, facts_of
from zaigang.roster.context.labels import concerned, gravest_first, label, message
from zaigang.roster.enums import Outcome
from zaigang.roster.models import RosterRow
from zaigang.roster.reading import CODES, Severity

#: Outcome of a row -> status kind of the look.
KINDS = {Outcome.OK: "done", Outcome.WARNING: "needs", Outcome.DUPLICATE: "idle", Outcome.ERROR: "stopped"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: whether it keeps the row out, what it says, and the cell as it stands (masked)."""

    code: str
    grave: bool
    text: str


@dataclass(frozen=True, slots=True)
class Original:
    """A cell that a finding concerns, as it stands in the file; numbers that name a person are masked."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Change:
    """What importing the row changes in what is known of the person."""

    label: Text
    old: str
    new: str


@dataclass(slots=True)
class Line:
    """A row for a list."""

    row: RosterRow
    name: str
    tail: str
    laid_off_on: date | None
    trade: str
    problems: list[Problem]
    originals: list[Original]
    corrected: bool
    changes: list[Change] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return KINDS[Outcome(self.row.outcome)]


def line_of(row: RosterRow, *, names: bool) -> Line:
    """The row as a list may show it; `names` in full or masked. Never a whole identity, phone or bank number."""
    facts, cells = facts_of(row), cells_of(row)
    return Line(
        row=row,
        name=shown_name(facts.name, names=names),
        tail=id_tail(facts.id),
        laid_off_on=facts.laid_off_on,
        trade=facts.trade or MISSING,
        problems=problems_of(row),
        originals=[
            Original(label(name), masked_cell(name, cells.get(name, "")))
            for name in concerned(row.codes, cells)
        ],
        corrected=bool(row.corrections and row.corrections["cells"]),
    )


def shown_name(name: str | None, *, names: bool) -> str:
    """The name in full for those who work with the person, masked for those who only look on."""
    return (name or MISSING) if names else mask_name(name)


def problems_of(row: RosterRow) -> list[Problem]:
    """The row's findings, gravest first."""
    return [
        Problem(code, CODES[code].severity == Severity.ERROR, message(code))
        for code in gravest_first(row.codes)
    ]


def masked_cell(field_name: str, value: str) -> str:
    """A cell of the file for a list: what a clerk needs to see the fault, and no number that names a person."""
    text = " ".join(value.split())
    if not text:
        return _("空白")
    if field_name in ("id", "bank_account"):
        return _masked_number(text)
    if field_name.startswith("phone"):
        return mask_phone(text)
    return mask_name(text) if field_name == "name" else text


def _masked_number(text: str) -> str:
    if "E+" in text.upper():
        return text
    return _("%(length)s 位，末尾 %(tail)s") % {"length": len(text), "tail": last_four(text)}


def readable(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells without line breaks, as a form shows and sends them back."""
    return {name: " ".join(value.split()) for name, value in cells.items()}
