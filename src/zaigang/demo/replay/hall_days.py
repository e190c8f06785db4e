"""A service day of the hall, act by act in the order of time, until everybody inside is served."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID

from zaigang.demo.replay.arrivals import Arrival, is_long
from zaigang.demo.replay.calendar import SERVICE_DAYS, moment
from zaigang.demo.replay.team import Team
from zaigang.demo.replay.visits import AtTheWindow
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.checklist import Check
from zaigang.hall.enums import Series
from zaigang.hall.models import ServiceDay, Window
from zaigang.offices.models import Staff

GREEN, BOTH = (Series.GREEN,), (Series.ORDINARY, Series.GREEN)
#: Windows 1 to 4 are the green channel; the others serve everybody.
SERVES = {number: GREEN if number <= 4 else BOTH for number in range(1, 11)}
#: Who sits where. Those of the second street come at ten on the first morning, when the queue is seen.
CREW = (
    "clerk1", "clerk2", "officer3", "officer4", "clerk3", "officer5", "clerk4", "clerk5", "clerk6", "clerk7",
)  # fmt: skip
HERE_AT_ONCE = 6
SEATS = 120
#: How often somebody is not there when called, and how often an ordinary matter belongs to another window.
NO_SHOW, TRANSFER = 0.02, 0.06
LUNCH = timedelta(minutes=30)

Act = Callable[[], object]


class Desk:
    """A window with somebody behind it. `lunch_at` is None once they have eaten."""

    def __init__(self, window: Window, by: Staff, lunch_at: datetime) -> None:
        self.window, self.by = window, by
        self.lunch_at: datetime | None = lunch_at

    def serves(self, series: str) -> bool:
        return series in self.window.serves


class HallDay:
    """One day as it runs: a heap of what happens next, and the desks that wait for somebody."""

    def __init__(self, day: ServiceDay, team: Team, rng: Random) -> None:
        self.day, self.team, self.rng = day, team, rng
        self.arrived: dict[UUID, Arrival] = {}
        self.missed: set[UUID] = set()
        # How many wait in each series, and who for one desk alone: a desk does not call into an empty hall.
        self.waiting: Counter[str] = Counter()
        self.sent: dict[UUID, Desk] = {}
        self.desks: list[Desk] = []
        self.idle: list[Desk] = []
        self._next: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def plan(self, at: datetime, act: Act) -> None:
        """Let something happen at that moment."""
        heappush(self._next, (at, next(self._order), act))

    def soon(self, act: Act, least: float, most: float) -> None:
        """Let something happen within so many seconds."""
        self.plan(clock.now() + timedelta(seconds=self.rng.uniform(least, most)), act)

    def run(self) -> datetime:
        """Live through everything that is planned, and what comes of it; gives the moment of the last act."""
        last = moment(self.day.day, 8)
        while self._next:
            last, _number, act = heappop(self._next)
            with clock.at(last):
                act()
        return last

    def sit_down(self, number: int, by: Staff) -> None:
        """Somebody opens a window."""
        window = actions.sit_down(window=self.day.windows.get(number=number), by=by)
        desk = Desk(window, by, moment(self.day.day, 11 + number % 2, 30 * (number // 5 % 2)))
        self.desks.append(desk)
        self.free(desk)

    def come_in(self, arrival: Arrival) -> None:
        """Take a number: at the kiosk, or with a slot at the guide desk, where one says who one is."""
        who = arrival.visitor.case if arrival.visitor and arrival.booked else None
        moved = verbs.take(
            office=self.team.office, service=arrival.service, series=arrival.series, first=arrival.first,
            once=UUID(int=self.rng.getrandbits(128), version=4), case=who, by=self.team.guide if who else None,
        )  # fmt: skip
        self.arrived[moved.id] = arrival
        self.waits(moved.series)

    def waits(self, series: str) -> None:
        """Somebody more waits: a desk that has nobody calls."""
        self.waiting[series] += 1
        self.wake(next((desk for desk in self.idle if desk.serves(series)), None))

    def wake(self, desk: Desk | None) -> None:
        """Let a desk call soon, if it has nobody."""
        if desk in self.idle:
            self.idle.remove(desk)
            self.soon(lambda: self.call(desk), 5, 20)

    def free(self, desk: Desk) -> None:
        """The desk has nobody: call the next, or eat first."""
        if desk.lunch_at and clock.now() >= desk.lunch_at:
            desk.lunch_at = None
            actions.pause(window=desk.window, by=desk.by)
            self.plan(clock.now() + LUNCH, lambda: self.back(desk))
        else:
            self.soon(lambda: self.call(desk), 15, 45)

    def back(self, desk: Desk) -> None:
        """After the meal."""
        actions.resume(window=desk.window, by=desk.by)
        self.free(desk)

    def call(self, desk: Desk) -> None:
        """Call whoever is next, if anybody waits."""
        if desk not in self.sent.values() and not any(self.waiting[series] for series in desk.window.serves):
            self.idle.append(desk)
            return
        moved = verbs.call(window=desk.window, by=desk.by)
        if self.sent.pop(moved.id, None) is None:
            self.waiting[moved.series] -= 1
        ticket = moved.id
        if ticket not in self.missed and self.rng.random() < NO_SHOW:
            self.soon(lambda: self.recall(desk, ticket), 50, 70)
        else:
            self.soon(lambda: self.begin(desk, ticket), 20, 60)

    def recall(self, desk: Desk, ticket: UUID) -> None:
        """Nobody came; once more."""
        verbs.recall(ticket=ticket, by=desk.by)
        self.soon(lambda: self.give_up(desk, ticket), 50, 70)

    def give_up(self, desk: Desk, ticket: UUID) -> None:
        """Still nobody: the number is kept, and its owner comes back in a while."""
        verbs.no_show(ticket=ticket, by=desk.by)
        self.missed.add(ticket)
        self.soon(lambda: self.come_back(ticket), 180, 900)
        self.free(desk)

    def come_back(self, ticket: UUID) -> None:
        """Whoever missed the call says so at the guide desk."""
        moved = verbs.requeue(ticket=ticket, by=self.team.guide, offices=[self.team.office.pk])
        self.waits(moved.series)

    def begin(self, desk: Desk, ticket: UUID) -> None:
        """The person stands at the window."""
        arrival = self.arrived[ticket]
        if arrival.visitor is not None:
            verbs.identify(ticket=ticket, case=arrival.visitor.case, by=desk.by)
            visit = AtTheWindow(arrival.visitor, ticket, desk.by, self.rng)
            self.after(arrival, 0.75, visit.fill)
            self.after(arrival, 1, lambda: self.end(desk, visit.submit))
            return
        verbs.begin(ticket=ticket, by=desk.by)
        others = [one for one in self.desks if one is not desk and one.serves(Series.ORDINARY)]
        if others and self.rng.random() < TRANSFER:
            to = self.rng.choice(others)
            self.soon(lambda: self.send_on(desk, ticket, to), 60, 150)
        else:
            self.after(arrival, 1, lambda: self.end(desk, lambda: verbs.finish(ticket=ticket, by=desk.by)))

    def after(self, arrival: Arrival, part: float, act: Act) -> None:
        """Let something happen when this part of the time at the window has passed."""
        self.plan(clock.now() + timedelta(minutes=arrival.minutes * part), act)

    def end(self, desk: Desk, act: Act) -> None:
        """The matter is done; the desk has nobody."""
        act()
        self.free(desk)

    def send_on(self, desk: Desk, ticket: UUID, to: Desk) -> None:
        """To a window where somebody knows."""
        self.sent[verbs.transfer(ticket=ticket, to=to.window, by=desk.by).id] = to
        self.wake(to)
        self.free(desk)


def run_day(day: date, arrivals: Iterable[Arrival], team: Team, rng: Random) -> datetime:
    """Prepare, open, serve everybody who comes, close the doors, and lock up; gives the moment of locking up."""
    made = _prepare(day, team)
    hall = HallDay(made, team, rng)
    for number, name in enumerate(CREW, start=1):
        late = day == SERVICE_DAYS[0] and number > HERE_AT_ONCE
        at = moment(day, 10 if late else 8, 0 if late else 20)
        hall.plan(at, _sits_down(hall, number, team.staff[name]))
    hall.plan(moment(day, 8, 30), lambda: _open(made, team))
    for arrival in arrivals:
        hall.plan(arrival.at, _comes_in(hall, arrival))
    closes = datetime.combine(day, made.closes_at, clock.ZONE)
    hall.plan(closes, lambda: _close(made, team))
    over = hall.run() + timedelta(minutes=5)
    with clock.at(over):
        actions.end_day(service_day=made, by=team.director)
    return over


def _sits_down(hall: HallDay, number: int, by: Staff) -> Act:
    return lambda: hall.sit_down(number, by)


def _comes_in(hall: HallDay, arrival: Arrival) -> Act:
    return lambda: hall.come_in(arrival)


def _prepare(day: date, team: Team) -> ServiceDay:
    """The day with its windows and hours, made ready before the doors open."""
    with clock.at(moment(day, 8, 5)):
        made = actions.prepare_day(office=team.office, day=day, by=team.director)
        if not made.windows.exists():
            for number, serves in SERVES.items():
                actions.set_window(service_day=made, number=number, serves=serves, by=team.director)
        return actions.change_hours(
            service_day=made, opens_at=time(8, 30), closes_at=time(18 if is_long(day) else 17), seats=SEATS,
            by=team.director,
        )  # fmt: skip


def _open(day: ServiceDay, team: Team) -> None:
    actions.open_day(service_day=day, checked=Check.values, by=team.director)


def _close(day: ServiceDay, team: Team) -> None:
    actions.close_doors(service_day=day, by=team.director)
