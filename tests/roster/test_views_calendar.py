from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.rosters import imported, row, some_closure
from zaigang.roster.models import Closure, Firm

NEW = {
    "name": "示范碱业", "closes_on": "2016-03-31", "firms": "示范碱业\n 示范碱业二厂 \n\n示范碱业",
    "expected_people": "620", "ground": "closure", "code": "2016-01", "note": "",
}  # fmt: skip


def test_those_to_come_stand_first_and_the_past_below(cast: Cast, sign_in, closure: Closure) -> None:
    some_closure(cast, "SJ-2016", name="示范碱业", closes_on=date(2016, 3, 31), expected_people=620, firms=[])
    some_closure(cast, "SJ-2017", name="示范焦化", closes_on=date(2016, 2, 29), expected_people=80, firms=[])
    page = sign_in(cast.clerk).get("/roster/").content.decode()
    places = [page.index(text) for text in ("示范焦化", "示范碱业", "已经关停", "示范钢铁集团")]
    assert places == sorted(places)
    assert "接下来有 <strong>2</strong> 次关停，预计 <strong>700</strong> 人" in page
    assert "还有 49 天" in page


@pytest.mark.parametrize("who", ["outsider", "district_viewer"])
def test_the_rest_of_the_district_sees_firms_and_dates_without_people(
    cast: Cast, sign_in, closure: Closure, tmp_path, who: str
) -> None:
    imported(cast, closure, tmp_path, [row(1), row(2, 身份证号="")])
    page = sign_in(getattr(cast, who)).get("/roster/").content.decode()
    assert "示范钢铁集团" in page and "2015-12-31" in page and "不在您的范围" in page
    assert "/roster/closures/" not in page


def test_the_own_office_sees_people_and_what_waits(cast: Cast, sign_in, closure: Closure, tmp_path) -> None:
    imported(cast, closure, tmp_path, [row(1), row(2), row(3, 身份证号="")])
    page = sign_in(cast.officer).get("/roster/").content.decode()
    assert '<td class="num">3</td>' in page
    assert '<a href="/roster/closures/SF-2015/repairs/">1<' in page


def test_an_empty_calendar_says_what_to_do(cast: Cast, sign_in) -> None:
    assert "登记关停" in sign_in(cast.clerk).get("/roster/").content.decode()
    assert "/roster/new/" not in sign_in(cast.officer).get("/roster/").content.decode()


def test_a_closure_is_put_on_the_calendar(cast: Cast, sign_in) -> None:
    client = sign_in(cast.clerk)
    assert client.get("/roster/new/").context["form"].initial["code"] == "2016-01"
    answer = client.post("/roster/new/", NEW | {"office": str(cast.north.pk)})
    assert (answer.status_code, answer["Location"]) == (302, "/roster/closures/2016-01/")
    closure = Closure.objects.get()
    assert (closure.office, closure.expected_people, closure.ground) == (cast.north, 620, "closure")
    assert sorted(Firm.objects.values_list("name", flat=True)) == ["示范碱业", "示范碱业二厂"]
    assert client.get("/roster/new/").context["form"].initial["code"] == "2016-02"


def test_wrong_entries_come_back_with_words(cast: Cast, sign_in, closure: Closure) -> None:
    wrong = NEW | {"office": str(cast.south.pk), "code": "SF-2015", "firms": " ", "closes_on": "2016-02-30"}
    answer = sign_in(cast.clerk).post("/roster/new/", wrong)
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["closes_on", "code", "firms", "office"]
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 200), ("director", 200), ("officer", 403), ("auditor", 403)]
)
def test_who_may_open_a_closure(cast: Cast, sign_in, who: str, status: int) -> None:
    assert sign_in(getattr(cast, who)).get("/roster/new/").status_code == status


@pytest.mark.django_db
def test_without_sign_in_one_is_asked_to(client: Client) -> None:
    assert client.get("/roster/")["Location"] == "/accounts/login/?next=/roster/"


def test_the_calendar_asks_as_often_for_three_closures_as_for_one(
    cast: Cast, sign_in, closure: Closure, django_assert_num_queries
) -> None:
    client = sign_in(cast.clerk)
    client.get("/roster/")
    with django_assert_num_queries(CALENDAR_QUERIES):
        client.get("/roster/")
    for code in ("A", "B"):
        some_closure(cast, code, name=code)
    with django_assert_num_queries(CALENDAR_QUERIES):
        client.get("/roster/")


CALENDAR_QUERIES = 8
