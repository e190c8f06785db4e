from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.rosters import case_of, imported, row
from zaigang.roster.models import Case, Closure


@pytest.fixture
def known_case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    """Somebody on the roster of the north street's closure."""
    imported(cast, closure, tmp_path, [row(1, "王建甲")])
    return case_of(closure, "王建甲")
