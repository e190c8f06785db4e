"""The demo's offices and sign-ins. Passwords and second factors are known to everybody: nothing here is secret."""

from datetime import date

from allauth.mfa.totp.internal.auth import TOTP

from zaigang.demo.people import invent_offices, invent_staff
from zaigang.offices.actions import open_office, operator, post
from zaigang.offices.models import Office, Staff

PASSWORD = "shifan-zaigang"  # noqa: S105 -- printed on the screen by `zaigang demo`
TOTP_SECRET = "SHIFANZAIGANGDEMO234567ABCDEFGHI"  # noqa: S105 -- as above
SINCE = date(2015, 1, 1)


def open_accounts(seed: int) -> dict[str, Staff]:
    """Found the offices and post everybody; username -> staff."""
    offices: dict[str, Office] = {}
    for invented in invent_offices():
        offices[invented.code] = open_office(
            code=invented.code, name=invented.name, kind=invented.kind, territory=invented.territory,
            parent=offices.get(invented.parent or ""),
        )  # fmt: skip
    staff = {}
    for person in invent_staff(seed):
        account = Staff(username=person.username, full_name=person.name)
        account.set_password(PASSWORD)
        account.save()
        TOTP.activate(account, TOTP_SECRET)
        post(staff=account, office=offices[person.office], role=person.role, by=operator(), starts_on=SINCE)
        staff[person.username] = account
    return staff
