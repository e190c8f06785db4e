"""The command line as a program: a home of its own, the embedded database, exit codes, one JSON value on stdout."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.factories.rosters import csv_file, row

FACTS = """
territory: "370213"
sex: male
born: 1969-05-22
retirement_category: male
left_on: 2015-12-31
left_because: employer_proposed_agreement
registered_on: 2016-01-15
applied_on: 2016-01-15
contribution_months: 206
deemed_months: 96
unused_months: 0
agency_months: null
events: []
decide_on: 2016-01-15
pay_through: 2016-12
"""


def zaigang(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with `home` as its only memory."""
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ}
    return subprocess.run(
        [str(Path(sys.executable).with_name("zaigang")), *arguments],
        env=keep | {"ZAIGANG_HOME": str(home), "PYTHONWARNINGS": "ignore"},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
    )


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    """The one JSON value on stdout of a command that went well."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def demo(home: Path) -> Any:
    return answer(zaigang(home, "demo", "--days", "2", "--no-serve", "--json"))


def test_the_demo_accounts_for_1419_people(demo: Any) -> None:
    assert {key: value for key, value in demo.items() if key != "seconds"} == {
        "closure": "SF-2015",
        "rows": 1443,
        "duplicate_rows": 24,
        "people": 1419,
        "awaiting_repair": 0,
        "repaired_rows": 72,
        "reconciles": True,
        "tickets": 453,
        "claims": 360,
        "payments": {"month": "2016-01", "persons": 343, "yuan": 343 * 950},
    }


@pytest.mark.parametrize(
    ("day", "rows", "people", "waiting"),
    [
        ("2015-12-31", 0, 0, 0),
        ("2016-01-04", 1027, 1010, 48),
        ("2016-01-05", 1443, 1419, 72),
        ("2016-01-06", 1443, 1419, 48),
        ("2016-01-08", 1443, 1419, 0),
        ("2016-01-11", 1443, 1419, 0),
        ("2016-01-29", 1443, 1419, 0),
    ],
)
def test_a_report_of_any_day_agrees_with_its_names(
    home: Path, demo: Any, tmp_path: Path, day: str, rows: int, people: int, waiting: int
) -> None:
    names = tmp_path / "names.csv"
    report = answer(
        zaigang(home, "report", "closure", "SF-2015", "--on", day, "--names", str(names), "--json")
    )
    assert (report["as_of"], report["rows"], report["people"], report["reconciles"]) == (
        day,
        rows,
        people,
        True,
    )
    with names.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    counted = Counter(line["state"] for line in listed)
    assert {state: n for state, n in report["states"].items() if n} == dict(counted)
    assert counted["awaiting_repair"] == waiting
    assert len({line["case"] for line in listed}) == people
    assert all(line["since"] <= day for line in listed)


def test_a_roster_goes_in_once_and_its_report_needs_no_date(home: Path, demo: Any, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, [row(1, "王甲"), row(2, "李乙"), row(1, "王甲"), row(3, "赵丙", 身份证号="")])
    arguments = ("roster", "import", str(roster), "--closure", "TEST-1", "--today", "2016-04-05", "--json")
    first, again = answer(zaigang(home, *arguments)), answer(zaigang(home, *arguments))
    assert first["import"] == {"new": 2, "matched": 0, "changed": 0, "awaiting_repair": 1}
    assert again["import"] == {"new": 0, "matched": 2, "changed": 0, "awaiting_repair": 1}
    assert first["outcomes"] == {"ok": 2, "warning": 0, "duplicate": 1, "error": 1}
    report = answer(zaigang(home, "report", "closure", "TEST-1", "--json"))
    assert (report["rows"], report["duplicate_rows"], report["people"]) == (4, 1, 3)


def test_the_doctor_finds_nothing_wrong(home: Path, demo: Any) -> None:
    findings = answer(zaigang(home, "doctor", "--json"))
    assert [finding["ok"] for finding in findings] == [True] * 7


def test_a_backup_fills_an_empty_database_and_no_other(home: Path, demo: Any, tmp_path: Path) -> None:
    dump = tmp_path / "zaigang.dump"
    assert zaigang(home, "backup", str(dump)).returncode == 0
    assert dump.stat().st_mode & 0o777 == 0o600
    refused = zaigang(home, "restore", str(dump))
    assert (refused.returncode, "数据库里已有数据" in refused.stderr) == (1, True)


def test_the_demo_refuses_a_database_that_it_did_not_make(tmp_path: Path) -> None:
    made = zaigang(tmp_path, "migrate")
    assert made.returncode == 0, made.stderr
    code = (
        "from zaigang.foundation.database import attach; import psycopg, os\n"
        "attach('zaigang_demo'); psycopg.connect(os.environ['DATABASE_URL']).close()"
    )
    keep = {"PATH": os.environ["PATH"], "ZAIGANG_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=keep, check=True, timeout=60)
    refused = zaigang(tmp_path, "demo", "--no-serve", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "不是示范建的" in refused.stderr


def test_an_office_posts_its_first_people(tmp_path: Path) -> None:
    opened = zaigang(tmp_path, "staff", "open-office", "370299001", "示范街道", "--territory", "370213")
    assert opened.stdout == "370299001 示范街道\n", opened.stderr
    added = zaigang(
        tmp_path, "staff", "add", "wang", "--name", "王经办", "--role", "clerk", "--office", "370299001"
    )
    assert added.stdout.startswith("王经办：示范街道，clerk，首次密码 "), added.stderr
    unknown = zaigang(tmp_path, "staff", "add", "li", "--name", "李", "--role", "clerk", "--office", "9")
    assert (unknown.returncode, "没有这个编码的机构" in unknown.stderr) == (1, True)


def test_a_person_of_2016_gets_at_most_24_months(home: Path) -> None:
    decision = answer(zaigang(home, "entitlement", "decide", "-", "--json", stdin=FACTS))
    assert (decision["eligible"], decision["months"]["exact"], decision["months"]["at_most"]) == (
        "yes",
        None,
        24,
    )
    assert [payment["yuan"] for payment in decision["payments"]] == [950] * 6 + [1000] * 6
    assert all(payment["source"]["document"] for payment in decision["payments"])


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "words"),
    [
        (("roster", "check", "/nowhere.xlsx"), "", 2, "nowhere.xlsx"),
        (("roster", "check"), "", 2, "FILE"),
        (("entitlement", "decide", "-"), "a: [", 1, "YAML"),
        (("entitlement", "decide", "-"), "[]", 1, "名称: 值"),
        (("entitlement", "decide", "-"), FACTS.replace("370213", "999"), 1, "territory"),
        (("entitlement", "retirement", "--category", "male", "--born", "1960-13"), "", 1, "born"),
        (("report", "closure", "NOPE"), "", 1, "NOPE"),
        (("fly",), "", 2, "fly"),
    ],
)
def test_bad_input_and_wrong_usage(
    home: Path, demo: Any, arguments: tuple[str, ...], stdin: str, status: int, words: str
) -> None:
    done = zaigang(home, *arguments, stdin=stdin)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
