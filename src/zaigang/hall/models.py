import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock
from zaigang.hall.enums import Act, DayState, Series, Service, TicketState, WindowState
from zaigang.hall.permissions import VIEW_HALL
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.models import Case

AT_A_WINDOW = (TicketState.CALLED, TicketState.SERVING)
UNFINISHED = (TicketState.WAITING, *AT_A_WINDOW)
MOST_WINDOWS = 99


class ServiceDayQuerySet(models.QuerySet["ServiceDay"]):
    def for_user(self, user: Staff, permission: str = VIEW_HALL) -> "ServiceDayQuerySet":
        """Service days of the offices where the person holds the permission."""
        return self.filter(office__in=where(user, permission))


class ServiceDay(models.Model):
    """One day of an office's hall: when the doors are open, and what was made ready before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="service_days")
    day = models.DateField(_("日期"))
    opens_at = models.TimeField(_("开门"))
    closes_at = models.TimeField(_("停止放号"))
    state = models.CharField(max_length=12, choices=DayState, default=DayState.PREPARING)
    seats = models.PositiveSmallIntegerField(_("休息区座位"), null=True)
    checked = ArrayField(models.CharField(max_length=20), default=list, help_text="codes of hall.checklist")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = ServiceDayQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "office")
        # hall_day_ends_with_nobody_inside, which looks at the tickets, is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["office", "day"],
                name="hall_day_once",
                violation_error_message=_("这一天已经建好了"),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="hall_day_closes_after_opening",
                violation_error_message=_("停止放号的时间要晚于开门"),
            ),
            models.CheckConstraint(
                condition=Q(state=DayState.PREPARING)
                | (Q(opened_at__isnull=False) & Q(opened_by__isnull=False)),
                name="hall_day_opened_by_whom",
                violation_error_message=_("开门要有时间和经办人"),
            ),
            models.CheckConstraint(
                condition=Q(state=DayState.CLOSED, closed_at__isnull=False)
                | (~Q(state=DayState.CLOSED) & Q(closed_at__isnull=True)),
                name="hall_day_closed_when",
                violation_error_message=_("收工要有时间"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}"

    def moment(self, time: str) -> datetime:
        """The moment of `opens_at` or `closes_at`."""
        return datetime.combine(self.day, getattr(self, time), clock.ZONE)


class Window(models.Model):
    """A window on one service day: who sits there, and which series it serves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_day = models.ForeignKey(ServiceDay, on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField(_("窗口"))
    serves = ArrayField(models.CharField(max_length=1, choices=Series), verbose_name=_("办哪些号"))
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="windows")
    state = models.CharField(max_length=8, choices=WindowState, default=WindowState.CLOSED)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["service_day", "number"],
                name="hall_window_once",
                violation_error_message=_("这个窗口已经设好了"),
            ),
            models.UniqueConstraint(
                fields=["service_day", "staff"],
                name="hall_window_one_for_each",
                violation_error_message=_("这个人已经坐在别的窗口"),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(number__lte=MOST_WINDOWS),
                name="hall_window_number",
                violation_error_message=_("窗口号在1到99之间"),
            ),
            models.CheckConstraint(
                condition=~Q(serves=[]),
                name="hall_window_serves_something",
                violation_error_message=_("至少选一种号"),
            ),
            models.CheckConstraint(
                condition=Q(state=WindowState.CLOSED) | Q(staff__isnull=False),
                name="hall_window_open_with_somebody",
                violation_error_message=_("没有人坐的窗口不能开"),
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class SeriesCounter(models.Model):
    """The last number given in a series on a day. One row, one lock: numbers have neither gap nor double."""

    service_day = models.ForeignKey(ServiceDay, on_delete=models.PROTECT, related_name="counters")
    series = models.CharField(max_length=1, choices=Series)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service_day", "series"],
                name="hall_counter_once",
                violation_error_message=_("这个号段已经有计数"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.series}{self.last}"


class Slot(models.Model):
    """Half an hour in which so many people may come by appointment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="slots")
    day = models.DateField()
    starts_at = models.TimeField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("day", "starts_at")
        constraints = (
            models.UniqueConstraint(
                fields=["office", "day", "starts_at"],
                name="hall_slot_once",
                violation_error_message=_("这个时段已经有了"),
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")),
                name="hall_slot_not_overfull",
                violation_error_message=_("这个时段约满了"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.starts_at:%H:%M}"


class Booking(models.Model):
    """Somebody of a closure has chosen a slot. One at a time for each case; those given back are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bookings")
    made_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(given_back_at__isnull=True),
                name="hall_booking_one_each",
                violation_error_message=_("已经约了一个时间"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Ticket(models.Model):
    """A number in the hall. Its state moves by the statements of `hall.verbs` alone (see hall.transitions)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_day = models.ForeignKey(ServiceDay, on_delete=models.PROTECT, related_name="tickets")
    series = models.CharField(max_length=1, choices=Series)
    number = models.PositiveIntegerField()
    service = models.CharField(max_length=10, choices=Service)
    first = models.BooleanField(
        _("优先"), default=False, help_text="old, disabled, pregnant: see hall.verbs.AHEAD"
    )
    state = models.CharField(max_length=8, choices=TicketState, default=TicketState.WAITING)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="tickets")
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="tickets")
    only_window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    sort_at = models.DateTimeField(help_text="waiting tickets are called in this order")
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sort_at", "number", "id")
        indexes = (
            models.Index(
                fields=["service_day", "sort_at", "number"],
                condition=Q(state=TicketState.WAITING),
                name="hall_ticket_waiting",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["service_day", "series", "number"],
                name="hall_ticket_number_once",
                violation_error_message=_("这个号已经有人拿了"),
            ),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(state__in=AT_A_WINDOW),
                name="hall_ticket_one_at_a_window",
                violation_error_message=_("窗口上还有一个号没有办完"),
            ),
            models.UniqueConstraint(
                fields=["service_day", "case"],
                condition=Q(state__in=UNFINISHED, case__isnull=False),
                name="hall_ticket_one_for_a_case",
                violation_error_message=_("这个人手里已经有一个号"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AT_A_WINDOW) | (Q(window__isnull=False) & Q(called_at__isnull=False)),
                name="hall_ticket_called_to_a_window",
                violation_error_message=_("叫号要有窗口和时间"),
            ),
            models.CheckConstraint(
                condition=~Q(state=TicketState.SERVING) | Q(begun_at__isnull=False),
                name="hall_ticket_begun_when",
                violation_error_message=_("开始办理要有时间"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(TicketState.DONE, TicketState.LEFT), finished_at__isnull=False)
                | (~Q(state__in=(TicketState.DONE, TicketState.LEFT)) & Q(finished_at__isnull=True)),
                name="hall_ticket_finished_when",
                violation_error_message=_("办结要有时间"),
            ),
            models.CheckConstraint(
                condition=~Q(state=TicketState.DONE) | Q(begun_at__isnull=False),
                name="hall_ticket_done_after_beginning",
                violation_error_message=_("没有开始办理的号不能办结"),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What is called out: A023."""
        return f"{self.series}{self.number:03d}"


class TicketEvent(models.Model):
    """One thing that happened to a ticket. Append-only: the database refuses to change or remove a row."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=Act)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.UUIDField(null=True, help_text="a member of staff; nobody at the kiosk")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["ticket", "id"], name="hall_event_of_ticket"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.act}"
