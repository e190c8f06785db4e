import hashlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from zaigang.demo.people import Invention, RosterFile, invent, write_rosters


@pytest.fixture(scope="module")
def invention() -> Invention:
    return invent(11)


@pytest.fixture(scope="module")
def files(invention: Invention, tmp_path_factory: pytest.TempPathFactory) -> list[RosterFile]:
    return write_rosters(invention, tmp_path_factory.mktemp("rosters"))


def digests(files: list[RosterFile]) -> list[str]:
    return [hashlib.sha256(file.path.read_bytes()).hexdigest() for file in files]


def test_the_same_seed_writes_the_same_bytes(files: list[RosterFile], tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    assert digests(write_rosters(invent(11), again)) == digests(files)
    assert set(digests(write_rosters(invent(12), other))).isdisjoint(digests(files))


def test_files_say_what_they_hold(invention: Invention, files: list[RosterFile]) -> None:
    assert [(file.path.suffix, file.firm) for file in files] == [
        (".xlsx", "示范钢铁集团"),
        (".xlsx", "示范碱业"),
        (".csv", "示范碱业"),
    ]
    assert sum(file.rows for file in files) == invention.expected["rows"]


def test_planned_row_numbers_are_those_of_the_sheet(invention: Invention, files: list[RosterFile]) -> None:
    """The name written in the planned row is the worker's, blanks aside."""
    by_name = {file.path.name: file.path for file in files}
    for file in invention.files[:2]:
        book = CalamineWorkbook.from_path(by_name[file.name])
        for sheet in file.sheets:
            lines = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for row in invention.rows:
                if (row.file, row.sheet) == (file.name, sheet.name) and "name_missing" not in row.codes:
                    name = str(lines[row.row - 1][1])
                    assert name.replace(" ", "").replace("　", "") == row.worker.name


def test_instructions_are_hidden(files: list[RosterFile]) -> None:
    for file in files[:2]:
        book = CalamineWorkbook.from_path(file.path)
        hidden = [m.name for m in book.sheets_metadata if m.visible is SheetVisibleEnum.Hidden]
        assert (hidden, tuple(book.sheet_names[1:])) == (["填表说明"], file.sheets)


def test_the_csv_is_what_a_chinese_excel_saves(files: list[RosterFile]) -> None:
    text = files[2].path.read_bytes().decode("gb18030")
    assert text.startswith("示范碱业终止劳动合同人员名册,")
    assert text.count("\r\n") == files[2].rows + 6
