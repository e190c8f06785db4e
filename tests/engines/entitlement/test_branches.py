"""No branch of the law without a case: sentences, code, tables and values that no case in cases/ ever reaches."""

import json
import subprocess
import sys
from pathlib import Path

import yaml

import zaigang.engines.entitlement as engine
from tests.engines.entitlement.casebook import by_month, decisions, severances
from zaigang.engines.entitlement import decide, facts_from_mapping, load_parameters
from zaigang.engines.entitlement.shapes import Readings, Table

PACKAGE = Path(engine.__file__).parent
#: The rooms in which the law is decided; reading and refusing have tests of their own.
DECIDING = ("conditions", "decision", "duration", "payments", "plan", "situation")
CASEBOOK = "tests.engines.entitlement.casebook"


def _reached(folder: Path) -> dict[str, dict[str, list[list[int]]]]:
    """What `coverage` says of each module after all cases: its lines and branches that none has reached."""
    data, report = folder / "cases.coverage", folder / "cases.json"
    tool = [sys.executable, "-m", "coverage"]
    subprocess.run(
        [*tool, "run", "--branch", f"--data-file={data}", f"--include={PACKAGE}/*.py", "-m", CASEBOOK],
        check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    subprocess.run([*tool, "json", "-q", f"--data-file={data}", "-o", str(report)], check=True)
    files = json.loads(report.read_text())["files"]
    return {Path(name).stem: found for name, found in files.items()}


def test_every_branch_of_the_code_has_a_case(tmp_path: Path) -> None:
    reached = _reached(tmp_path)
    nothing: dict[str, list[list[int]]] = {name: [] for name in DECIDING}
    assert {name: reached[name]["missing_branches"] for name in DECIDING} == nothing
    assert {name: reached[name]["missing_lines"] for name in DECIDING} == nothing


def test_every_sentence_has_a_case_that_expects_it() -> None:
    texts = yaml.safe_load((PACKAGE / "reasons.yaml").read_text(encoding="utf-8"))
    expected = {
        "reasons": {code for case in decisions() for code in case.expect.get("reasons", ())},
        "needs_human": {code for case in decisions() for code in case.expect.get("needs_human", ())},
        "would_change": {code for case in decisions() for code in case.expect.get("changes", ())},
        "severance": {code for case in severances() for code in case.expect["needs_human"]},
    }
    assert {shelf: sorted(set(texts[shelf]) - codes) for shelf, codes in expected.items()} == {
        shelf: [] for shelf in expected
    }


def test_every_step_of_every_table_has_a_case_on_both_sides() -> None:
    tried = {
        (facts["territory"], facts["contribution_months"] + (facts["deemed_months"] or 0))
        for facts in (case.given for case in decisions())
        if facts["contribution_months"] is not None
    }
    without = []
    for code, territory in load_parameters().territories.items():
        places = {place for place, _ in tried if code == "CN" or place.startswith(code)}
        contributed = {months for place, months in tried if place in places}
        for dated in (*territory.series.get("months_table", ()), *territory.series.get("months_ceiling", ())):
            for step in _steps(dated.value):
                without += [(code, step, months) for months in (step - 1, step) if months not in contributed]
    assert without == []


def _steps(value: Readings | Table | None) -> set[int]:
    if value is None:
        return set()
    tables = value.tables if isinstance(value, Readings) else (value,)
    return {band.at_least for table in tables for band in table.bands}


def test_every_value_that_decides_is_used_by_a_case() -> None:
    used = {
        (dated.name, dated.since, dated.source.title) for case in decisions() for dated in _used(case.given)
    }
    known = {
        (dated.name, dated.since, dated.source.title)
        for territory in load_parameters().territories.values()
        for name in (
            "benefit_amount",
            "months_table",
            "months_ceiling",
            "first_payment",
            "stops",
            "involuntary",
        )
        for dated in territory.series.get(name, ())
        if dated.known and (dated.until is None or dated.until.year >= 2013)
    }
    assert sorted(known - used) == []


def _used(given: dict[str, object]) -> set[object]:
    decision = decide(facts_from_mapping(given))
    return set(decision.parameters)


def test_every_status_of_an_amount_is_expected_by_a_case() -> None:
    expected = {
        status for case in decisions() for status in by_month(case.expect.get("statuses", {})).values()
    }
    assert expected == {"verified", "inferred", "unverified", "missing"}
