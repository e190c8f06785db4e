"""Named people with fixed roles. One knows at once who may see what.

The district 示范区 has two streets. 柳 works at the north street, where the closures of most tests are; 外 works at the
south street and must see nothing of them.
"""

from dataclasses import dataclass
from datetime import date

from zaigang.offices.actions import open_office
from zaigang.offices.enums import OfficeKind, Role
from zaigang.offices.models import Office, Posting, Staff

PASSWORD = "for tests only 1"
SINCE = date(2015, 1, 1)


@dataclass
class Cast:
    """The offices, and one member of staff per role at the north street."""

    district: Office
    north: Office
    south: Office
    station: Office
    clerk: Staff
    second_clerk: Staff
    officer: Staff
    counsellor: Staff
    trainer: Staff
    placement_officer: Staff
    steward: Staff
    director: Staff
    district_viewer: Staff
    auditor: Staff
    outsider: Staff

    def by_role(self) -> dict[str, Staff]:
        """Role -> who has it, without the outsider."""
        return {role: getattr(self, role) for role in Role.values}


def make_staff(username: str, full_name: str, role: str, office: Office) -> Staff:
    """Somebody posted since the beginning of 2015."""
    staff = Staff(username=username, full_name=full_name)
    staff.set_password(PASSWORD)
    staff.save()
    Posting.objects.create(staff=staff, office=office, role=role, starts_on=SINCE)
    return staff


def make_cast() -> Cast:
    """Found the offices and post everybody."""
    district = open_office(code="370299", name="示范区", kind=OfficeKind.DISTRICT, territory="370213")
    north = open_office(
        code="370299001", name="北街", kind=OfficeKind.STREET, territory="370213", parent=district
    )
    south = open_office(
        code="370299002", name="南街", kind=OfficeKind.STREET, territory="370213", parent=district
    )
    station = open_office(
        code="370299001001", name="北街一社区", kind=OfficeKind.COMMUNITY, territory="370213", parent=north
    )
    return Cast(
        district=district,
        north=north,
        south=south,
        station=station,
        clerk=make_staff("liu", "柳经办", Role.CLERK, north),
        second_clerk=make_staff("bai", "柏经办", Role.CLERK, north),
        officer=make_staff("xie", "谢协理", Role.OFFICER, north),
        counsellor=make_staff("shu", "舒疏导", Role.COUNSELLOR, north),
        trainer=make_staff("pei", "裴培训", Role.TRAINER, north),
        placement_officer=make_staff("jiu", "仇就业", Role.PLACEMENT_OFFICER, north),
        steward=make_staff("guan", "管创业", Role.STEWARD, north),
        director=make_staff("zhu", "祝主任", Role.DIRECTOR, north),
        district_viewer=make_staff("qu", "瞿区级", Role.DISTRICT_VIEWER, district),
        auditor=make_staff("shen", "沈审计", Role.AUDITOR, district),
        outsider=make_staff("wai", "外经办", Role.CLERK, south),
    )
