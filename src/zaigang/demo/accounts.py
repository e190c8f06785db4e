"""The demo's offices and sign-ins. Passwords and second factors are known to everybody: nothing here is secret."""

from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from zaigang.demo.people import invent_offices, invent_staff
from zaigang.demo.people.staff import POSTS
from zaigang.offices.actions import open_office, operator, post
from zaigang.offices.models import Office, Posting, Staff

PASSWORD = "shifan-zaigang"  # noqa: S105 -- printed on the screen by `zaigang demo`
TOTP_SECRET = "SHIFANZAIGANGDEMO234567ABCDEFGHI"  # noqa: S105 -- as above
SINCE = date(2015, 1, 1)
#: The sign-ins that are shown: one or a few for each role.
SHOWN = tuple(username for username, *_rest in POSTS)
#: First and last day of the loans between offices.
LENT = (date(2016, 1, 11), date(2016, 1, 31))


def open_accounts(seed: int) -> dict[str, Staff]:
    """Found the offices and post everybody where they belong; username -> staff."""
    offices: dict[str, Office] = {}
    for invented in invent_offices():
        offices[invented.code] = open_office(
            code=invented.code, name=invented.name, kind=invented.kind, territory=invented.territory,
            parent=offices.get(invented.parent or ""),
        )  # fmt: skip
    staff = {}
    hashed = make_password(PASSWORD)  # once for all: it is slow on purpose
    for person in invent_staff(seed):
        account = Staff(username=person.username, full_name=person.name, password=hashed)
        account.save()
        TOTP.activate(account, TOTP_SECRET)
        post(staff=account, office=offices[person.office], role=person.role, by=operator(), starts_on=SINCE)
        staff[person.username] = account
    return staff


def lend_staff(seed: int, staff: dict[str, Staff], by: Staff) -> list[Posting]:
    """Lend the clerks and officers of other offices to the street for the month of the surge."""
    offices = {office.code: office for office in Office.objects.all()}
    return [
        post(
            staff=staff[person.username], office=offices[person.lent_to], role=person.role, by=by, starts_on=LENT[0],
            until=LENT[1], lent_by=offices[person.office],
        )
        for person in invent_staff(seed)
        if person.lent_to is not None
    ]  # fmt: skip
