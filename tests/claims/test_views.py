from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.rosters import case_of, imported, row
from zaigang.claims.models import AgencyMonths
from zaigang.ledger.models import Read
from zaigang.offices.enums import Role
from zaigang.roster.models import Closure

LIST = ("claims:decisions", "claims:forecast", "claims:forecast_xlsx")


def address(name: str, closure: Closure) -> str:
    return reverse(name, args=[closure.code])


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (
            "claims:decisions",
            {"clerk", "officer", "counsellor", "placement_officer", "director", "auditor"},
        ),
        ("claims:forecast", {"clerk", "director", "district_viewer", "auditor"}),
        ("claims:forecast_xlsx", {"clerk", "director", "district_viewer", "auditor"}),
    ],
)
def test_roles(sign_in, cast: Cast, people: Closure, name: str, allowed: set[str]) -> None:
    answers = {
        role: sign_in(staff).get(address(name, people)).status_code for role, staff in cast.by_role().items()
    }
    assert answers == {role: 200 if role in allowed else 403 for role in Role.values}


@pytest.mark.parametrize("name", LIST)
def test_another_street_sees_nothing(sign_in, cast: Cast, people: Closure, name: str) -> None:
    assert sign_in(cast.outsider).get(address(name, people)).status_code == 404


def test_another_street_neither_reads_nor_writes_a_decision(sign_in, cast: Cast, people: Closure) -> None:
    case = case_of(people, "安可")
    client: Client = sign_in(cast.outsider)
    assert client.get(reverse("claims:decision", args=[case.pk])).status_code == 404
    sent = {"months": "20", "document": "核定表"}
    assert client.post(reverse("claims:fix_months", args=[case.pk]), sent).status_code == 404
    assert client.post(address("claims:decide", people)).status_code == 404
    assert AgencyMonths.objects.count() == 0


def test_the_forecast_names_nobody(sign_in, cast: Cast, people: Closure) -> None:
    page = sign_in(cast.district_viewer).get(address("claims:forecast", people)).content.decode()
    assert "照下面的假设一共要 ¥59,730.00。" in page
    assert [part for part in ("安可", "安*", "尾号") if part in page] == []
    assert f'href="{address("claims:decisions", people)}"' not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often_for_one_and_for_three(
    sign_in, cast: Cast, closure: Closure, tmp_path: Path, django_assert_num_queries, number: int
) -> None:
    imported(cast, closure, tmp_path, [row(2 * n + 1) for n in range(number)])
    client = sign_in(cast.clerk)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address("claims:decisions", closure))


LIST_QUERIES = 8


def shown(client: Client, closure: Closure, query: str) -> list[int]:
    page = client.get(f"{address('claims:decisions', closure)}?{query}")
    return [line.decision.case.number for line in page.context["rows"]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("eligible=yes", [1, 2, 5]),
        ("eligible=no", [3]),
        ("eligible=undecided", [4]),
        ("eligible=nonsense", [1, 2, 3, 4, 5]),
        ("reason=voluntary", [3]),
        ("eligible=yes&reason=voluntary", []),
    ],
)
def test_the_list_narrows_down(sign_in, cast: Cast, people: Closure, query: str, numbers: list[int]) -> None:
    assert shown(sign_in(cast.clerk), people, query) == numbers


@pytest.mark.parametrize(("role", "whole"), [("clerk", True), ("auditor", False)])
def test_an_auditor_sees_masked_names_in_the_list(
    sign_in, cast: Cast, people: Closure, role: str, whole: bool
) -> None:
    page = sign_in(cast.by_role()[role]).get(address("claims:decisions", people)).content.decode()
    assert ("安可" in page, "安*" in page) == (whole, not whole)


def test_an_empty_closure_says_so(sign_in, cast: Cast, closure: Closure) -> None:
    client = sign_in(cast.clerk)
    assert "还没有测算结果" in client.get(address("claims:decisions", closure)).content.decode()
    assert "还没有可以预测的" in client.get(address("claims:forecast", closure)).content.decode()


def test_looking_at_a_decision_is_on_record(sign_in, cast: Cast, people: Closure) -> None:
    case = case_of(people, "安可")
    page = sign_in(cast.officer).get(reverse("claims:decision", args=[case.pk])).content.decode()
    assert "可以领取失业保险金，最多 24 个月" in page
    assert ("录入并重新测算" in page) is False
    assert list(Read.objects.values_list("subject", "page", "reader")) == [
        (case.pk, "claims:decision", cast.officer.pk)
    ]


def test_a_clerk_fixes_months_on_the_page(sign_in, cast: Cast, people: Closure) -> None:
    case = case_of(people, "安可")
    address_ = reverse("claims:fix_months", args=[case.pk])
    answer = sign_in(cast.clerk).post(address_, {"months": "20", "document": "核定表第7号"}, follow=True)
    assert answer.redirect_chain == [(reverse("claims:decision", args=[case.pk]), 302)]
    assert "可以领取失业保险金，20 个月" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{"months": "25", "document": "核定表"}, {"months": "20"}, {"months": "二十"}]
)
def test_wrong_months_are_said_on_the_page(
    sign_in, cast: Cast, people: Closure, sent: dict[str, str]
) -> None:
    case = case_of(people, "安可")
    answer = sign_in(cast.clerk).post(reverse("claims:fix_months", args=[case.pk]), sent)
    assert (answer.status_code, AgencyMonths.objects.count()) == (422, 0)
    assert "有内容要改" in answer.content.decode()


def test_only_clerk_and_director_decide_again(sign_in, cast: Cast, people: Closure) -> None:
    answers = {
        role: sign_in(staff).post(address("claims:decide", people)).status_code
        for role, staff in cast.by_role().items()
    }
    assert answers == {role: 302 if role in ("clerk", "director") else 403 for role in Role.values}
