"""The replay without service days, and the people and times that the days would have."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from zaigang.demo.replay import FIRST_SERVICE_DAY, SERVICE_DAYS, replay
from zaigang.demo.replay.arrivals import ONE_STOP_MINUTES, arrivals_of, green_on, minutes_at_window
from zaigang.hall.enums import Service
from zaigang.hall.models import Ticket
from zaigang.offices.models import Posting


def quietly(label: str, items: Any) -> Any:
    return items


@pytest.mark.django_db
def test_without_service_days_it_is_the_eve_of_the_first(tmp_path: Path) -> None:
    eve = replay(tmp_path, progress=quietly, seed=8, people=300, days=0)
    assert (eve.today, eve.payments, Ticket.objects.count()) == (FIRST_SERVICE_DAY, None, 0)
    assert not Posting.objects.filter(lent_by__isnull=False).exists()


def test_1250_people_come_in_ten_working_days() -> None:
    assert [day.isoweekday() for day in SERVICE_DAYS] == [1, 2, 3, 4, 5] * 2
    assert sum(green_on(day, 1419) for day in SERVICE_DAYS) == 1250


def test_a_one_stop_visit_takes_seven_minutes_on_average() -> None:
    rng = Random(1)
    minutes = [minutes_at_window(ONE_STOP_MINUTES, rng) for _n in range(5000)]
    assert sum(minutes) / 5000 == pytest.approx(ONE_STOP_MINUTES, abs=0.1)
    assert min(minutes) >= 1


def test_arrivals_follow_the_seed_and_end_before_the_doors_close() -> None:
    one, again, other = (arrivals_of(SERVICE_DAYS[0], [], [], Random(seed)) for seed in (1, 1, 2))
    assert one == again != other
    assert [arrival.at for arrival in one] == sorted(arrival.at for arrival in one)
    assert all((8, 30) <= (arrival.at.hour, arrival.at.minute) < (17, 0) for arrival in one)
    assert Service.ONE_STOP not in Counter(arrival.service for arrival in one)
