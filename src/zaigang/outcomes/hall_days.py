"""The days of the hall on the director's page: those that a person reads, and the sums of all."""

from dataclasses import dataclass
from datetime import date

from zaigang.hall.queries import DayFigures, Sums, days_of, figures_of, sums_of
from zaigang.offices.models import Office

DAYS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class HallDays:
    """The last service days, the newest first, and all of them together."""

    figures: list[DayFigures]
    sums: Sums
    office: Office

    @property
    def query(self) -> str:
        """What the address of a day needs to lead to this office's hall."""
        return f"?office={self.office.code}"


def hall_days(office: Office, until: date) -> HallDays | None:
    """The days up to `until` in four queries, however many there are; None when the doors were never open."""
    figures = figures_of(days_of(office, until)[:DAYS_SHOWN])
    return HallDays(figures, sums_of(office, until), office) if figures else None
