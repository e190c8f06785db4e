"""What people type and tick on the hall's pages."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock
from zaigang.hall.checklist import Check
from zaigang.hall.enums import Series
from zaigang.hall.models import MOST_WINDOWS, Window
from zaigang.offices.models import Staff

HALF_AN_HOUR = timedelta(minutes=30)
MOST_SEATS, MOST_AT_ONCE, MOST_DAYS = 999, 99, 62
FIRST_START, LAST_START = time(8), time(20)
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class _TimeField(forms.TimeField):
    """A time of day, to the minute."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class OpeningForm(forms.Form):
    """Hours, seats and the points that are ready."""

    opens_at = _TimeField(_("开门"))
    closes_at = _TimeField(_("停止放号"))
    seats = forms.IntegerField(
        label=_("休息区座位"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    checked = forms.MultipleChoiceField(
        label=_("备好的打勾"),
        required=False,
        choices=Check.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """The doors close after they open."""
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", gettext("停止放号的时间要晚于开门"))
        return cleaned


class WindowForm(forms.Form):
    """What a window serves and who sits there.

    What the page was loaded with travels along: somebody who sat down in the meantime is left where they sit.
    """

    serves = forms.MultipleChoiceField(
        label=_("办哪些号"),
        choices=Series.choices,
        widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True,
        error_messages={"required": _("至少选一种号")},
    )

    def __init__(self, people: Sequence[Staff], data: Any = None, *, window: Window | None = None) -> None:
        self.window = window
        prefix = f"w{window.number}" if window else "new"
        initial = {"serves": window.serves, "staff": str(window.staff_id or "")} if window else None
        # A window that came after the page was loaded is not in what was sent.
        bound = data if data is not None and f"initial-{prefix}-staff" in data else None
        super().__init__(bound, prefix=prefix, initial=initial)
        self.people = {str(one.pk): one for one in people}
        if window and window.staff:
            self.people.setdefault(str(window.staff_id), window.staff)
        choices = [("", _("没有人")), *((pk, one.full_name) for pk, one in self.people.items())]
        self.fields["staff"] = _staff_field(choices)

    @property
    def seated(self) -> Staff | None:
        """Who was chosen to sit there."""
        return self.people.get(self.cleaned_data["staff"])

    @property
    def as_it_was(self) -> bool:
        """Whether the same person sits there as when the page was loaded."""
        return bool(self.data.get(f"initial-{self.add_prefix('staff')}") == self.initial["staff"])


class NewWindowForm(WindowForm):
    """One more window; left empty, none."""

    number = forms.IntegerField(
        label=_("窗口"),
        required=False,
        min_value=1,
        max_value=MOST_WINDOWS,
        widget=forms.TextInput(attrs={**_DIGITS, "class": "form-control", "maxlength": "2"}),
    )

    def __init__(self, people: Sequence[Staff], data: Any = None, *, there: Sequence[int] = ()) -> None:
        super().__init__(people, data)
        self.fields["serves"].required = False
        self.there = there

    def clean_number(self) -> int | None:
        """A window that is there already is changed in its own line."""
        number: int | None = self.cleaned_data["number"]
        if number in self.there:
            raise forms.ValidationError(gettext("这个窗口已经有了，请在它那一行改"))
        return number

    def clean(self) -> dict[str, Any]:
        """A number needs something to serve, and the other way round."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("number") and not cleaned.get("serves"):
            self.add_error("serves", gettext("至少选一种号"))
        elif (cleaned.get("serves") or cleaned.get("staff")) and cleaned.get("number", 0) is None:
            self.add_error("number", gettext("请写窗口号"))
        return cleaned


def _staff_field(choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("谁坐这里"),
        required=False,
        choices=list(choices),
        show_hidden_initial=True,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


def half_hours(first: time, last: time) -> list[time]:
    """The starts of the half hours from `first` until before `last`."""
    day = date(2000, 1, 1)
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    count = int((end - start) / HALF_AN_HOUR)
    return [(start + step * HALF_AN_HOUR).time() for step in range(count)]


def _starts() -> list[tuple[str, str]]:
    return [(f"{start:%H:%M}",) * 2 for start in [*half_hours(FIRST_START, LAST_START), LAST_START]]


class SlotsForm(forms.Form):
    """On which weekdays and in which half hours how many people may come by appointment."""

    first_day = forms.DateField(
        label=_("从哪天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("到哪天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_at = forms.ChoiceField(label=_("从几点"), choices=_starts)
    ends_at = forms.ChoiceField(label=_("到几点"), choices=_starts)
    capacity = forms.IntegerField(
        label=_("每半小时几人"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput(attrs=_DIGITS),
    )

    def clean_first_day(self) -> date:
        """Days gone by take no appointments."""
        day: date = self.cleaned_data["first_day"]
        if day < clock.today():
            raise forms.ValidationError(gettext("请从今天或以后的日子开始"))
        return day

    def clean(self) -> dict[str, Any]:
        """At least one weekday and one half hour, and not too much at once."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last:
            self._check_days(first, last)
        if cleaned.get("starts_at") and cleaned.get("ends_at") and not self.starts():
            self.add_error("ends_at", gettext("要晚于开始的时间"))
        return cleaned

    def _check_days(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last_day", gettext("不能早于开始的日子"))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("last_day", gettext("一次最多 %(n)s 天") % {"n": MOST_DAYS})
        elif not self.days():
            self.add_error("last_day", gettext("这几天都是周末"))

    def days(self) -> list[date]:
        """The weekdays asked for."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        days = (first + timedelta(days=step) for step in range((last - first).days + 1))
        return [day for day in days if day.weekday() < 5]

    def starts(self) -> list[time]:
        """The half hours asked for."""
        first, last = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        return half_hours(time.fromisoformat(first), time.fromisoformat(last))
