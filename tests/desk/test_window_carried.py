"""The window shows how many months the claim before left, how they were counted, and decides with them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.claims.life.acts import JUNE_2017, carried_on, lost_again
from tests.desk.test_window import TYPED, hidden, served
from tests.factories.claims import approved, claimants
from tests.factories.halls import opened
from zaigang.claims.actions import fix_months
from zaigang.claims.models import Claim, Draft
from zaigang.foundation import clock
from zaigang.roster.models import Case, Closure

SAID = TYPED | {
    "facts-left_on": "2017-05-31", "facts-contribution_months": "14", "facts-deemed_months": "0",
    "registration-lost_work_on": "2017-05-31",
}  # fmt: skip


@pytest.fixture
def first(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


def second(cast: Cast, first: Case, folder: Path, fixed: int | None) -> Case:
    """Out of work again after a year; two months of the first claim went out."""
    if fixed is not None:
        fix_months(case=first, months=fixed, document="核定表第8号", by=cast.clerk)
    carried_on(cast, approved(cast, first), "2016-01", "2016-02")
    return lost_again(cast, folder, "2017-05-31")


def serving(sign_in: Any, cast: Cast, case: Case) -> tuple[Client, str, str]:
    """The clerk, with the address of the screen and that of the check page."""
    client = sign_in(cast.clerk)
    ticket = served(client, cast, opened(cast, cast.clerk, cast.second_clerk), case)
    return client, reverse("desk:serve", args=[ticket]), reverse("desk:check", args=[ticket])


def shown(page: str, name: str = "facts-unused_months") -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


@pytest.mark.parametrize(
    ("typed", "months", "kept"), [("8", 20, {}), ("", 20, {}), ("5", 17, {"unused_months": 5})]
)
def test_filled_in_counted_and_still_the_clerk_s_to_put_right(
    sign_in: Any, cast: Cast, first: Case, tmp_path: Path, typed: str, months: int, kept: dict[str, int]
) -> None:
    case = second(cast, first, tmp_path, 10)
    with clock.at(JUNE_2017):
        client, serve, check = serving(sign_in, cast, case)
        page = client.get(serve).content.decode()
        assert (shown(page), shown(page, "claim-left_over_months")) == ("8", "8")
        assert "照上一份申领填好：核定 10 个月，已列入名册 2 个月（多发的不算）。还剩 8 个月。" in page
        assert client.post(serve, SAID | {"facts-unused_months": typed}).status_code == 302
        assert Draft.objects.get().answers["corrections"] == kept
        page = client.get(check).content.decode()
        assert f"最多 {months} 个月" in page
        sent = {
            "once": hidden(page, "once"),
            "digest": hidden(page, "digest"),
            "outcome": "grant",
            "reason": "",
        }
        assert client.post(check.replace("check", "submit"), sent).status_code == 302
    claim = Claim.objects.get(case=case)
    assert (claim.facts["unused_months"], claim.months_at_most) == (int(typed or 8), months)


def test_a_bound_is_said_and_left_to_a_person(sign_in: Any, cast: Cast, first: Case, tmp_path: Path) -> None:
    case = second(cast, first, tmp_path, None)
    with clock.at(JUNE_2017):
        client, serve, _check = serving(sign_in, cast, case)
        page = client.get(serve).content.decode()
    assert shown(page) == ""
    assert "上一份申领转了月数：最多 24 个月，已列入名册 2 个月（多发的不算）。准确月数没有核定" in page


def test_nothing_is_said_where_nothing_was_carried(sign_in: Any, cast: Cast, first: Case) -> None:
    client, serve, _check = serving(sign_in, cast, first)
    page = client.get(serve).content.decode()
    assert (shown(page), shown(page, "claim-left_over_months"), "上一份申领" in page) == ("", "", False)
