"""The director's page: the same numbers for everybody, the names for those who may see them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.claims import approved, claimants, claimed
from tests.factories.rosters import id_number, imported, row
from zaigang.foundation import clock
from zaigang.roster.actions import repair_case
from zaigang.roster.models import Closure
from zaigang.roster.queries import repair_list

SignIn = Callable[..., Client]
PAGE = "/outcomes/closures/SF-2015/"


@pytest.fixture
def two_days(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    """On the 8th three people and one refused row, on the 11th the row is repaired."""
    with clock.at(date(2016, 1, 8)):
        imported(cast, closure, tmp_path, [row(1), row(3), row(5), row(1), row(7, 身份证号="")])
    [waiting] = repair_list(closure)
    repair_case(case=waiting, corrections={"id": id_number(7)}, by=cast.clerk)
    return closure


def _lines(client: Client, day: str) -> list[tuple[str, int, int | None]]:
    return [(str(row.label), row.count, row.change) for row in client.get(PAGE, {"on": day}).context["rows"]]


def test_numbers_of_a_day_and_what_changed(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    client = sign_in(cast.director)
    assert _lines(client, "2016-01-08") == [("待补正", 1, 1), ("还没联系上", 3, 3)]
    assert _lines(client, "2016-01-09") == [("待补正", 1, 0), ("还没联系上", 3, 0)]
    assert _lines(client, "2016-01-11") == [("待补正", 0, -1), ("还没联系上", 4, 1)]
    days = [(one.day, one.sums.people) for one in client.get(PAGE).context["days"]]
    assert days == [(date(2016, 1, 8), 4), (date(2016, 1, 11), 4)]


def test_every_number_opens_its_names(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    client = sign_in(cast.director)
    page = client.get(PAGE, {"on": "2016-01-08"})
    for line in page.context["rows"]:
        assert len(client.get(line.url).context["people"]) == line.count
    assert len(client.get(page.context["all_names"]).context["people"]) == page.context["funnel"].people


def test_the_district_sees_sums_and_no_names(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    client = sign_in(cast.district_viewer)
    page = client.get(PAGE)
    assert [line.url for line in page.context["rows"]] == ["", ""]
    assert "/names/" not in page.text and page.context["funnel"].people == 4
    assert client.get(f"{PAGE}names/all/").status_code == 403
    [(closure, sums, waiting)] = client.get("/outcomes/", {"on": "2016-01-08"}).context["lines"]
    assert (closure, sums.rows, sums.people, waiting) == (two_days, 5, 4, 1)


def test_an_outsider_sees_neither_sums_nor_names(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    paths = (PAGE, f"{PAGE}names/all/", f"{PAGE}funnel.xlsx")
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert client.get("/outcomes/").context["lines"] == []


def test_an_auditor_reads_masked_names(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    people = sign_in(cast.auditor).get(f"{PAGE}names/all/").context["people"]
    assert {person["name"][1:-1] for person in people} == {"**"}


@pytest.mark.parametrize("day", ["2016-02-30", "yesterday", "2016-01-12", "0001-01-01"])
def test_days_that_cannot_be_shown_are_refused_in_words(
    day: str, cast: Cast, two_days: Closure, sign_in: SignIn
) -> None:
    answer = sign_in(cast.director).get(PAGE, {"on": day})
    assert answer.status_code == 400 and "请" in answer.text


def test_an_unknown_state_is_no_page(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    assert sign_in(cast.director).get(f"{PAGE}names/duplicate/").status_code == 404


def test_the_table_as_a_spreadsheet(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    answer = sign_in(cast.director).get(f"{PAGE}funnel.xlsx", {"on": "2016-01-08"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = {line[0]: line[1] for line in sheet.iter_rows(values_only=True)}
    assert (cells["名册行数"], cells["重复行"], cells["人数"]) == (5, 1, 4)
    assert (cells["待补正"], cells["还没联系上"], cells["已就业"]) == (1, 3, 0)


def test_queries_are_counted(  # type: ignore[no-untyped-def]
    cast: Cast, two_days: Closure, sign_in: SignIn, django_assert_num_queries
) -> None:
    client = sign_in(cast.director)
    with django_assert_num_queries(QUERIES_OF_THE_PAGE):
        client.get(PAGE)
    with django_assert_num_queries(QUERIES_OF_THE_NAMES):
        client.get(f"{PAGE}names/all/")


QUERIES_OF_THE_PAGE, QUERIES_OF_THE_NAMES = 24, 5


def test_who_signs_is_told_what_waits_and_everybody_who_has_been_here(
    cast: Cast, closure: Closure, tmp_path: Path, sign_in: SignIn
) -> None:
    one, two, _three = claimants(cast, closure, tmp_path, "王建甲", "李建乙", "赵建丙")
    approved(cast, one)
    claimed(cast, two)
    page = sign_in(cast.director).get(PAGE)
    told = {str(task.label): str(task.word) for task in page.context["tasks"]}
    assert (told.get("复核申领"), told.get("审批申领")) == ("1 份等着", None)
    assert "2 人已经来办过，1 人在领失业保险金。" in page.text
