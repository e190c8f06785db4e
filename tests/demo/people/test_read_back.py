"""What the roster's own reader makes of the invented files must be exactly what was planned."""

from datetime import date
from pathlib import Path

import pytest

from zaigang.demo.people import Invention, PlannedRow, invent, write_rosters
from zaigang.roster.reading import CheckedRow, check, check_row, read_workbook

TODAY = date(2016, 1, 11)


@pytest.fixture(scope="module", params=[1, 2016, 404])
def invention(request: pytest.FixtureRequest) -> Invention:
    return invent(request.param)


@pytest.fixture(scope="module")
def checked(
    invention: Invention, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, int], CheckedRow]:
    return read_back(invention, tmp_path_factory.mktemp("rosters"))


def read_back(invention: Invention, folder: Path) -> dict[tuple[str, str, int], CheckedRow]:
    return {
        (file.path.name, row.sheet, row.row): row
        for file in write_rosters(invention, folder)
        for row in check(read_workbook(file.path), today=TODAY).rows
    }


def place(row: PlannedRow) -> tuple[str, str, int]:
    return row.file, row.sheet, row.row


def test_every_row_gets_its_outcome_and_codes(invention: Invention, checked) -> None:
    found = {where: (row.outcome, tuple(sorted(row.codes))) for where, row in checked.items()}
    assert found == {place(row): (row.outcome, row.codes) for row in invention.rows}


def test_rows_that_are_taken_say_what_is_true(invention: Invention, checked) -> None:
    for row in invention.rows:
        if row.outcome != "error":
            worker, career, read = row.worker, row.worker.career, checked[place(row)]
            months = None if "months_invalid" in row.codes else career.contribution_months
            trade = None if "trade_missing" in row.codes else worker.trade
            assert (read.name, read.id, read.sex, read.born) == (
                worker.name,
                worker.id,
                worker.sex,
                worker.born,
            )
            assert (read.laid_off_on, read.contribution_months, read.deemed_months, read.trade) == (
                career.laid_off_on,
                months,
                career.deemed_months,
                trade,
            )
            assert (read.left_because, read.staff_category) == (worker.left_because, worker.staff_category)


def test_repairs_leave_every_person_once(invention: Invention, checked) -> None:
    taken = {row.id: row.name for row in checked.values() if row.outcome in ("ok", "warning")}
    for repair in invention.repairs:
        cells = checked[repair.file, repair.sheet, repair.row].cells
        row = check_row({**cells, repair.field.value: repair.value}, today=TODAY, seen=taken)
        assert row.outcome in ("ok", "warning")
        taken[row.id] = row.name
    assert taken == {worker.id: worker.name for worker in invention.workers}
