"""The service day and its windows, and the slots to choose from. What happens to tickets is in `hall.verbs`."""

from collections.abc import Iterable
from datetime import date, time
from itertools import product

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from zaigang.foundation import clock
from zaigang.hall.checklist import Check
from zaigang.hall.enums import DayState, Series, TicketState, Verb, WindowState
from zaigang.hall.errors import HallClosed, NotReady, NotYourWindow, SlotFull
from zaigang.hall.models import AT_A_WINDOW, UNFINISHED, Booking, ServiceDay, Slot, Ticket, Window
from zaigang.hall.verbs import CHANNEL
from zaigang.ledger.actions import Actor, NewEntry, record
from zaigang.offices.models import Office, Staff
from zaigang.roster.models import Case

OPENS_AT, CLOSES_AT = time(8, 30), time(17)


@transaction.atomic
def prepare_day(*, office: Office, day: date, by: Staff) -> ServiceDay:
    """The service day of an office, made with the windows of the day before if there is none yet."""
    made, new = ServiceDay.objects.get_or_create(
        office=office, day=day, defaults={"opens_at": OPENS_AT, "closes_at": CLOSES_AT}
    )
    if new:
        before = ServiceDay.objects.filter(office=office, day__lt=day).order_by("-day").first()
        windows = list(before.windows.all()) if before else []
        if before:
            made.opens_at, made.closes_at, made.seats = before.opens_at, before.closes_at, before.seats
            made.save(update_fields=["opens_at", "closes_at", "seats"])
        Window.objects.bulk_create(
            Window(service_day=made, number=one.number, serves=one.serves) for one in windows
        )
    return made


@transaction.atomic
def set_window(*, service_day: ServiceDay, number: int, serves: Iterable[str], by: Staff) -> Window:
    """Add a window to the day, or change what it serves."""
    day = _day(service_day, but=DayState.CLOSED)
    window = Window.objects.filter(service_day=day, number=number).first()
    window = window or Window(service_day=day, number=number)
    window.serves = [series for series in Series.values if series in set(serves)]
    window.full_clean()
    window.save()
    return window


@transaction.atomic
def remove_window(*, window: Window, by: Staff) -> None:
    """Take a window off the day; one that has called somebody stays."""
    sent_there = Ticket.objects.filter(only_window=window)
    if window.tickets.exists() or sent_there.exists():
        raise NotReady("这个窗口今天已经叫过号", f"{window.number}号窗口", "可以关闭，不能删掉")
    window.delete()


@transaction.atomic
def change_hours(
    *, service_day: ServiceDay, opens_at: time, closes_at: time, seats: int | None, by: Staff
) -> ServiceDay:
    """Longer hours, more seats. Raises ValidationError when the doors would close before they open."""
    day = _day(service_day, but=DayState.CLOSED)
    day.opens_at, day.closes_at, day.seats = opens_at, closes_at, seats
    day.validate_constraints()
    day.save(update_fields=["opens_at", "closes_at", "seats"])
    return day


@transaction.atomic
def open_day(*, service_day: ServiceDay, checked: Iterable[str], by: Staff) -> ServiceDay:
    """Open the doors. Raises `NotReady` with what is missing: a window with somebody, a point of the checklist."""
    day = _day(service_day)
    if day.state == DayState.OPEN:
        return day
    if day.state == DayState.CLOSED:
        raise NotReady("今天已经收工", day.day.isoformat(), "收工以后不能再开门")
    ticked = set(checked)
    missing = [str(point.label) for point in Check if point not in ticked]
    if not day.windows.filter(state=WindowState.OPEN).exists():
        missing.insert(0, _("至少一个窗口有人坐"))
    if missing:
        raise NotReady(_("还不能开门"), _("、").join(missing), _("备好以后打勾，再开门"))
    day.state, day.checked = DayState.OPEN, [point for point in Check.values if point in ticked]
    day.opened_at, day.opened_by = day.opened_at or clock.now(), day.opened_by or by
    day.save(update_fields=["state", "checked", "opened_at", "opened_by"])
    _tell_screens(day)
    return day


@transaction.atomic
def close_doors(*, service_day: ServiceDay, by: Staff) -> ServiceDay:
    """Nobody new is let in; everybody inside is served."""
    day = _day(service_day)
    if day.state == DayState.OPEN:
        day.state = DayState.DOORS_CLOSED
        day.save(update_fields=["state"])
        _tell_screens(day)
    return day


@transaction.atomic
def end_day(*, service_day: ServiceDay, by: Staff) -> ServiceDay:
    """Lock up. Raises `NotReady` while anybody is still inside: nobody who waits is sent home."""
    day = _day(service_day)
    if day.state == DayState.CLOSED:
        return day
    if day.state != DayState.DOORS_CLOSED:
        raise NotReady("还在放号", day.day.isoformat(), "请先停止放号，把在场的人办完")
    inside = Ticket.objects.filter(service_day=day, state__in=UNFINISHED).count()
    if inside:
        raise NotReady(
            _("还有 %(n)s 人没有办完") % {"n": inside}, day.day.isoformat(), _("办完最后一个人再收工")
        )
    day.windows.update(state=WindowState.CLOSED)
    day.state, day.closed_at = DayState.CLOSED, clock.now()
    day.save(update_fields=["state", "closed_at"])
    _tell_screens(day)
    return day


