"""Closures, files and people for tests, made through the real actions."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.cast import Cast
from zaigang.foundation import clock
from zaigang.roster.actions import open_closure, stage_file
from zaigang.roster.actions.importing import Summary
from zaigang.roster.handing_in import hand_in
from zaigang.roster.models import Case, Closure, RosterFile
from zaigang.roster.reading import check, read_workbook

HEADINGS = (
    "姓名",
    "身份证号",
    "联系电话",
    "工种",
    "解除合同日期",
    "解除原因",
    "个人缴费月数",
    "视同缴费月数",
    "银行卡号",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(serial: int, born: str = "19690522", area: str = "370299") -> str:
    """A valid identity number that no real person has; odd serials are men's."""
    body = f"{area}{born}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def row(serial: int, name: str = "", **cells: str) -> dict[str, str]:
    """One good roster row by heading; `cells` replace single ones."""
    good = {
        "姓名": name
        or f"测试{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}{'一二三四五六七八九十'[serial // 10 % 10]}",
        "身份证号": id_number(serial),
        "联系电话": f"1380000{serial:04d}",
        "工种": "电焊工",
        "解除合同日期": "2015-12-31",
        "解除原因": "企业提出协商一致解除",
        "个人缴费月数": "204",
        "视同缴费月数": "60",
        "银行卡号": f"6222020000000{serial:06d}",
    }
    return good | cells


def csv_file(folder: Path, rows: list[dict[str, str]], name: str = "名册.csv") -> Path:
    """A roster as a .csv file; every cell is text."""
    path = folder / name
    lines = [",".join(HEADINGS), *(",".join(line[heading] for heading in HEADINGS) for line in rows)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def some_closure(cast: Cast, code: str = "SF-2015", **values: Any) -> Closure:
    """A closure of the north street."""
    settings: dict[str, Any] = {
        "name": "示范钢铁集团", "office": cast.north, "closes_on": date(2015, 12, 31), "by": cast.clerk,
        "firms": ["示范钢铁集团"],
    }  # fmt: skip
    return open_closure(code=code, **settings | values)


def imported(
    cast: Cast, closure: Closure, folder: Path, rows: list[dict[str, str]], name: str = "名册.csv"
) -> Summary:
    """Hand in a roster of these rows as the clerk."""
    path = csv_file(folder, rows, name)
    checked = check(read_workbook(path), today=clock.today())
    return hand_in(
        checked,
        closure_code=closure.code,
        file_name=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        by=cast.clerk,
    )


def staged(
    cast: Cast, closure: Closure, folder: Path, rows: list[dict[str, str]], name: str = "待导入.csv"
) -> RosterFile:
    """A file that was read and waits for somebody to import it."""
    path = csv_file(folder, rows, name)
    checked = check(read_workbook(path), today=clock.today())
    return stage_file(closure=closure, checked=checked, name=name, sha256="f" * 64, by=cast.clerk)[0]


def case_of(closure: Closure, name: str) -> Case:
    """The case of the person with this name."""
    return Case.objects.select_related("worker", "closure__office").get(closure=closure, worker__name=name)
