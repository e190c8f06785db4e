from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.claims import approved, claimants, month
from tests.factories.laws import EARLIER, in_force
from zaigang.claims.actions import make_list, release
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.roster.models import Closure


def at(day: str) -> datetime:
    """Ten in the morning."""
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=clock.ZONE)


@pytest.fixture
def paid(cast: Cast, closure: Closure, tmp_path: Path) -> list[Claim]:
    """Two people who draw since January 2016 and were paid 950 yuan for July and August."""
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    claims = [approved(cast, case) for case in claimants(cast, closure, tmp_path, "安可", "毕可")]
    for text in ("2016-07", "2016-08"):
        with clock.at(at(f"{text}-05")):
            release(office=cast.north, month=month(text), by=cast.clerk)
            make_list(office=cast.north, month=month(text), by=cast.clerk)
    return claims