@transaction.atomic
def sit_down(*, window: Window, by: Staff) -> Window:
    """Open a window and sit at it; whoever sat there must have got up. Raises `NotYourWindow`."""
    day = _day(window.service_day, but=DayState.CLOSED)
    window = Window.objects.select_for_update().get(pk=window.pk, service_day=day)
    if window.staff_id not in (None, by.pk) and window.state != WindowState.CLOSED:
        raise NotYourWindow("这个窗口有人", f"{window.number}号窗口", "请选一个空的窗口")
    try:
        with transaction.atomic():
            Window.objects.filter(service_day=day, staff=by, state=WindowState.CLOSED).update(staff=None)
            window.staff, window.state = by, WindowState.OPEN
            window.save(update_fields=["staff", "state"])
    except IntegrityError:
        raise NotYourWindow("您还坐在别的窗口", f"{window.number}号窗口", "请先离开那个窗口") from None
    return window


@transaction.atomic
def pause(*, window: Window, by: Staff) -> Window:
    """Call nobody for a while. Whoever stands there is served to the end."""
    return _turn(window, by, WindowState.PAUSED)


@transaction.atomic
def resume(*, window: Window, by: Staff) -> Window:
    """Call again."""
    return _turn(window, by, WindowState.OPEN)


@transaction.atomic
def get_up(*, window: Window, by: Staff) -> Window:
    """Close the window and leave it; not while somebody stands there."""
    if Ticket.objects.filter(window=window, state__in=AT_A_WINDOW).exists():
        raise NotReady("窗口上还有人", f"{window.number}号窗口", "办结或转走以后再离开")
    window = _turn(window, by, WindowState.CLOSED)
    window.staff = None
    window.save(update_fields=["staff"])
    # Whoever was sent to this window alone must not wait for nobody.
    Ticket.objects.filter(only_window=window, state=TicketState.WAITING).update(only_window=None)
    return window


def _turn(window: Window, by: Staff, state: WindowState) -> Window:
    found = Window.objects.select_for_update().filter(pk=window.pk, staff=by).first()
    if found is None:
        raise NotYourWindow("您没有坐在这个窗口", f"{window.number}号窗口", "请刷新页面")
    found.state = state
    found.save(update_fields=["state"])
    _tell_screens(found.service_day)
    return found


def _tell_screens(day: ServiceDay) -> None:
    """Boards show which windows pause, kiosks and phones whether the doors are open: they ask again."""
    with connection.cursor() as cursor:
        notice = "SELECT pg_notify(%s, json_build_object('o', %s::text, 'a', 'window')::text)"
        cursor.execute(notice, [CHANNEL, str(day.office_id)])


def _day(service_day: ServiceDay, *, but: str = "") -> ServiceDay:
    day = ServiceDay.objects.select_for_update().get(pk=service_day.pk)
    if but and day.state == but:
        raise HallClosed("今天已经收工", day.day.isoformat(), "请用下一个工作日")
    return day


@transaction.atomic
def offer_slots(
    *, office: Office, days: Iterable[date], starts: Iterable[time], capacity: int, by: Staff
) -> int:
    """Slots of half an hour on these days; those there already get the new capacity, never below what is taken.

    Returns how many are new.
    """
    wanted = [
        Slot(office=office, day=day, starts_at=start, capacity=capacity)
        for day, start in product(days, starts)
    ]
    there = Slot.objects.filter(
        office=office, day__in={one.day for one in wanted}, starts_at__in={one.starts_at for one in wanted}
    )
    before = there.count()
    Slot.objects.bulk_create(wanted, ignore_conflicts=True)
    there.filter(taken__lte=capacity).update(capacity=capacity)
    return there.count() - before


@transaction.atomic
def book(*, case: Case, slot: Slot, by: Actor) -> Booking:
    """Take a place in a slot for somebody; the one held before is given back. Raises `SlotFull`."""
    locked = (
        Case.objects.select_for_update(of=("self",), no_key=True).select_related("closure").get(pk=case.pk)
    )
    # Locked: somebody may be giving it back at this moment, and a place is freed once.
    held = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot")
        .filter(case=case, given_back_at__isnull=True)
        .first()
    )
    if held is not None:
        if held.slot_id == slot.pk:
            return held
        # Always in one order: two people who change places with each other must not wait for each other.
        list(Slot.objects.select_for_update().filter(pk__in=[held.slot_id, slot.pk]).order_by("pk"))
        _give_back(held)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hall_slot SET taken = taken + 1 WHERE id = %s AND taken < capacity AND office_id = %s",
            [slot.pk, locked.closure.office_id],
        )
        if not cursor.rowcount:
            raise SlotFull("这个时间刚刚约满", str(slot), "请选别的时间。原来约的时间还在。")
    booking = Booking.objects.create(case=case, slot=slot, made_at=clock.now())
    facts = {"slot": str(slot.pk), "day": slot.day.isoformat(), "at": f"{slot.starts_at:%H:%M}"}
    record(
        NewEntry(Verb.SLOT_CHOSEN, case.pk, locked.closure_id, facts), by=by, office=locked.closure.office_id
    )
    return booking


@transaction.atomic
def give_back(*, booking: Booking, by: Actor) -> Booking:
    """Free the place again; nothing happens when it was given back before."""
    booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("slot", "case__closure")
        .get(pk=booking.pk)
    )
    if booking.given_back_at is None:
        _give_back(booking)
        case = booking.case
        entry = NewEntry(Verb.SLOT_GIVEN_BACK, case.pk, case.closure_id, {"slot": str(booking.slot_id)})
        record(entry, by=by, office=case.closure.office_id)
    return booking


def _give_back(booking: Booking) -> None:
    booking.given_back_at = clock.now()
    booking.save(update_fields=["given_back_at"])
    Slot.objects.filter(pk=booking.slot_id).update(taken=F("taken") - 1)
