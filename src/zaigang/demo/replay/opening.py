"""The days before the first service day: the closure is announced, files are handed in, refused rows repaired."""

from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from zaigang.demo.accounts import open_accounts
from zaigang.demo.people import Invention, Repair, RosterFile, write_rosters
from zaigang.demo.replay.calendar import ANNOUNCED, CODE, FIRST_SERVICE_DAY, HANDED_IN, REPAIRED, STREET
from zaigang.demo.replay.record import Progress, Replayed
from zaigang.foundation import clock
from zaigang.offices.actions import operator
from zaigang.offices.models import Office, Staff
from zaigang.roster.actions import open_closure, repair_case
from zaigang.roster.handing_in import hand_in
from zaigang.roster.models import Closure, RosterRow
from zaigang.roster.reading import check, read_workbook

#: Closures still to come, so that the calendar is what an office sees: code, name, street, days ahead, people.
TO_COME = (
    ("SF-2016-01", "示范焦化有限公司", STREET, 80, 260),
    ("SF-2016-02", "示范橡胶机械厂", "370299002", 171, 318),
)


def open_up(invention: Invention, folder: Path, *, progress: Progress) -> Replayed:
    """Open offices and accounts, announce the closure, hand in the files, repair every refused row."""
    with clock.at(ANNOUNCED):
        staff = open_accounts(invention.seed)
        closure = _announce(staff)
    replayed = Replayed(closure, invention, staff)
    with replayed.timed("files"):
        files = write_rosters(invention, folder)
    with replayed.timed("import"):
        for day, file in zip(HANDED_IN, progress("导入花名册", files), strict=False):
            with clock.at(day):
                _hand_in(file, staff["clerk1"])
    with replayed.timed("repair"):
        replayed.repaired_rows = _repair(replayed, progress)
    return replayed


def _announce(staff: dict[str, Staff]) -> Closure:
    street = Office.objects.get(code=STREET)
    for code, name, office, days, people in TO_COME:
        closes_on: date = FIRST_SERVICE_DAY + timedelta(days=days)
        open_closure(
            code=code, name=name, office=Office.objects.get(code=office), closes_on=closes_on, firms=[name],
            expected_people=people, by=operator(),
        )  # fmt: skip
    return open_closure(
        code=CODE, name="示范钢铁集团、示范碱业关停分流", office=street, closes_on=date(2015, 12, 31),
        firms=["示范钢铁集团", "示范碱业"], expected_people=1400, by=staff["director"],
    )  # fmt: skip


def _hand_in(file: RosterFile, by: Staff) -> None:
    checked = check(read_workbook(file.path), today=clock.today())
    hand_in(
        checked, closure_code=CODE, file_name=file.path.name, sha256=sha256(file.path.read_bytes()).hexdigest(),
        firm=file.firm, by=by,
    )  # fmt: skip


def _repair(replayed: Replayed, progress: Progress) -> int:
    """What the clerks find on the papers, typed in over three days."""
    found: dict[tuple[str, str, int], list[Repair]] = defaultdict(list)
    for repair in replayed.invention.repairs:
        found[repair.file, repair.sheet, repair.row].append(repair)
    rows = list(
        RosterRow.objects.filter(file__closure=replayed.closure, case__state="awaiting_repair")
        .select_related("file", "case")
        .order_by("file__imported_at", "ordinal")
    )
    clerks = [replayed.staff[name] for name in ("clerk1", "clerk2", "clerk3")]
    for number, row in enumerate(progress("补正", rows)):
        assert row.case is not None
        corrections = {str(r.field): r.value for r in found[row.file.name, row.sheet, row.row]}
        with clock.at(REPAIRED[number * len(REPAIRED) // len(rows)]):
            repair_case(case=row.case, corrections=corrections, by=clerks[number % len(clerks)])
    return len(rows)
