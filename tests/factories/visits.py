"""People who have not come yet, and half hours to come in."""

from datetime import date, time

from tests.cast import Cast
from zaigang.hall import actions
from zaigang.hall.models import Slot
from zaigang.offices.models import Office

#: The Wednesday and Thursday after the tests' Monday.
WEDNESDAY, THURSDAY = date(2016, 1, 13), date(2016, 1, 14)


def offered(
    cast: Cast,
    *days: date,
    capacity: int = 1,
    office: Office | None = None,
    hours: tuple[time, ...] = (time(9, 30),),
) -> list[Slot]:
    """Slots of the north street on these days (Wednesday, if none is named), in order."""
    office = office or cast.north
    actions.offer_slots(
        office=office, days=days or (WEDNESDAY,), starts=hours, capacity=capacity, by=cast.director
    )
    return list(Slot.objects.filter(office=office).order_by("day", "starts_at"))
