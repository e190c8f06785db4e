"""One sheet for the worker: why this is the result, and what they can do. In the language of whoever reads it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zaigang.claims.printing.values import printable
from zaigang.foundation.pdf import compile_pdf

TEMPLATE = Path(__file__).with_name("why.typ")


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence; `mark`: how sure, `bring`: what to bring, `source`: where it says so, each in words or empty."""

    text: str
    mark: str = ""
    bring: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled list of sentences."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Months that are alike: when, how many, how much each, and what is to be said of it."""

    when: str
    count: str
    amount: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhySheet:
    """Everything is words in one language; `parts_left` stand beside `parts_right`."""

    language: str
    title: str
    office: str
    person: str
    made: str
    answer: str
    how_final: str
    months_title: str
    months: tuple[Line, ...]
    total: str
    parts_left: tuple[Part, ...]
    parts_right: tuple[Part, ...]
    foot: str


def why_pdf(sheet: WhySheet, *, made_at: datetime) -> bytes:
    """One A4 page. Raises CannotPrint."""
    return compile_pdf(TEMPLATE, printable(sheet), made_at=made_at)
