"""The cases around the benefit that a jurist can read.

`python -m tests.engines.entitlement.around_cases` asks them all; the test of branches watches it from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zaigang.engines.entitlement.around.ask import Answer, ask

FOLDER = Path(__file__).parent / "cases_around"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and the answer that the law gives; `basis` is its source, or the arithmetic on a cited rule."""

    name: str
    basis: str
    given: dict[str, Any]
    expect: dict[str, Any]


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in book["cases"]:
            given = book["facts"] | case.get("facts", {})
            yield Case(f"{path.stem}: {case['name']}", case["basis"], given, case["expect"])


def answers() -> list[Answer]:
    return [ask(case.given) for case in cases()]


if __name__ == "__main__":
    for found in answers():
        found.as_json()
