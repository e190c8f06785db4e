"""The preview of a file: counts, filters, and one page of its rows with what importing each would do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from zaigang.look.components import Text
from zaigang.look.formats import MISSING, bank_tail, mask_phone
from zaigang.roster.actions.files import facts_of
from zaigang.roster.context.cells import Change, Line, line_of
from zaigang.roster.context.labels import SHORT, label
from zaigang.roster.enums import FileState, LeftBecause, Outcome, Proposal
from zaigang.roster.facts import CASE_FIELDS, RowFacts
from zaigang.roster.models import Case, RosterFile, RosterRow
from zaigang.roster.people import by_identity, id_index
from zaigang.roster.queries import Tally, tally
from zaigang.roster.reading import CODES, Severity

ROWS_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are wanted; empty means all. Unknown values count as empty."""

    outcome: str = ""
    proposal: str = ""
    code: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """From the address."""
        allowed = {"outcome": Outcome.values, "proposal": Proposal.values, "code": list(CODES)}
        given = {name: query.get(name, "") for name in allowed}
        return cls(**{name: value if value in allowed[name] else "" for name, value in given.items()})

    @property
    def any(self) -> bool:
        return bool(self.outcome or self.proposal or self.code)

    def apply(self, rows: QuerySet[RosterRow]) -> QuerySet[RosterRow]:
        """The rows that are wanted, in the order of the workbook."""
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.proposal:
            rows = rows.filter(proposal=self.proposal)
        if self.code:
            rows = rows.filter(codes__contains=[self.code])
        return rows.order_by("ordinal")


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter link with its count."""

    value: str
    word: Text
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a file by outcome."""

    ok: int
    warning: int
    duplicate: int
    error: int

    @classmethod
    def of(cls, tallied: Tally) -> "Counts":
        """From the counted file."""
        return cls(**{str(outcome): tallied.outcomes[outcome] for outcome in Outcome})

    @property
    def total(self) -> int:
        return self.ok + self.warning + self.duplicate + self.error

    @property
    def usable(self) -> int:
        """Rows that make or update somebody."""
        return self.ok + self.warning


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a sheet was understood: rows read and not read, and each heading with what it was taken for (or "")."""

    name: str
    rows: int
    unread_rows: int
    headings: list[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Overview:
    """The file in counts, each a filter. `grave` findings keep a row out, `mild` ones do not."""

    counts: Counts
    filters: Filters
    outcomes: list[Choice]
    proposals: list[Choice]
    grave: list[Choice]
    mild: list[Choice]


@dataclass(slots=True)
class Preview:
    """Everything the page shows."""

    file: RosterFile
    overview: Overview
    page: Page[RosterRow]
    lines: list[Line]
    sheets: list[Sheet]

    @property
    def open(self) -> bool:
        return self.file.state == FileState.CHECKED


def preview_of(file: RosterFile, query: QueryDict, *, names: bool) -> Preview:
    """The page of the preview that the address asks for."""
    overview = overview_of(file, query)
    wanted = overview.filters.apply(file.rows.all())
    page = Paginator(wanted, ROWS_PER_PAGE).get_page(query.get("page"))
    lines = [line_of(row, names=names) for row in page.object_list]
    add_changes(file, lines)
    return Preview(file=file, overview=overview, page=page, lines=lines, sheets=_sheets(file))


def overview_of(file: RosterFile, query: QueryDict) -> Overview:
    """The file's counts, with the filters that the address has chosen."""
    filters, counted = Filters.of(query), tally(file)
    codes = [Choice(code, SHORT[code], n, code == filters.code) for code, n in counted.codes.items()]
    return Overview(
        counts=Counts.of(counted),
        filters=filters,
        outcomes=_choices(Outcome, counted.outcomes, filters.outcome),
        proposals=_choices(Proposal, counted.proposals, filters.proposal),
        grave=[choice for choice in codes if CODES[choice.value].severity == Severity.ERROR],
        mild=[choice for choice in codes if CODES[choice.value].severity != Severity.ERROR],
    )


def _sheets(file: RosterFile) -> list[Sheet]:
    return [
        Sheet(
            sheet["sheet"], sheet["rows"], sheet["unread_rows"], [_heading(one) for one in sheet["headings"]]
        )
        for sheet in file.sheets
    ]


def _heading(heading: dict[str, Any]) -> tuple[str, Text]:
    words = " / ".join([*heading["parents"], heading["text"]])
    return words, label(heading["field"]) if heading["field"] else ""


def _choices(kinds: Any, counts: dict[str, int], current: str) -> list[Choice]:
    found = [
        Choice(kind.value, kind.label, counts.get(kind.value, 0), kind.value == current) for kind in kinds
    ]
    return [choice for choice in found if choice.count or choice.current]


def add_changes(file: RosterFile, lines: list[Line]) -> None:
    """Give each row that changes something the old values beside the new; after the import only the new."""
    changed = [(line, facts_of(line.row)) for line in lines if line.row.changes]
    known = _known_cases(file, [facts for _line, facts in changed]) if file.state == FileState.CHECKED else {}
    for line, facts in changed:
        case = known.get(id_index(facts.id or ""))
        line.changes = [_change(name, facts, case) for name in line.row.changes]


def _change(name: str, facts: RowFacts, case: Case | None) -> Change:
    if name == "phones":
        known = case.worker.phones if case and case.worker else []
        added = [phone for phone in facts.phones if phone not in known]
        return Change(label(name), "", _("加上 %(phones)s") % {"phones": _word(name, added)})
    return Change(label(name), _known(name, case) if case else "", _word(name, getattr(facts, name)))


def _known_cases(file: RosterFile, facts: list[RowFacts]) -> dict[bytes, Case]:
    workers = by_identity({id_index(fact.id) for fact in facts if fact.id})
    here = Case.objects.people().filter(closure=file.closure_id, worker__in=list(workers.values()))
    cases = {case.worker_id: case for case in here.select_related("worker")} if workers else {}
    return {index: cases[worker.pk] for index, worker in workers.items() if worker.pk in cases}


def known_case(file: RosterFile, row: RosterRow) -> Case | None:
    """The case in this closure that a row belongs to, as far as it is known."""
    facts = facts_of(row)
    return row.case or _known_cases(file, [facts]).get(id_index(facts.id or ""))


def _known(name: str, case: Case) -> str:
    return _word(name, getattr(case if name in CASE_FIELDS else case.worker, name))


def _word(name: str, value: Any) -> str:
    if value in (None, "", [], ()):
        return MISSING
    if name == "phones":
        return "、".join(mask_phone(phone) for phone in value)
    if name == "bank_account":
        return bank_tail(value)
    if name == "left_because":
        return str(LeftBecause(value).label)
    if name in ("contribution_months", "deemed_months"):
        return _("%(months)s 个月") % {"months": value}
    return value.isoformat() if isinstance(value, date) else str(value)
