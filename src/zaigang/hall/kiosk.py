"""What the kiosk asks, and which series its answer leads to."""

from collections.abc import Sequence
from enum import StrEnum

from django import forms

from zaigang.hall.enums import DayState, Series, Service
from zaigang.hall.models import ServiceDay


class Doors(StrEnum):
    """What the kiosk can do now."""

    OPEN = "open"
    NOT_YET = "not_yet"
    NO_MORE = "no_more"


class TakeForm(forms.Form):
    """One press of the button. `once` is made with the page, so that pressing twice gives one number."""

    service = forms.ChoiceField(choices=Service)
    first = forms.BooleanField(required=False)
    once = forms.UUIDField()


def doors_of(day: ServiceDay | None) -> Doors:
    """Whether numbers are given out now; a day that nobody has made ready is not open yet."""
    if day is None or day.state == DayState.PREPARING:
        return Doors.NOT_YET
    return Doors.OPEN if day.state == DayState.OPEN else Doors.NO_MORE


def series_of(service: str, day: ServiceDay | None) -> Series:
    """People of a closure go to the green channel, on days when a window serves it."""
    if service == Service.ONE_STOP and day and day.windows.filter(serves__contains=[Series.GREEN]).exists():
        return Series.GREEN
    return Series.ORDINARY


def to_have_ready(service: str) -> Sequence[str]:
    """Papers to hold in one's hand when called; the window makes do without what is missing."""
    return ("身份证", "社保卡") if service in (Service.ONE_STOP, Service.BENEFIT) else ("身份证",)
