"""Checking a roster against openpyxl merely reading it, and the memory of 100,000 rows.

    python -m benchmarks.roster_check

CPU time, both in one process and in turns, imports excluded; the median of the rounds. The first file is made
here; the project's example roster is measured too when it lies beside the repository.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter

from zaigang.roster.reading import check, read_workbook
from zaigang.roster.reading.identity import check_digit

TODAY = date(2016, 4, 5)
ROUNDS = 15
MANY = 100_000
MAX_MEGABYTES = 400
EXAMPLE = Path(__file__).parents[2] / "shared" / "data" / "rosters" / "closure-steel.xlsx"
HEADINGS = [
    "序号", "姓名", "性别", "身份证号", "出生年月", "文化程度", "联系电话", "户籍街道",
    "工种", "职业资格等级", "参加工作时间", "解除合同日期", "解除原因", "月平均工资", "个人缴费月数",
    "视同缴费月数", "银行卡号", "备注",
]  # fmt: skip


def person(i: int) -> list[object]:
    """Return the cells of the i-th invented person."""
    born = date(1956, 1, 1) + timedelta(days=i % 9000)
    first17 = f"370299{born:%Y%m%d}{i // 9000 * 2 + 1:03d}"
    name = "王" + chr(0x4E00 + i % 5000) + chr(0x4E00 + i // 5000)
    return [
        i + 1, name, "男", first17 + check_digit(first17), f"{born:%Y.%m}", "高中", f"1380000{i % 10000:04d}",
        f"第{i % 20}街道", f"工种{i % 300}", "", "1988.7", "2015-12-31", "企业提出协商一致解除",
        3000 + i % 900, 204, 96, f"62220000{i:011d}", "",
    ]  # fmt: skip


def write(path: Path, rows: int) -> Path:
    """Write a roster of that many rows."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("炼铁厂")
        sheet.write_row(0, 0, HEADINGS)
        for i in range(rows):
            sheet.write_row(i + 1, 0, person(i))
    return path


def ours(path: Path) -> None:
    check(read_workbook(path), today=TODAY)


def openpyxl_reads(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def seconds(work: Callable[[Path], None], path: Path) -> float:
    start = time.process_time()
    work(path)
    return time.process_time() - start


def compare(path: Path) -> tuple[float, float]:
    """Return the median CPU seconds of checking and of openpyxl's reading, taken in turns."""
    pairs = [(seconds(ours, path), seconds(openpyxl_reads, path)) for _ in range(ROUNDS)]
    return statistics.median(p[0] for p in pairs[1:]), statistics.median(p[1] for p in pairs[1:])


def peak(path: Path) -> None:
    """Check in this process and print seconds and peak megabytes; the answer as JSON is part of it."""
    start = time.process_time()
    rows = check(read_workbook(path), today=TODAY).as_json()["data_rows"]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(rows, f"{time.process_time() - start:.2f}", f"{megabytes:.0f}")


def main() -> int:
    """Print the table; return 1 when a limit is broken."""
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        small = write(Path(folder) / "small.xlsx", 1010)
        print(f"{'file':<24}{'check s':>10}{'openpyxl s':>12}{'ratio':>8}   limit 1.00")
        for path in (small, *([EXAMPLE] if EXAMPLE.exists() else [])):
            mine, theirs = compare(path)
            broken |= mine > theirs
            print(f"{path.name:<24}{mine:>10.4f}{theirs:>12.4f}{mine / theirs:>8.2f}")
        large = write(Path(folder) / "large.xlsx", MANY)
        command = [sys.executable, "-m", "benchmarks.roster_check", "--peak", str(large)]
        rows, cpu, megabytes = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout.split()
        broken |= float(megabytes) > MAX_MEGABYTES
        print(f"{rows} rows: {cpu} s CPU, peak {megabytes} MB   limit {MAX_MEGABYTES} MB")
    return int(broken)


if __name__ == "__main__":
    sys.exit(peak(Path(sys.argv[2])) if sys.argv[1:2] == ["--peak"] else main())
