"""The business time: fixed by a test, set by the demo for a day, or running from a moment."""

from datetime import date, datetime, timedelta

import pytest

from zaigang.foundation import clock

MORNING = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def business_date() -> None:
    """These tests set the time themselves."""


def test_without_a_setting_it_is_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.BUSINESS_DATE, raising=False)
    assert abs(clock.now() - clock.system_now()) < timedelta(seconds=5)
    assert not clock.is_replayed()


def test_a_date_keeps_the_system_s_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.BUSINESS_DATE, "2016-01-11")
    before, now = clock.system_now().time(), clock.now()
    assert clock.today() == date(2016, 1, 11) and clock.is_replayed()
    assert now.time() >= before or now.time() < clock.system_now().time()


def test_a_moment_runs_on_whatever_the_system_s_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    night = datetime(2026, 11, 25, 23, 59, 50, tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "system_now", lambda: night)
    monkeypatch.setenv(clock.BUSINESS_DATE, clock.running_from(MORNING))
    assert clock.now() == MORNING
    monkeypatch.setattr(clock, "system_now", lambda: night + timedelta(minutes=20))
    assert clock.now() == MORNING + timedelta(minutes=20)


def test_the_block_fixes_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.BUSINESS_DATE, clock.running_from(MORNING))
    with clock.at(date(2016, 2, 1)):
        assert clock.now() == datetime(2016, 2, 1, 9, tzinfo=clock.ZONE)
    assert clock.today() == MORNING.date()
