"""What waits for somebody: each list holds its own, scoped, in a constant number of statements."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.claims.life.acts import suspend, waiting_claims
from tests.factories.claims import approved, claimants, listed
from zaigang.claims.models import Claim
from zaigang.engines.entitlement import retirement_date
from zaigang.foundation import clock
from zaigang.roster.models import Closure

LISTS = ("suspended", "refusals", "corrections", "appeals", "overpaid", "retiring")
QUERIES = 17


def shown(client: Any, name: str) -> list[tuple[str, str, bool]]:
    rows = client.get(reverse("claims:lives"), {"show": name}).context["rows"]
    return [(row.name, row.what, row.late) for row in rows]


@pytest.fixture
def waiting(cast: Cast, claim: Claim) -> Claim:
    listed(cast, "2016-01")
    waiting_claims(cast, claim)
    return claim


def test_each_list_holds_what_waits(sign_in: Any, cast: Cast, waiting: Claim) -> None:
    client = sign_in(cast.clerk)
    assert {name: shown(client, name) for name in LISTS} == {
        "suspended": [],
        "refusals": [("王建甲", "柳经办 记下没有接受的工作", False)],
        "corrections": [("王建甲", "已提出，等复核", False)],
        "appeals": [("王建甲", "能不能领、领几个月、每月多少", False)],
        "overpaid": [("王建甲", "查出来了，还没有告诉本人，还差 ¥950.00", False)],
        "retiring": [],
    }
    counts = client.get(reverse("claims:lives")).context["tabs"]
    assert [n for _code, _word, n in counts] == [0, 1, 1, 1, 1, 0]
    assert [shown(sign_in(cast.outsider), name) for name in LISTS] == [[]] * 6


def test_what_is_overdue_says_so(sign_in: Any, cast: Cast, claim: Claim) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    with clock.at(date(2016, 2, 2)):
        assert shown(sign_in(cast.auditor), "suspended") == [("王*甲", "暂缓发放，等核实", True)]


def test_who_reaches_the_age_is_shown_and_nothing_stops(sign_in: Any, cast: Cast, claim: Claim) -> None:
    reached = retirement_date("male", date.fromisoformat(claim.facts["born"]))
    client = sign_in(cast.clerk)
    with clock.at(reached.replace(day=1)):
        page = client.get(reverse("claims:lives"), {"show": "retiring"})
        [row] = page.context["rows"]
        form = client.get(row.url).context["form"]
    assert (row.name, form["reason"].value(), form["on"].value()) == ("王建甲", "44", reached)
    # It follows from the birth: no address, and so no log, has it.
    assert row.url == f"{reverse('claims:stop', args=[claim.pk])}?reason=44"
    claim.refresh_from_db()
    assert claim.life == "running"


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_statements_however_many(
    sign_in: Any, cast: Cast, closure: Closure, tmp_path: Path, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    names = ("王建甲", "李建乙", "赵建丙")[:number]
    for case in claimants(cast, closure, tmp_path, *names):
        suspend(cast, approved(cast, case), date(2016, 2, 1))
    client = sign_in(cast.clerk)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(reverse("claims:lives")).context["rows"]) == number
