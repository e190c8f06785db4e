"""Before the first service day: staff is lent, everybody is told what to bring, and some choose a time to come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from zaigang.demo.accounts import lend_staff
from zaigang.demo.replay.calendar import FIRST_SERVICE_DAY, SERVICE_DAYS, TOLD, moment
from zaigang.demo.replay.record import Replayed
from zaigang.demo.replay.team import Team
from zaigang.demo.replay.visitors import NOT_MET, Visitor
from zaigang.desk.before_visit import expected_people, notify
from zaigang.desk.phone.people import oneself
from zaigang.desk.phone.slots import Absolute, choose
from zaigang.foundation import clock
from zaigang.hall.actions import offer_slots
from zaigang.hall.models import Slot

STARTS = tuple(time(hour, minute) for hour in (9, 10, 11, 13, 14, 15) for minute in (0, 30))
IN_A_SLOT = 2
#: Minutes from eight in the morning to nine in the evening.
DAYTIME = 13 * 60
#: People of 1,419 who choose a time, when all ten days are replayed: so many for each day but the first.
BOOKINGS = 150
Booked = dict[date, list[tuple[Visitor, datetime]]]


def make_ready(replayed: Replayed, days: Sequence[date], *, absolute: Absolute) -> None:
    """Lend staff, offer times on these days, and tell everybody what to bring and where to choose one."""
    with clock.at(moment(TOLD, 14)):
        lend_staff(replayed.invention.seed, replayed.staff, replayed.staff["director"])
    with clock.at(moment(TOLD, 15)):
        team = Team.today()
        offer_slots(office=team.office, days=days, starts=STARTS, capacity=IN_A_SLOT, by=team.director)
    with clock.at(moment(TOLD, 16)):
        people = expected_people(replayed.closure)
        notify(closure=replayed.closure, people=people, absolute=absolute, by=team.staff["clerk1"])


def bookings(visitors: list[Visitor], people: int, rng: Random, *, absolute: Absolute) -> Booked:
    """Let people choose a time over the weekend, and take them out of `visitors`; `people` is how many there are.

    Gives whom to expect when, by day. A few choose, do not come, and cannot be reached by phone.
    """
    booked: Booked = defaultdict(list)
    slots = list(Slot.objects.all())
    if not slots:
        return booked
    days = {slot.day for slot in slots}
    wanted = min(round(BOOKINGS * people / 1419 * len(days) / (len(SERVICE_DAYS) - 1)), len(visitors))
    early = [one for one in visitors if one.may_come(min(days))]
    choosing = rng.sample(early, wanted)
    places = rng.sample(slots * IN_A_SLOT, wanted)
    minutes = sorted(rng.sample(range(2 * DAYTIME), wanted))
    for number, (visitor, slot, minute) in enumerate(zip(choosing, places, minutes, strict=True)):
        with clock.at(_over_the_weekend(minute)):
            choose(case=visitor.case, slot=slot, by=oneself(visitor.case), absolute=absolute)
        visitors.remove(visitor)
        if number >= NOT_MET:
            booked[slot.day].append((visitor, datetime.combine(slot.day, slot.starts_at, clock.ZONE)))
    return booked


def _over_the_weekend(minute: int) -> datetime:
    """A minute of the two days before the first service day, from eight in the morning on."""
    day, within = divmod(minute, DAYTIME)
    return moment(FIRST_SERVICE_DAY - timedelta(days=2 - day), 8) + timedelta(minutes=within)
