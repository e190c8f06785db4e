"""What a replay keeps of itself, and how it shows how far it is."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Protocol, TypeVar

from zaigang.claims.models import PaymentList
from zaigang.demo.people import Invention
from zaigang.demo.replay.calendar import FIRST_SERVICE_DAY
from zaigang.offices.models import Staff
from zaigang.roster.models import Closure

T = TypeVar("T")


class Progress(Protocol):
    """Passes the items through, showing under the label how far it is."""

    def __call__(self, label: str, items: Iterable[T], /) -> Iterable[T]: ...


@dataclass
class Replayed:
    """What the replay did; `seconds` by stage of the work, `today` the day on which the demo lives after it."""

    closure: Closure
    invention: Invention
    staff: dict[str, Staff]
    repaired_rows: int = 0
    today: date = FIRST_SERVICE_DAY
    payments: PaymentList | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Put the duration of the block under `name`."""
        started = monotonic()
        yield
        self.seconds[name] = round(monotonic() - started, 2)
