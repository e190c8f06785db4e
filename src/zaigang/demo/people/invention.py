"""The invented closure as a whole: people, rows that tell of them, what a correct reader makes of those."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypedDict

from zaigang.demo.people.facts import Field, InventedWorker
from zaigang.demo.people.faults import DUPLICATE, PLANNED_FOR, Draft, spoil
from zaigang.demo.people.firms import FIRMS, SODA, STEEL, Firm
from zaigang.demo.people.layouts import CSV_LAYOUT, SODA_LAYOUT, STEEL_LAYOUT, Layout, SheetLine
from zaigang.demo.people.numbers import Numbers
from zaigang.demo.people.typing_styles import typed
from zaigang.demo.people.workers import apportion, invent_workers

STEEL_FILE = "示范钢铁集团关停分流职工花名册.xlsx"
SODA_FILE = "示范碱业终止劳动合同人员名册.xlsx"
CSV_FILE = "示范碱业包装储运部.csv"
CSV_WORKSHOP = "包装储运部"
FEWEST_PEOPLE = 300
DUPLICATES = 24


class Expected(TypedDict):
    """The numbers that the roster check and the demo must arrive at; rows = people + duplicate_rows."""

    rows: int
    duplicate_rows: int
    people: int
    refused_rows: int
    warning_rows: int
    ok_rows: int
    codes: dict[str, int]


@dataclass(frozen=True)
class Repair:
    """What the clerk types into a refused row; `row` is Excel's own number, dates are ISO."""

    file: str
    sheet: str
    row: int
    field: Field
    value: str


@dataclass(frozen=True)
class PlannedRow:
    """A data row of a file and what a correct reader says of it; codes sorted."""

    file: str
    sheet: str
    row: int
    worker: InventedWorker
    outcome: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class PlannedSheet:
    """A visible sheet, line by line from row 1."""

    name: str
    layout: Layout
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class PlannedFile:
    """A file that an employer hands in."""

    name: str
    firm: str
    sheets: tuple[PlannedSheet, ...]


@dataclass(frozen=True)
class Invention:
    """Everything the seed decided."""

    seed: int
    closed_on: date
    firms: tuple[Firm, ...]
    workers: tuple[InventedWorker, ...]
    files: tuple[PlannedFile, ...]
    rows: tuple[PlannedRow, ...]
    repairs: tuple[Repair, ...]

    @property
    def expected(self) -> Expected:
        """The counts over all files."""
        outcomes = Counter(row.outcome for row in self.rows)
        return Expected(
            rows=len(self.rows),
            duplicate_rows=outcomes["duplicate"],
            people=len(self.workers),
            refused_rows=outcomes["error"],
            warning_rows=outcomes["warning"],
            ok_rows=outcomes["ok"],
            codes=dict(sorted(Counter(code for row in self.rows for code in row.codes).items())),
        )


def invent(seed: int, people: int = PLANNED_FOR, closed_on: date = date(2015, 12, 31)) -> Invention:
    """The closure of the seed; raises ValueError below 300 people, where not every fault finds a row."""
    if people < FEWEST_PEOPLE:
        raise ValueError(f"an invented closure needs {FEWEST_PEOPLE} people or more, not {people}")
    rng = Random(f"people {seed}")  # noqa: S311 - invented people, nothing secret
    numbers = Numbers(rng)
    sizes = apportion(people, [firm.weight for firm in FIRMS])
    workers = [
        worker
        for firm, size in zip(FIRMS, sizes, strict=True)
        for worker in invent_workers(rng, numbers, firm, size, closed_on)
    ]
    files = _files(rng, workers)
    rows, repairs = _truth(files)
    return Invention(seed, closed_on, FIRMS, tuple(workers), files, rows, repairs)


def _files(rng: Random, workers: list[InventedWorker]) -> tuple[PlannedFile, ...]:
    drafts = [Draft(worker, typed(rng, worker, in_csv=worker.workshop == CSV_WORKSHOP)) for worker in workers]
    spoil(rng, drafts)
    lists: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        lists.setdefault((draft.worker.firm, draft.worker.workshop), []).append(draft)
    loose = {CSV_FILE.removesuffix(".csv"): lists.pop((SODA.name, CSV_WORKSHOP))}
    steel = {workshop: rows for (firm, workshop), rows in lists.items() if firm == STEEL.name}
    soda = {workshop: rows for (firm, workshop), rows in lists.items() if firm == SODA.name}
    again = max(2, round(DUPLICATES * len(workers) / PLANNED_FOR))
    wanted = apportion(again, [firm.weight for firm in FIRMS])
    _repeat_people(rng, steel, wanted[0])
    _repeat_people(rng, soda, wanted[1])
    return (
        PlannedFile(STEEL_FILE, STEEL.name, _sheets(STEEL_LAYOUT, steel)),
        PlannedFile(SODA_FILE, SODA.name, _sheets(SODA_LAYOUT, soda)),
        PlannedFile(CSV_FILE, SODA.name, _sheets(CSV_LAYOUT, loose)),
    )


def _repeat_people(rng: Random, lists: dict[str, list[Draft]], count: int) -> None:
    """People who changed workshop stand on both lists; never somebody whose first row is refused."""
    names = list(lists)
    sound = [
        (n, draft) for n, name in enumerate(names[:-1]) for draft in lists[name] if draft.outcome != "error"
    ]
    for n, draft in rng.sample(sound, k=count):
        later = lists[rng.choice(names[n + 1 :])]
        again = Draft(draft.worker, typed(rng, draft.worker, in_csv=False), codes=[DUPLICATE])
        later.insert(rng.randrange(len(later) + 1), again)


def _sheets(layout: Layout, lists: dict[str, list[Draft]]) -> tuple[PlannedSheet, ...]:
    return tuple(
        PlannedSheet(name, layout, tuple(layout.lines(name, drafts))) for name, drafts in lists.items()
    )


def _truth(files: tuple[PlannedFile, ...]) -> tuple[tuple[PlannedRow, ...], tuple[Repair, ...]]:
    placed = list(_placed(files))
    rows = tuple(
        PlannedRow(*place, draft.worker, draft.outcome, tuple(sorted(draft.codes))) for place, draft in placed
    )
    repairs = tuple(
        Repair(*place, meaning, value) for place, draft in placed for meaning, value in draft.repairs.items()
    )
    return rows, repairs


def _placed(files: tuple[PlannedFile, ...]) -> Iterator[tuple[tuple[str, str, int], Draft]]:
    """Every data row with its file, sheet and Excel row."""
    for file in files:
        for sheet in file.sheets:
            for number, line in enumerate(sheet.lines, start=1):
                if line.draft is not None:
                    yield (file.name, sheet.name, number), line.draft
