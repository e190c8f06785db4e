import secrets
from datetime import date

import click
from django.core.exceptions import ValidationError
from django.db import transaction

from zaigang.cli.output import Day
from zaigang.cli.setup import connect
from zaigang.foundation.errors import ZaigangError
from zaigang.offices.enums import OfficeKind, Role


@click.group()
def staff() -> None:
    """Offices and the people who work there."""


@staff.command("open-office")
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice(OfficeKind.values), default="street", show_default=True)
@click.option(
    "--territory", required=True, help="Six-digit code of the district whose law applies, e.g. 370213."
)
@click.option("--parent", help="Code of the office above.")
def open_office(code: str, name: str, kind: str, territory: str, parent: str | None) -> None:
    """Found an office; nothing happens when the code exists."""
    connect()
    from zaigang.offices import actions  # noqa: PLC0415 -- models load after connect

    above = actions.office_by_code(parent) if parent else None
    office = actions.open_office(code=code, name=name, kind=kind, territory=territory, parent=above)
    click.echo(f"{office.code} {office.name}")


@staff.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option("--role", required=True, type=click.Choice(Role.values))
@click.option("--office", required=True, help="Code of the office.")
@click.option("--from", "starts_on", type=Day(), help="First day (default: today).")
@click.option("--until", type=Day(), help="Last day, for a loan.")
@click.option("--lent-by", help="Code of the office that lends the person.")
@click.option(
    "--own-number",
    is_flag=True,
    help="Ask for the person's own identity number; nobody works on their own file.",
)
def add(
    username: str,
    full_name: str,
    role: str,
    office: str,
    starts_on: date | None,
    until: date | None,
    lent_by: str | None,
    own_number: bool,
) -> None:
    """Post somebody to an office; prints a first password for somebody new."""
    connect()
    from zaigang.offices import actions  # noqa: PLC0415 -- models load after connect
    from zaigang.offices.models import Staff  # noqa: PLC0415 -- as above

    place = actions.office_by_code(office)
    # Asked for, never an argument: arguments stand in the shell's history and in the list of processes.
    number = click.prompt("本人身份证号", hide_input=True, err=True) if own_number else None
    password = secrets.token_urlsafe(9)
    try:
        with transaction.atomic():
            person, made = Staff.objects.get_or_create(username=username, defaults={"full_name": full_name})
            if made:
                person.set_password(password)
                person.save()
            actions.post(
                staff=person, office=place, role=role, by=actions.operator(), starts_on=starts_on, until=until,
                lent_by=actions.office_by_code(lent_by) if lent_by else None,
            )  # fmt: skip
            if number is not None:
                actions.note_identity(staff=person, id_number=number, by=actions.operator())
    except ValidationError as error:
        what = "；".join(error.messages)
        raise ZaigangError(what, f"{username} {office}", "请核对后重试；已有的派工不用再录") from None
    click.echo(f"{person.full_name}：{place.name}，{role}" + (f"，首次密码 {password}" if made else ""))
