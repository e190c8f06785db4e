"""The acts of the hall. Each is one SQL statement: the guard, the change, the event row and the notice to the boards
are one whole, so that two programs never call one number, and a program that is killed leaves all of it or nothing.

An act on a ticket that belongs to a case also writes the ledger, and then has a transaction around it.
"""

# ruff: noqa: S608 -- every statement is joined from constants of this file

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from zaigang.foundation import clock
from zaigang.hall.enums import Act, DayState, Series, Service, TicketState, Verb, WindowState
from zaigang.hall.errors import HallClosed, NobodyWaiting, NotYourWindow, WrongState
from zaigang.hall.models import Ticket, Window
from zaigang.hall.transitions import TRANSITIONS
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Office, Staff
from zaigang.roster.models import Case

#: Where boards and phones listen (PostgreSQL NOTIFY). A notice names a number and a window, never a person.
CHANNEL = "zaigang_hall"
#: Somebody who goes first stands where somebody stands who came so much earlier: nobody waits for ever behind them.
AHEAD = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Moved:
    """A ticket after an act. `window` is the number on the wall; `ahead` counts who will be called before it."""

    id: UUID
    series: str
    number: int
    service: str
    state: str
    case: UUID | None
    window: int | None
    ahead: int = 0

    @property
    def label(self) -> str:
        return f"{self.series}{self.number:03d}"


def _notice(source: str, window: str) -> str:
    """SQL that tells the boards; evaluated once, with the row that the statement returns."""
    return (
        f"pg_notify('{CHANNEL}', json_build_object('o', {source}.office_id, 'a', %(act)s::text,"
        f" 'n', {source}.series || lpad({source}.number::text, 3, '0'), 's', {source}.series,"
        f" 'w', {window})::text)"
    )


def _event(source: str, window: str) -> str:
    return (
        "INSERT INTO hall_ticketevent (ticket_id, act, at, recorded_at, window_id, by)"
        f" SELECT id, %(act)s, %(now)s, %(recorded)s, {window}, %(by)s FROM {source}"
    )


_TAKE = f"""
WITH day AS (
    SELECT id, office_id FROM hall_serviceday
    WHERE office_id = %(office)s AND day = %(day)s AND state = '{DayState.OPEN}'
    AND NOT EXISTS (SELECT 1 FROM hall_ticket WHERE id = %(id)s)
    FOR SHARE
), counter AS (
    INSERT INTO hall_seriescounter (service_day_id, series, last) SELECT id, %(series)s, 1 FROM day
    ON CONFLICT (service_day_id, series) DO UPDATE SET last = hall_seriescounter.last + 1
    RETURNING last
), taken AS (
    INSERT INTO hall_ticket
        (id, service_day_id, series, number, service, first, state, case_id, taken_at, sort_at, calls)
    SELECT %(id)s, day.id, %(series)s, counter.last, %(service)s, %(first)s, '{TicketState.WAITING}', %(case)s,
        %(now)s, %(sort_at)s, 0
    FROM day, counter
    RETURNING id, service_day_id, series, number, service, state, case_id, sort_at
), event AS (
    {_event("taken", "NULL")}
), told AS (
    SELECT taken.*, day.office_id FROM taken, day
)
SELECT id, series, number, service, state, case_id, NULL::int, (
    SELECT count(*) FROM hall_ticket o WHERE o.service_day_id = told.service_day_id
    AND o.state = '{TicketState.WAITING}' AND o.series = told.series AND o.sort_at <= told.sort_at
), {_notice("told", "NULL::int")}
FROM told
"""

