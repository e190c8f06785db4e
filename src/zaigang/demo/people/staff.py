"""The demo's offices and the people who work in them."""

from dataclasses import dataclass
from random import Random

from zaigang.demo.people.homes import COMMUNITIES, SECOND_STREET, STREET
from zaigang.demo.people.names import invent_name

# The law that applies: a real district's parameters, while the offices themselves are invented.
TERRITORY = "370213"
DISTRICT_CODE = "370299"
STREET_CODE = "370299001"
SECOND_STREET_CODE = "370299002"

# (username, role, office): one person a role, but three clerks and two officers; a clerk of another street.
POSTS = (
    ("clerk1", "clerk", STREET_CODE),
    ("clerk2", "clerk", STREET_CODE),
    ("clerk3", "clerk", STREET_CODE),
    ("officer1", "officer", STREET_CODE),
    ("officer2", "officer", STREET_CODE),
    ("counsellor", "counsellor", STREET_CODE),
    ("trainer", "trainer", STREET_CODE),
    ("placement", "placement_officer", STREET_CODE),
    ("steward", "steward", STREET_CODE),
    ("director", "director", STREET_CODE),
    ("district", "district_viewer", DISTRICT_CODE),
    ("auditor", "auditor", DISTRICT_CODE),
    ("clerk-second", "clerk", SECOND_STREET_CODE),
)
# Whom the second street and the three stations lend to the street while the surge lasts.
LENDERS = (
    ("clerk4", "clerk", SECOND_STREET_CODE),
    ("clerk5", "clerk", SECOND_STREET_CODE),
    ("clerk6", "clerk", SECOND_STREET_CODE),
    ("clerk7", "clerk", SECOND_STREET_CODE),
    ("officer3", "officer", f"{STREET_CODE}001"),
    ("officer4", "officer", f"{STREET_CODE}002"),
    ("officer5", "officer", f"{STREET_CODE}003"),
)


@dataclass(frozen=True)
class InventedOffice:
    """kind: district, street or community; parent: code of the office above, None at the top."""

    code: str
    name: str
    kind: str
    parent: str | None
    territory: str


@dataclass(frozen=True)
class InventedStaff:
    """A member of staff: one role at one office (by code), and the office that they are lent to, if any."""

    username: str
    name: str
    role: str
    office: str
    lent_to: str | None = None


def invent_offices() -> list[InventedOffice]:
    """District, street with its community stations, and a second street; each after its parent."""
    stations = [
        InventedOffice(f"{STREET_CODE}{n:03d}", name, "community", STREET_CODE, TERRITORY)
        for n, name in enumerate(COMMUNITIES, start=1)
    ]
    return [
        InventedOffice(DISTRICT_CODE, "示范区人社局", "district", None, TERRITORY),
        InventedOffice(STREET_CODE, f"{STREET}人社服务中心", "street", DISTRICT_CODE, TERRITORY),
        *stations,
        InventedOffice(
            SECOND_STREET_CODE, f"{SECOND_STREET}人社服务中心", "street", DISTRICT_CODE, TERRITORY
        ),
    ]


def invent_staff(seed: int) -> list[InventedStaff]:
    """The staff of `invent_offices`, with names from the seed."""
    rng = Random(f"staff {seed}")  # noqa: S311 - names of invented people, nothing secret
    return [
        InventedStaff(
            username, invent_name(rng, rng.choice(("male", "female")), rng.randint(1966, 1992)), role, office, lent_to
        )
        for posts, lent_to in ((POSTS, None), (LENDERS, STREET_CODE))
        for username, role, office in posts
    ]  # fmt: skip
