"""The index of somebody's own identity number: kept for one person, never the number itself."""

import json

import pytest
from click.testing import CliRunner

from tests.cast import Cast
from tests.factories.rosters import id_number
from zaigang.cli.staff import add
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity, operator
from zaigang.offices.enums import Verb
from zaigang.offices.models import Staff
from zaigang.roster.people import id_index


def _with_x() -> str:
    return next(number for number in map(id_number, range(1, 200)) if number.endswith("X"))


@pytest.mark.parametrize("written", [_with_x(), _with_x().lower(), f" {_with_x()}\n"])
def test_a_member_of_staff_lies_under_the_index_of_the_same_worker(written: str, cast: Cast) -> None:
    note_identity(staff=cast.clerk, id_number=written, by=cast.director)
    assert Staff.objects.get(id_index=id_index(_with_x())) == cast.clerk
    [entry] = Entry.objects.filter(verb=Verb.IDENTITY_NOTED)
    assert (entry.subject, entry.actor, json.dumps(entry.facts)) == (cast.clerk.pk, cast.director.pk, "{}")


@pytest.mark.parametrize(
    "written", ["", "123", id_number(1)[:-1] + "A", id_number(2)[:-1] + id_number(4)[-1]]
)
def test_what_is_no_identity_number_is_refused_without_repeating_it(written: str, cast: Cast) -> None:
    with pytest.raises(ZaigangError) as refused:
        note_identity(staff=cast.clerk, id_number=written, by=cast.director)
    assert (refused.value.what, refused.value.where) == ("这不是有效的身份证号", "liu")
    assert not Staff.objects.filter(id_index__isnull=False).exists()


def test_one_person_has_one_account(cast: Cast) -> None:
    note_identity(staff=cast.clerk, id_number=id_number(1), by=cast.director)
    note_identity(staff=cast.clerk, id_number=id_number(1), by=cast.director)
    with pytest.raises(ZaigangError, match="已登记给另一位工作人员"):
        note_identity(staff=cast.second_clerk, id_number=id_number(1), by=cast.director)


@pytest.mark.parametrize(
    ("options", "asked", "index"), [((), "", None), (("--own-number",), id_number(7), id_index(id_number(7)))]
)
def test_the_command_asks_for_the_number(
    options: tuple[str, ...], asked: str, index: bytes | None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zaigang.cli.staff.connect", operator)
    arguments = ["wang", "--name", "王经办", "--role", "clerk", "--office", cast.north.code, *options]
    done = CliRunner().invoke(add, arguments, input=f"{asked}\n")
    assert done.exit_code == 0, done.output
    assert Staff.objects.get(username="wang").id_index == index
    assert not asked or asked not in done.output


def test_a_refused_number_leaves_no_account(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zaigang.cli.staff.connect", operator)
    arguments = ["wang", "--name", "王经办", "--role", "clerk", "--office", cast.north.code, "--own-number"]
    assert isinstance(CliRunner().invoke(add, arguments, input="123\n").exception, ZaigangError)
    assert not Staff.objects.filter(username="wang").exists()
