from datetime import date
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from tests.cast import Cast
from tests.factories.rosters import imported, row, some_closure
from zaigang.desk.rights import WORDS
from zaigang.foundation.errors import ZaigangError
from zaigang.look.middleware import ErrorsInWords
from zaigang.offices.enums import Role
from zaigang.offices.permissions import granted
from zaigang.roster.models import Closure


@pytest.fixture
def lively(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    imported(cast, closure, tmp_path, [row(1), row(3), row(5, 身份证号="")])
    return closure


def test_the_clerk_sees_what_to_do_and_what_is_coming(cast: Cast, lively: Closure, sign_in) -> None:  # type: ignore[no-untyped-def]
    coming = {
        code: some_closure(cast, code, closes_on=date(2016, month, 1), name="示范碱业")
        for code, month in (("A-1", 5), ("A-2", 3), ("A-3", 4), ("A-4", 6))
    }
    page = sign_in(cast.clerk).get("/")
    assert list(page.context["coming"]) == [coming["A-2"], coming["A-3"], coming["A-1"]]
    card = next(card for card in page.context["cards"] if card.closure == lively)
    words = [str(task.word) for task in card.tasks]
    assert (card.ready, card.sums.people, words) == (2, 3, ["1 行要改", "没有要处理的", "没有要处理的"])
    assert "1月11日（周一）" in page.text


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            Role.CLERK,
            [
                "/",
                "/window/",
                "/search/",
                "/roster/",
                "/hall/",
                "/claims/payments/",
                "/claims/law/",
                "/outcomes/",
            ],
        ),
        (
            Role.DIRECTOR,
            [
                "/",
                "/search/",
                "/roster/",
                "/hall/",
                "/claims/payments/",
                "/claims/law/",
                "/outcomes/",
                "/permissions/",
            ],
        ),
        (Role.DISTRICT_VIEWER, ["/", "/roster/", "/hall/", "/claims/law/", "/outcomes/"]),
    ],
)
def test_each_role_is_led_only_where_it_may_go(  # type: ignore[no-untyped-def]
    role: str, places: list[str], cast: Cast, sign_in
) -> None:
    page = sign_in(cast.by_role()[role]).get("/")
    assert [url for _label, url, _active in page.context["navigation"]] == places
    assert [url for _label, url, active in page.context["navigation"] if active] == ["/"]


def test_every_permission_is_explained() -> None:
    assert sorted(WORDS) == sorted(granted())


def test_the_matrix_is_the_one_that_is_asked(cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
    stages = sign_in(cast.auditor).get("/permissions/").context["stages"]
    shown = {right.name: right.holders for _stage, rights in stages for right in rights}
    assert shown == {name: [role in roles for role in Role.values] for name, roles in granted().items()}


def test_the_director_sees_the_own_street_and_the_auditor_the_district(cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
    def names(client: Client) -> set[str]:
        return {posting.staff.username for posting in client.get("/staff/").context["postings"]}

    north = {"liu", "bai", "xie", "shu", "pei", "jiu", "guan", "zhu"}
    assert names(sign_in(cast.director)) == north
    assert names(sign_in(cast.auditor)) == north | {"qu", "shen", "wai"}


def test_pages_for_errors_speak(cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(cast.trainer)
    missing, refused = client.get("/nowhere/"), client.get("/permissions/")
    assert (missing.status_code, refused.status_code) == (404, 403)
    assert "没有找到这一页" in missing.text and "请找主任开通" in refused.text


@pytest.mark.parametrize(
    ("method", "headers", "status", "whole"),
    [("GET", {}, 400, True), ("POST", {}, 409, True), ("POST", {"HX-Request": "true"}, 409, False)],
)
def test_named_errors_become_words(
    method: str, headers: dict[str, str], status: int, whole: bool, db: None
) -> None:
    request = RequestFactory(headers=headers).generic(method, "/")
    request.resolver_match = None
    error = ZaigangError("这一行已经处理过了", "SF-2015-00003", "请刷新补正清单")
    answer = ErrorsInWords(lambda _request: None).process_exception(request, error)  # type: ignore[arg-type, return-value]
    assert answer is not None
    assert (answer.status_code, "<!doctype html>" in answer.text) == (status, whole)
    assert all(words in answer.text for words in error.args)


def test_other_errors_are_left_alone() -> None:
    answer = ErrorsInWords(lambda _request: None).process_exception(RequestFactory().get("/"), ValueError())  # type: ignore[arg-type, return-value]
    assert answer is None
