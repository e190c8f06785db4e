"""The last Friday of January: the month's list goes out, and the hall is open with people waiting."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from zaigang.claims.actions import make_list, release
from zaigang.claims.models import PaymentList
from zaigang.claims.papers import missing_papers
from zaigang.demo.replay.before import IN_A_SLOT, STARTS
from zaigang.demo.replay.calendar import MONTH_END, moment
from zaigang.demo.replay.team import Team
from zaigang.demo.replay.visitors import Visitor
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.checklist import Check
from zaigang.hall.enums import Series, Service
from zaigang.hall.models import ServiceDay

#: Who has begun to work, and where they sit; clerk1 has not sat down yet.
AT_WORK = {2: "officer3", 5: "clerk2", 6: "clerk3"}
WAITING_GREEN, WAITING_ORDINARY = 9, 3
#: Monday to Friday after the last Friday: whoever has not been here may still choose a time.
NEXT_WEEK = range(3, 8)


def pay_january(now: datetime) -> PaymentList:
    """Release the month and make its list, at ten past eight or, when the visitor is up earlier, now."""
    with clock.at(min(moment(MONTH_END, 8, 10), now)):
        team = Team.today()
        month, clerk = date(2016, 1, 1), team.staff["clerk3"]
        release(office=team.office, month=month, by=clerk)
        return make_list(office=team.office, month=month, by=clerk)


def open_hall(visitors: Iterable[Visitor], now: datetime) -> None:
    """The hall as it stands at `now`: three windows at work, a dozen people waiting, most with a complete row."""
    now = now.replace(second=0, microsecond=0)
    with clock.at(_earlier(now, 40)):
        team = Team.today()
        day = _prepared(team, now)
        for number, name in AT_WORK.items():
            actions.sit_down(window=day.windows.get(number=number), by=team.staff[name])
        actions.open_day(service_day=day, checked=Check.values, by=team.director)
        coming = [MONTH_END + timedelta(days=ahead) for ahead in NEXT_WEEK]
        actions.offer_slots(
            office=team.office, days=coming, starts=STARTS, capacity=IN_A_SLOT, by=team.director
        )
    complete = islice((one for one in visitors if _is_complete(one)), WAITING_GREEN)
    _fill(day, list(complete), team, now)


def _prepared(team: Team, now: datetime) -> ServiceDay:
    """Open whenever somebody looks: the demo's day has the hours of the machine's own clock."""
    day = actions.prepare_day(office=team.office, day=MONTH_END, by=team.director)
    late = now + timedelta(hours=3)
    closes = time(23, 59) if late.date() > now.date() else max(time(17), late.time())
    opens = min(time(8, 30), _earlier(now, 40).time())
    return actions.change_hours(
        service_day=day, opens_at=opens, closes_at=closes, seats=day.seats, by=team.director
    )


def _is_complete(visitor: Visitor) -> bool:
    """Whether the roster says everything that the one-stop screen wants to know."""
    known = not any(paper.ask for paper in missing_papers(visitor.case, MONTH_END))
    return known and visitor.may_come(MONTH_END) and visitor.person.left_because != "resigned"


def _fill(day: ServiceDay, visitors: Sequence[Visitor], team: Team, now: datetime) -> None:
    """Three at the windows, then people of the closure, who said at the guide desk who they are, and others."""
    for number, name in AT_WORK.items():
        with clock.at(_earlier(now, 36 - number)):
            series = Series.GREEN if number == 2 else Series.ORDINARY
            verbs.take(office=team.office, service=Service.HELP, series=series)
        with clock.at(_earlier(now, 12 - number)):
            by = team.staff[name]
            called = verbs.call(window=day.windows.get(number=number), by=by)
            verbs.begin(ticket=called.id, by=by)
    for number, visitor in enumerate(visitors):
        with clock.at(_earlier(now, 25 - 2 * number)):
            verbs.take(
                office=team.office, service=Service.ONE_STOP, series=Series.GREEN, case=visitor.case, by=team.guide
            )  # fmt: skip
    for number in range(WAITING_ORDINARY):
        with clock.at(_earlier(now, 15 - 5 * number)):
            verbs.take(office=team.office, service=Service.JOBS)


def _earlier(now: datetime, minutes: int) -> datetime:
    """So many minutes before, and never on the day before."""
    return max(now - timedelta(minutes=minutes), now.replace(hour=0, minute=0, second=0, microsecond=0))