_CALL = f"""
WITH me AS (
    SELECT w.id, w.service_day_id, w.serves, w.number AS on_the_wall, d.office_id
    FROM hall_window w JOIN hall_serviceday d ON d.id = w.service_day_id
    WHERE w.id = %(window)s AND w.staff_id = %(by)s AND w.state = '{WindowState.OPEN}'
    AND NOT EXISTS (
        SELECT 1 FROM hall_ticket t
        WHERE t.window_id = w.id AND t.state IN ('{TicketState.CALLED}', '{TicketState.SERVING}')
    )
), next AS (
    SELECT t.id FROM hall_ticket t, me
    WHERE t.service_day_id = me.service_day_id AND t.state = '{TicketState.WAITING}'
    AND (t.only_window_id = me.id OR (t.only_window_id IS NULL AND t.series = ANY (me.serves)))
    ORDER BY t.sort_at, t.number, t.id LIMIT 1
    FOR UPDATE OF t SKIP LOCKED
), moved AS (
    UPDATE hall_ticket t
    SET state = '{TicketState.CALLED}', window_id = me.id, called_at = %(now)s, calls = 1
    FROM next, me WHERE t.id = next.id AND t.state = '{TicketState.WAITING}'
    RETURNING t.*, me.on_the_wall, me.office_id
), event AS (
    {_event("moved", "window_id")}
)
SELECT id, series, number, service, state, case_id, on_the_wall, 0, {_notice("moved", "moved.on_the_wall")}
FROM moved
"""


def _move(sets: str, guard: str) -> str:
    """A statement that moves one ticket from the states of its act, where `guard` holds."""
    return f"""
WITH moved AS (
    UPDATE hall_ticket t SET {sets}
    FROM hall_serviceday d, hall_ticket before LEFT JOIN hall_window w ON w.id = before.window_id
    WHERE t.id = %(ticket)s AND before.id = t.id AND d.id = t.service_day_id
    AND t.window_id IS NOT DISTINCT FROM before.window_id AND t.state = ANY (%(sources)s) AND {guard}
    RETURNING t.*, w.number AS on_the_wall, w.id AS at_window, d.office_id
), event AS (
    {_event("moved", "at_window")}
)
SELECT id, series, number, service, state, case_id, on_the_wall, 0, {_notice("moved", "moved.on_the_wall")}
FROM moved
"""


_MINE = "w.staff_id = %(by)s"
_IN_OFFICE = "d.office_id = ANY (%(offices)s)"
_FINISH = f"state = '{TicketState.DONE}', finished_at = %(now)s"
_STATEMENTS = {
    Act.RECALL: _move("calls = t.calls + 1", _MINE),
    Act.BEGIN: _move(f"state = '{TicketState.SERVING}', begun_at = %(now)s", _MINE),
    Act.FINISH: _move(_FINISH, _MINE),
    Act.NO_SHOW: _move(f"state = '{TicketState.NO_SHOW}', window_id = NULL", _MINE),
    Act.TRANSFER: _move(
        f"state = '{TicketState.WAITING}', window_id = NULL, begun_at = NULL, only_window_id = %(target)s",
        # Locked: whoever gets up there at this moment would not see who is sent to them.
        f"{_MINE} AND %(target)s = (SELECT x.id FROM hall_window x WHERE x.id = %(target)s AND x.id <> w.id"
        f" AND x.service_day_id = t.service_day_id AND x.state <> '{WindowState.CLOSED}' FOR SHARE)",
    ),
    # Behind whoever is next: neither sent to the end nor before somebody who was there when called.
    Act.REQUEUE: _move(
        f"state = '{TicketState.WAITING}', only_window_id = NULL, sort_at = coalesce((SELECT min(o.sort_at)"
        f" FROM hall_ticket o WHERE o.service_day_id = t.service_day_id AND o.state = '{TicketState.WAITING}'"
        " AND o.series = t.series) + interval '1 microsecond', %(now)s)",
        # Locked: whoever ends the day at this moment would not see that somebody is inside again.
        f"{_IN_OFFICE} AND d.id = (SELECT x.id FROM hall_serviceday x WHERE x.id = t.service_day_id"
        f" AND x.state <> '{DayState.CLOSED}' FOR SHARE)",
    ),
    Act.LEAVE: _move(f"state = '{TicketState.LEFT}', finished_at = %(now)s", _IN_OFFICE),
    Act.IDENTIFY: _move(
        f"state = '{TicketState.SERVING}', begun_at = coalesce(t.begun_at, %(now)s), case_id = %(case)s",
        f"{_MINE} AND (t.state = '{TicketState.CALLED}' OR t.case_id IS DISTINCT FROM %(case)s)",
    ),
}
#: Most tickets belong to nobody the office knows: those finish without a transaction.
_FINISH_UNKNOWN = _move(_FINISH, f"{_MINE} AND t.case_id IS NULL")
_NO_SHOW_UNKNOWN = _move(
    f"state = '{TicketState.NO_SHOW}', window_id = NULL", f"{_MINE} AND t.case_id IS NULL"
)


