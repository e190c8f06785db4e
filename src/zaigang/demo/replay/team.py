"""Who works at the street on a day of the replay."""

from dataclasses import dataclass

from zaigang.demo.replay.calendar import STREET
from zaigang.offices.models import Office, Staff


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody by user name, and the street's office. Read anew for each day: who is posted is kept on a person."""

    staff: dict[str, Staff]
    office: Office

    @classmethod
    def today(cls) -> "Team":
        """The team of the business date."""
        staff = {one.username: one for one in Staff.objects.filter(is_active=True)}
        return cls(staff, Office.objects.get(code=STREET))

    @property
    def director(self) -> Staff:
        return self.staff["director"]

    @property
    def guide(self) -> Staff:
        return self.staff["officer1"]
