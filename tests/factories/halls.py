"""A hall that is open, made through the real actions."""

from datetime import date

from tests.cast import Cast
from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.hall.checklist import Check
from zaigang.hall.enums import Series
from zaigang.hall.models import ServiceDay, Window
from zaigang.offices.models import Staff

BOTH = (Series.ORDINARY, Series.GREEN)


def prepared(cast: Cast, windows: int = 2, day: date | None = None) -> ServiceDay:
    """A day with windows 1, 2 … that serve both series; nobody sits there."""
    made = actions.prepare_day(office=cast.north, day=day or clock.today(), by=cast.director)
    for number in range(1, windows + 1):
        actions.set_window(service_day=made, number=number, serves=BOTH, by=cast.director)
    return made


def opened(cast: Cast, *staff: Staff, windows: int = 2) -> ServiceDay:
    """A day whose doors are open: `staff` (the clerk, if nobody is named) sit at windows 1, 2 …"""
    day = prepared(cast, max(windows, len(staff)))
    for number, person in enumerate(staff or (cast.clerk,), start=1):
        actions.sit_down(window=day.windows.get(number=number), by=person)
    return actions.open_day(service_day=day, checked=Check.values, by=cast.director)


def window_at(day: ServiceDay, number: int = 1) -> Window:
    return day.windows.get(number=number)
