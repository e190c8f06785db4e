from collections import Counter

from zaigang.demo.people import invent_offices, invent_staff


def test_every_role_is_filled_and_every_office_exists() -> None:
    staff = invent_staff(1)
    assert Counter(person.role for person in staff) == {
        "clerk": 8,
        "officer": 5,
        "counsellor": 1,
        "trainer": 1,
        "placement_officer": 1,
        "steward": 1,
        "director": 1,
        "district_viewer": 1,
        "auditor": 1,
    }
    assert len({person.username for person in staff}) == len(staff)
    assert {person.office for person in staff} <= {office.code for office in invent_offices()}


def test_others_lend_seven_to_the_street() -> None:
    lent = [person for person in invent_staff(1) if person.lent_to]
    assert {person.lent_to for person in lent} == {"370299001"}
    assert [person.username for person in lent] == [
        *("clerk4", "clerk5", "clerk6", "clerk7"), *("officer3", "officer4", "officer5"),
    ]  # fmt: skip
    assert all(person.office != person.lent_to for person in lent)


def test_offices_come_after_their_parents() -> None:
    seen: set[str | None] = {None}
    for office in invent_offices():
        assert office.parent in seen
        assert office.territory == "370213"
        seen.add(office.code)
    assert len(seen) == 7


def test_names_follow_the_seed() -> None:
    assert invent_staff(1) == invent_staff(1)
    assert [p.name for p in invent_staff(1)] != [p.name for p in invent_staff(2)]
