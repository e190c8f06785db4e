"""Reading messy rosters: no database, no framework, so that `zaigang roster check` works without any."""

from zaigang.roster.reading.codes import CODES, Code, CodeMeaning, Severity
from zaigang.roster.reading.errors import UnreadableRoster
from zaigang.roster.reading.headings import FIELDS
from zaigang.roster.reading.layout import SheetReading
from zaigang.roster.reading.report import CheckedRoster, check
from zaigang.roster.reading.rows import CheckedRow, check_row
from zaigang.roster.reading.workbook import HiddenSheet, Workbook, read_workbook

__all__ = [
    "CODES",
    "FIELDS",
    "CheckedRoster",
    "CheckedRow",
    "Code",
    "CodeMeaning",
    "HiddenSheet",
    "Severity",
    "SheetReading",
    "UnreadableRoster",
    "Workbook",
    "check",
    "check_row",
    "read_workbook",
]
