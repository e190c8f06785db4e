"""The cases that a jurist can read, and what the engine answers to them, key by key.

`python -m tests.engines.entitlement.casebook` runs them all; the test of branches watches it from outside.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from zaigang.engines.entitlement import decide, facts_from_mapping, retirement, severance
from zaigang.engines.entitlement.calendar import month_text, parse_month

FOLDER = Path(__file__).parent / "cases"
#: What a case of a decision may expect.
KEYS = {
    "eligible", "months", "payments", "planned", "planned_from", "statuses", "total_yuan", "back_pay", "reasons",
    "would_change", "changes", "needs_human",
}  # fmt: skip
Mapped = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One question and the answer that the law gives; `basis` is its source, or the arithmetic on a cited rule."""

    name: str
    basis: str
    given: Mapped
    expect: Mapped


def decisions() -> Iterator[Case]:
    """The cases of the whole decision, and one for every step of the tables of months."""
    for book in ("conditions", "months", "course", "elsewhere", "qingdao_and_ningbo"):
        person = _book(book)["person"]
        for case in _book(book)["cases"]:
            yield Case(
                f"{book}: {case['name']}", case["basis"], person | case.get("facts", {}), case["expect"]
            )
    yield from _table_steps()


def _table_steps() -> Iterator[Case]:
    book = _book("tables")
    for table in book["tables"]:
        for contributed, months in table["months"].items():
            exact, most = (0, 0) if months == "none" else months
            expect = {
                "eligible": "yes" if most else "no",
                "months": {"exact": exact, "at_most": most},
            }
            facts = book["person"] | table["facts"] | {"contribution_months": contributed}
            yield Case(f"tables: {table['name']}, {contributed} months", table["basis"], facts, expect)


def severances() -> Iterator[Case]:
    book = _book("severance")
    for case in book["cases"]:
        yield Case(case["name"], case["basis"], book["contract"] | case.get("facts", {}), case["expect"])


def retirements() -> Iterator[Case]:
    for case in _book("retirement")["cases"]:
        yield Case(f"{case['category']} {case['born']}", case["basis"], case, case["expect"])


def _book(name: str) -> Mapped:
    book: Mapped = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return book


def by_month(runs: Mapping[str, Any]) -> Mapped:
    """`{"2016-01..2016-03": 950}` month by month."""
    months = {}
    for run, yuan in runs.items():
        first, last = (parse_month(text) for text in run.split(".."))
        months |= {month_text(month): yuan for month in range(first, last + 1)}
    return months


def answer_to(facts: Mapped) -> Mapped:
    """The answer as formats.md has it, and the codes of the sentences that say what would change it."""
    decision = decide(facts_from_mapping(facts))
    answer: Mapped = json.loads(json.dumps(decision.as_json(), ensure_ascii=False))
    return answer | {"changes": [change.line.code for change in decision.would_change]}


def observed(answer: Mapped, expected: Mapped) -> Mapped:
    """The answer in the words of the cases, for the keys that this case expects."""
    payments = answer["payments"]
    planned = [line["month"] for line in payments if line.get("planned")]
    everything = {
        "eligible": answer["eligible"],
        "months": {key: answer["months"][key] for key in ("exact", "at_most")},
        "payments": {line["month"]: line["yuan"] for line in payments},
        "planned": len(planned) == len(payments) if planned else False,
        "planned_from": min(planned, default=None),
        "statuses": {
            line["month"]: line["status"]
            for line in payments
            if line["month"] in expected.get("statuses", {})
        },
        "total_yuan": answer["total_yuan"],
        "back_pay": {line["month"]: line["yuan"] for line in answer["back_pay"]},
        "reasons": [reason["code"] for reason in answer["reasons"]],
        "would_change": [change["fact"] for change in answer["would_change"]],
        "changes": answer["changes"],
        "needs_human": [line["code"] for line in answer["needs_human"]],
    }
    return {key: everything[key] for key in expected}


def main() -> None:
    for case in decisions():
        answer_to(case.given)
        # asked again a day later, as the product does for people who have not come yet
        facts = facts_from_mapping(case.given)
        decide(facts, on=facts.decide_on + timedelta(days=1))
    for case in severances():
        severance(case.given)
    for case in retirements():
        retirement(case.given["category"], case.given["born"])


if __name__ == "__main__":
    main()
