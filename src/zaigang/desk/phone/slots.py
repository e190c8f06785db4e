"""Choosing when to come: what is free, and the message that confirms it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.models import Registration
from zaigang.claims.papers import Paper
from zaigang.desk.phone.links import Link, path_of
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.enums import Service
from zaigang.hall.kiosk import series_of
from zaigang.hall.models import Booking, Slot, Ticket
from zaigang.hall.queries import day_today
from zaigang.ledger.actions import Actor
from zaigang.look.formats import day_words
from zaigang.offices.models import Staff
from zaigang.outbox.actions import queue
from zaigang.outbox.enums import Template
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case
from zaigang.roster.people import mobiles_of

#: Days to choose from at once; later ones come as these fill.
DAYS_SHOWN = 10
Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day with room, its free slots in order, and the places left in all of them."""

    day: date
    slots: Sequence[Slot]

    @property
    def places(self) -> int:
        return sum(slot.capacity - slot.taken for slot in self.slots)


def needs_slot(case: Case) -> bool:
    """Whether there is anything to come for."""
    registered = Registration.objects.filter(worker=case.worker, current=True).exists()
    return case.state == CaseState.NOT_REACHED and not registered


def free_slots(case: Case, *, with_full: bool = False) -> QuerySet[Slot]:
    """Slots that are still to come, with room: of the person's office, after the last day of work."""
    now = clock.now()
    first = now.date()
    if case.laid_off_on is not None:
        first = max(first, case.laid_off_on + timedelta(days=1))
    ahead = Q(day__gt=now.date()) | Q(starts_at__gt=now.time())
    offered = Slot.objects.filter(ahead, office=case.closure.office_id, day__gte=first)
    return offered if with_full else offered.filter(taken__lt=F("capacity"))


def free_days(case: Case) -> list[FreeDay]:
    """The next days with room, in one query."""
    days = groupby(free_slots(case).order_by("day", "starts_at"), key=lambda slot: slot.day)
    return [FreeDay(day, list(slots)) for day, slots in days][:DAYS_SHOWN]


def booking_of(case: Case) -> Booking | None:
    """What the person has chosen and not given back, if it is today or later."""
    held = Booking.objects.filter(case=case, given_back_at__isnull=True, slot__day__gte=clock.today())
    return held.select_related("slot", "case__closure").first()


@transaction.atomic
def choose(*, case: Case, slot: Slot, by: Actor, absolute: Absolute) -> Booking:
    """Book, and put the confirmation into the outbox. Raises `SlotFull`.

    `absolute` turns an address of this server into one for a message.
    """
    booking = actions.book(case=case, slot=slot, by=by)
    numbers = mobiles_of(case)
    if numbers and case.worker_id is not None:
        queue(
            template=Template.SLOT_CHOSEN, person=case.worker_id, case=case.pk, phone=numbers[0],
            params={
                "office": case.closure.office.name, "when": when_words(slot.day, slot.starts_at, "zh-hans"),
                "link": absolute(path_of(Link.SLOT, case.pk)),
            },
            once=f"slot_chosen:{booking.pk}", office=case.closure.office, by=None,
        )  # fmt: skip
    return booking


@transaction.atomic
def arrive(*, booking: Booking, by: Staff) -> Ticket:
    """The person is there: a number that is known to be theirs. Pressed twice, or by two people, it is one number.

    Raises `HallClosed`, or `WrongState` when the person holds another number.
    """
    Booking.objects.select_for_update().get(pk=booking.pk)
    given = Ticket.objects.filter(pk=booking.pk).first()
    if given is not None:
        return given
    office, case = booking.case.closure.office, booking.case
    if case.state == CaseState.DUPLICATE and case.same_as is not None:
        case = case.same_as  # chosen before somebody noticed that the two are one person
    series = series_of(Service.ONE_STOP, day_today(office))
    moved = verbs.take(
        office=office, service=Service.ONE_STOP, series=series, case=case, once=booking.pk, by=by
    )
    return Ticket.objects.get(pk=moved.id)


def when_words(day: date, at: time, language: str = "") -> str:
    """1月13日（周三）上午9:30, in the reader's language or in the one that is given."""
    language = language or get_language() or "zh-hans"
    words = day_words(day, language)
    if language.startswith("en"):
        return f"{words}, {at:%H:%M}"
    return f"{words}{'上午' if at.hour < 12 else '下午'}{at.hour if at.hour <= 12 else at.hour - 12}:{at:%M}"


def to_bring(papers: Sequence[Paper]) -> list[str]:
    """What the person puts into their bag, in few words."""
    listed = [paper.text.partition("（")[0] for paper in papers if not paper.ask and paper.required]
    lacking = {paper.code for paper in papers if paper.ask}
    known = {paper.code for paper in papers if not paper.ask and paper.required}
    if "bank" in lacking and "bank_account" not in known:
        listed.append(_("本人银行卡"))
    return listed or [_("身份证")]