def take(
    *,
    office: Office,
    service: str,
    series: str = Series.ORDINARY,
    first: bool = False,
    case: Case | None = None,
    once: UUID | None = None,
    by: Staff | None = None,
) -> Moved:
    """Give out the next number of a series today. `once` names the press of the button: the same press twice gives
    the same number. Raises `HallClosed` when the doors are not open, `WrongState` when the person holds a number.
    """
    values = {
        "office": office.pk, "day": clock.today(), "id": once or uuid4(), "series": str(series),
        "service": str(Service(service)), "first": first, "case": case.pk if case else None,
        "by": by.pk if by else None,
        "act": str(Act.TAKE), "sort_at": clock.now() - (AHEAD if first else timedelta()), **_moments(),
    }  # fmt: skip
    if case is None or by is None:
        return _take(values)
    with transaction.atomic():
        moved = _take(values)
        _tell_ledger(Verb.TICKET_TAKEN, moved, case, by)
    return moved


def _take(values: dict[str, Any]) -> Moved:
    try:
        with _savepoint():
            moved = _run(_TAKE, values)
    except IntegrityError as error:
        if "hall_ticket_one_for_a_case" in str(error):
            raise WrongState("这个人手里已经有一个号", "", "请用手里的号，或先把它作废") from None
        moved = None  # the same press, in another program, was a moment earlier
    if moved is not None:
        return moved
    already = Ticket.objects.filter(pk=values["id"], service_day__office=values["office"]).first()
    if already is None:
        raise HallClosed("现在不放号", "", "请看开门时间，或到导办台约一个时间")
    return _as_moved(already)


def call(*, window: Window, by: Staff) -> Moved:
    """Call whoever is next for this window. Pressed twice, the number that stands there already is given again.

    Raises `NobodyWaiting`, or `NotYourWindow` when the window is not open or not `by`'s.
    """
    values = {"window": window.pk, "by": by.pk, "act": str(Act.CALL), **_moments()}
    # Rows that others hold at this moment are skipped, so an empty answer is asked again with fresh eyes.
    moved = _called(values) or _called(values)
    if moved is not None:
        return moved
    standing = standing_at(window, by)
    if standing is not None:
        return _as_moved(standing)
    raise NobodyWaiting("没有人在等这个窗口", f"{window.number}号窗口", "有人取号时，这里会自己更新")


def _called(values: dict[str, Any]) -> Moved | None:
    try:
        with _savepoint():
            return _run(_CALL, values)
    except IntegrityError as error:
        if "hall_ticket_one_at_a_window" not in str(error):
            raise
        return None  # the same key, pressed twice, was heard a moment earlier: that number stands there


def standing_at(window: Window, by: Staff) -> Ticket | None:
    """The ticket that stands at the window, if it is open and `by`'s. Raises `NotYourWindow`."""
    found = (
        Window.objects.filter(pk=window.pk, staff=by)
        .exclude(state=WindowState.CLOSED)
        .values_list("state", flat=True)
        .first()
    )
    ticket = Ticket.objects.filter(window=window, state__in=(TicketState.CALLED, TicketState.SERVING)).first()
    if found is None or (found == WindowState.PAUSED and ticket is None):
        raise NotYourWindow("这个窗口现在不能叫号", f"{window.number}号窗口", "请先坐到窗口上，或结束暂停")
    return ticket


def recall(*, ticket: UUID, by: Staff) -> Moved:
    """Call the same number once more."""
    return _act(Act.RECALL, ticket, by)


def begin(*, ticket: UUID, by: Staff) -> Moved:
    """The person has come to the window."""
    return _act(Act.BEGIN, ticket, by)


def finish(*, ticket: UUID, by: Staff) -> Moved:
    """The person leaves the window, served."""
    return _act_and_tell(Act.FINISH, _FINISH_UNKNOWN, Verb.SERVED, ticket, by)


