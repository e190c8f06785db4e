from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.claims import approved, claimants
from zaigang.claims.models import Claim
from zaigang.roster.models import Case, Closure


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


@pytest.fixture
def claim(cast: Cast, case: Case) -> Claim:
    """Granted on 2016-01-11: at most 24 months from January 2016."""
    return approved(cast, case)
