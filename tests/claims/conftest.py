from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.rosters import imported, row
from zaigang.roster.models import Closure

ROWS = [
    row(1, "安可"),
    row(3, "毕可"),
    row(5, "从辞", 解除原因="个人辞职"),
    row(7, "杜问", 解除原因=""),
    row(9, "尔短", 个人缴费月数="30", 视同缴费月数="0"),
]


@pytest.fixture
def people(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    """Five people: two alike who may draw at most 24 months, one who resigned, one whose ground is unknown, and
    one who may draw at most 12."""
    imported(cast, closure, tmp_path, ROWS)
    return closure