def no_show(*, ticket: UUID, by: Staff) -> Moved:
    """Nobody came when the number was called. The number is kept: see `requeue`."""
    return _act_and_tell(Act.NO_SHOW, _NO_SHOW_UNKNOWN, Verb.NO_SHOW, ticket, by)


def requeue(*, ticket: UUID, by: Staff, offices: list[UUID]) -> Moved:
    """Somebody who missed the call is back: called right after whoever is next."""
    return _act(Act.REQUEUE, ticket, by, offices=offices)


def leave(*, ticket: UUID, by: Staff, offices: list[UUID]) -> Moved:
    """Somebody told the guide desk that they go."""
    return _act(Act.LEAVE, ticket, by, offices=offices)


def transfer(*, ticket: UUID, to: Window, by: Staff) -> Moved:
    """Send somebody to another window of the same day; they keep their place in the order."""
    return _act(Act.TRANSFER, ticket, by, target=to.pk)


def identify(*, ticket: UUID, case: Case, by: Staff) -> Moved:
    """Note whose ticket it is; serving begins if it had not. Noted twice for the same person: once."""
    try:
        with _savepoint():
            return _act(Act.IDENTIFY, ticket, by, case=case.pk)
    except WrongState:
        there = Ticket.objects.filter(
            pk=ticket, case=case, state=TicketState.SERVING, window__staff=by
        ).first()
        if there is None:
            raise
        return _as_moved(there)
    except IntegrityError:
        raise WrongState("这个人手里还有别的号", case.label, "请先把那个号办结或作废") from None


def _act(act: Act, ticket: UUID, by: Staff, statement: str = "", **more: Any) -> Moved:
    moved = _run(statement or _STATEMENTS[act], _values(act, ticket, by, **more))
    if moved is None:
        raise _refusal(act, ticket)
    return moved


def _act_and_tell(act: Act, unknown: str, verb: Verb, ticket: UUID, by: Staff) -> Moved:
    moved = _run(unknown, _values(act, ticket, by))
    if moved is not None:
        return moved
    with transaction.atomic():
        moved = _act(act, ticket, by)
        assert moved.case is not None
        _tell_ledger(verb, moved, Case.objects.select_related("closure").get(pk=moved.case), by)
    return moved


def finishing(ticket: UUID, by: Staff) -> tuple[str, dict[str, Any]]:
    """Statement and values that finish a ticket, for an act that does so inside its own transaction."""
    return _STATEMENTS[Act.FINISH], _values(Act.FINISH, ticket, by)


def _tell_ledger(verb: Verb, moved: Moved, case: Case, by: Staff) -> None:
    facts = {"ticket": str(moved.id), "series": moved.series, "number": moved.number, "window": moved.window}
    record(NewEntry(verb, case.pk, case.closure_id, facts), by=by, office=case.closure.office_id)


def _values(act: Act, ticket: UUID, by: Staff, **more: Any) -> dict[str, Any]:
    sources = [str(state) for state in TRANSITIONS[act].sources]
    return {"ticket": ticket, "by": by.pk, "act": str(act), "sources": sources, **_moments(), **more}


def _moments() -> dict[str, datetime]:
    return {"now": clock.now(), "recorded": clock.system_now()}


def _run(statement: str, values: Mapping[str, Any]) -> Moved | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return Moved(*row[:8]) if row else None


def _refusal(act: Act, ticket: UUID) -> WrongState:
    """Why an act found nothing to move, in words."""
    found = Ticket.objects.select_related("window").filter(pk=ticket).first()
    if found is None:
        return WrongState("没有这个号", "", "请刷新页面")
    place = f"{found.label}，{found.get_state_display()}"
    if found.window:
        place += f"，{found.window.number}号窗口"
    return WrongState(f"这个号现在不能{act.label}", place, "可能已经按过，或在别的窗口办了。请刷新页面")


def _as_moved(ticket: Ticket) -> Moved:
    window = ticket.window.number if ticket.window else None
    return Moved(
        ticket.pk, ticket.series, ticket.number, ticket.service, ticket.state, ticket.case_id, window
    )


def _savepoint() -> AbstractContextManager[None]:
    """What a refused statement must not spoil: the transaction around it. In autocommit there is none."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
