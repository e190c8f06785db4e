"""For whom this browser may show the own page, and how long."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from zaigang.foundation import clock
from zaigang.roster.models import Case

KEY = "own_page"
OPEN_FOR = timedelta(minutes=30)


def let_in(request: HttpRequest, case: Case) -> None:
    """After the right code. One person at a time in a browser; under a new key, so that a known one is no use."""
    request.session.cycle_key()
    request.session[KEY] = {"case": str(case.pk), "until": (clock.now() + OPEN_FOR).isoformat()}


def is_in(request: HttpRequest, case: Case) -> bool:
    """Whether the page of this person is open here and now."""
    entry = request.session.get(KEY)
    if not isinstance(entry, dict) or entry.get("case") != str(case.pk):
        return False
    return clock.now() < datetime.fromisoformat(entry["until"])


def leave(request: HttpRequest) -> None:
    """Close it."""
    request.session.pop(KEY, None)
