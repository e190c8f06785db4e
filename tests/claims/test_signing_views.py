"""The pages on which claims are signed, looked at, sent back, stopped and decided again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.claims import approved, checked, claimants, claimed, held
from tests.factories.rosters import id_number
from zaigang.claims.actions import return_claim
from zaigang.claims.enums import Outcome
from zaigang.claims.models import Claim
from zaigang.claims.pages.claim import ClaimPage
from zaigang.foundation import clock
from zaigang.ledger.models import Read
from zaigang.offices.actions import note_identity
from zaigang.offices.enums import Role
from zaigang.roster.models import Case, Closure

NAMES = ("王建甲", "李建乙", "赵建丙", "钱建丁")
SIGNING = reverse("claims:signing")
#: Statements of a page, however many claims are on it: who asks, the postings, the counts, the lines, …
SIGNING_QUERIES, CLAIM_QUERIES = 6, 12


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    return claimants(cast, closure, tmp_path, *NAMES)


def differing(cast: Cast, case: Case) -> Claim:
    return claimed(cast, case, outcome=Outcome.REFUSE, reason="本人说下周上班")


def lines(client: Client, query: str = "") -> list[tuple[str, bool, str]]:
    """Name, ticked, why not to be signed."""
    return [(row.name, row.ticked, row.barred) for row in client.get(f"{SIGNING}?{query}").context["rows"]]


def test_what_differs_is_to_be_ticked_by_hand_and_the_own_is_barred(
    sign_in: Any, cast: Cast, cases: list[Case]
) -> None:
    claimed(cast, cases[0])
    differing(cast, cases[1])
    claimed(cast, cases[2], by=cast.second_clerk)
    held(cast, cases[3])
    client = sign_in(cast.second_clerk)
    assert lines(client) == [
        ("王建甲", True, ""), ("李建乙", False, ""), ("赵建丙", False, "您经办的，要别的同事签"),
    ]  # fmt: skip
    assert [name for name, *_rest in lines(client, "only=differs")] == ["李建乙"]
    assert [name for name, *_rest in lines(client, "only=refuse")] == ["李建乙"]
    page = client.get(SIGNING).content.decode()
    assert ("本人说下周上班" in page, page.count(" checked>"), page.count('name="claims"')) == (True, 1, 2)


def test_the_own_file_is_barred_in_words(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claimed(cast, cases[0])
    note_identity(staff=cast.second_clerk, id_number=id_number(1), by=cast.director)
    assert lines(sign_in(cast.second_clerk)) == [("王建甲", False, "这是您自己的档案，要别的同事来办")]


def test_ticked_claims_are_signed_and_the_rest_is_told(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claims = [
        claimed(cast, cases[0]), claimed(cast, cases[1]), claimed(cast, cases[2], by=cast.second_clerk),
        checked(cast, cases[3]),
    ]  # fmt: skip
    sent = {"claims": [str(claim.pk) for claim in (claims[0], *claims[2:])] + ["nonsense"]}
    answer = sign_in(cast.second_clerk).post(reverse("claims:check"), sent, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "已复核 1 份。",
        "1 份没有签：您经办过、签过，或者是您自己的档案，要别的同事来签。",
        "1 份没有签：已经不等这一步了，可能别人先签了或退回了。",
    ]
    assert list(Claim.objects.order_by("case__number").values_list("state", flat=True)) == [
        "checked", "made", "made", "checked",
    ]  # fmt: skip


def test_nothing_ticked_is_said(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claimed(cast, cases[0])
    answer = sign_in(cast.second_clerk).post(reverse("claims:check"), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["没有选中申领。请先勾选，再签。"]


def test_the_director_sees_both_steps_and_approves(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claims = [checked(cast, case) for case in cases[:2]]
    client = sign_in(cast.director)
    page = client.get(SIGNING)
    assert (page.context["step"], [(step, n) for step, _label, n in page.context["steps"]]) == (
        "approve", [("check", 0), ("approve", 2)],
    )  # fmt: skip
    client.post(reverse("claims:approve"), {"claims": [str(claim.pk) for claim in claims]})
    assert list(Claim.objects.values_list("state", flat=True)) == ["approved"] * 2


def test_who_only_checks_is_not_shown_the_last_step(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    checked(cast, cases[0])
    page = sign_in(cast.clerk).get(f"{SIGNING}?step=approve")
    assert (page.context["step"], page.context["rows"]) == ("check", [])
    assert "没有等签字的申领" in page.content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_takes_the_same_statements_however_long(
    sign_in: Any,
    cast: Cast,
    cases: list[Case],
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for case in cases[:number]:
        claimed(cast, case)
    client = sign_in(cast.second_clerk)
    with django_assert_num_queries(SIGNING_QUERIES):
        client.get(SIGNING)


def address(name: str, claim: Claim) -> str:
    return reverse(f"claims:{name}", args=[claim.pk])


@pytest.mark.parametrize("make", [claimed, approved])
def test_a_claim_s_page_takes_the_same_statements(
    sign_in: Any, cast: Cast, cases: list[Case], make: Callable[..., Claim],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client, claim = sign_in(cast.clerk), make(cast, cases[0])
    with django_assert_num_queries(CLAIM_QUERIES):
        client.get(address("claim", claim))


PAGES = ("claim", "stop", "settle")
POSTED = ("return", "stop", "settle")


def test_another_street_neither_sees_nor_changes_a_claim(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = held(cast, cases[0])
    client = sign_in(cast.outsider)
    answers = [client.get(address(name, claim)).status_code for name in PAGES]
    answers += [client.post(address(name, claim), {"reason": "x"}).status_code for name in POSTED]
    assert answers == [404] * 6
    assert lines(client) == []
    client.post(reverse("claims:check"), {"claims": [str(claim.pk)]})
    claim.refresh_from_db()
    assert (claim.state, Read.objects.count()) == ("made", 0)


def test_reading_a_claim_is_on_record(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = approved(cast, cases[0])
    page = sign_in(cast.auditor).get(address("claim", claim))
    assert list(Read.objects.values_list("subject", "page", "reader")) == [
        (claim.case_id, "claims:claim", cast.auditor.pk)
    ]
    text = page.content.decode()
    assert ("王*甲" in text, "王建甲" in text) == (True, False)
    found = page.context["page"]
    assert [(one.what, one.who) for one in found.signatures] == [
        ("经办", "柳经办"), ("复核", "柏经办"), ("审批", "祝主任"),
    ]  # fmt: skip
    assert (found.may_return, may_stop(found), found.may_settle, len(found.months)) == (
        False,
        False,
        False,
        24,
    )


def may_stop(page: ClaimPage) -> bool:
    """Whether the page offers to stop the benefit."""
    return "停发" in [str(one.label) for one in page.life.buttons]


@pytest.mark.parametrize(
    ("make", "who", "may"),
    [
        (claimed, "second_clerk", (True, True, False)),
        (claimed, "officer", (False, False, False)),
        (held, "clerk", (False, False, True)),
        (held, "officer", (False, False, True)),
        (checked, "director", (True, True, False)),
        (approved, "clerk", (False, True, False)),
    ],
)
def test_the_page_offers_what_may_be_done(
    sign_in: Any, cast: Cast, cases: list[Case], make: Callable[..., Claim], who: str, may: tuple[bool, ...]
) -> None:
    page = sign_in(getattr(cast, who)).get(address("claim", make(cast, cases[0]))).context["page"]
    assert (page.may_return, may_stop(page), page.may_settle) == may


def test_a_claim_is_sent_back_on_its_page(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = claimed(cast, cases[0])
    client = sign_in(cast.second_clerk)
    refused = client.post(address("return", claim), {"reason": " "})
    assert (refused.status_code, "有内容要改" in refused.content.decode()) == (422, True)
    assert client.post(address("return", claim), {"reason": "账号看不清"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.returned_because) == ("returned", "账号看不清")
    assert client.post(address("return", claim), {"reason": "再退"}).status_code == 409


def test_benefit_is_stopped_on_its_page(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = approved(cast, cases[0])
    client = sign_in(cast.clerk)
    sent = {"reason": "41", "on": "2016-02-01", "evidence": "劳动合同 2016年1月"}
    ahead = client.post(address("stop", claim), sent).context["effect"]
    answer = client.post(address("stop", claim), sent | {"sure": ahead.key})
    assert answer.status_code == 422  # a day to come
    with clock.at(date(2016, 2, 3)):
        assert client.post(address("stop", claim), sent | {"reason": ""}).status_code == 422
        shown = client.post(address("stop", claim), sent).context["effect"]
        assert client.post(address("stop", claim), sent | {"sure": shown.key}).status_code == 302
    claim.refresh_from_db()
    assert (claim.stopped_on, claim.stop_reason) == (date(2016, 2, 1), "41")


def test_a_held_claim_is_decided_on_its_page(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = held(cast, cases[0])
    client = sign_in(cast.clerk)
    shown = client.get(address("settle", claim)).context
    assert (shown["proposed"], shown["form"].initial["outcome"]) == ("grant", "grant")
    sent = {
        "left_on": "2015-12-31", "left_because": "resigned", "contribution_months": "204", "deemed_months": "60",
        "unused_months": "0", "outcome": "grant", "reason": "", "digest": shown["digest"],
    }  # fmt: skip
    looked = client.post(address("settle", claim), sent | {"look": "1"}).context
    assert (looked["proposed"], looked["form"].initial["outcome"], looked["form"]["left_because"].value()) == (
        "refuse", "refuse", "resigned",
    )  # fmt: skip
    unseen = client.post(address("settle", claim), sent)
    assert (unseen.status_code, unseen.context["trouble"].what) == (422, "测算的结果变了")
    claim.refresh_from_db()
    assert claim.outcome == "hold"
    seen = sent | {"digest": looked["digest"]}
    assert client.post(address("settle", claim), seen).context["trouble"].what == "没有写理由"
    assert client.post(address("settle", claim), seen | {"outcome": "refuse"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.outcome, claim.differs, claim.facts["left_because"]) == ("refuse", False, "resigned")


def test_what_is_not_waiting_for_a_decision_leads_back(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = claimed(cast, cases[0])
    answer = sign_in(cast.clerk).get(address("settle", claim))
    assert (answer.status_code, answer["Location"]) == (302, address("claim", claim))


def test_the_reason_of_a_return_stands_where_it_is_decided_again(
    sign_in: Any, cast: Cast, cases: list[Case]
) -> None:
    claim = return_claim(claim=claimed(cast, cases[0]), reason="缺解除证明", by=cast.second_clerk)
    assert "缺解除证明" in sign_in(cast.clerk).get(address("settle", claim)).content.decode()


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("stop", {"clerk", "director"}),
        ("settle", {"clerk", "officer"}),
        ("claim", {"clerk", "officer", "counsellor", "placement_officer", "director", "auditor"}),
    ],
)
def test_roles(sign_in: Any, cast: Cast, cases: list[Case], name: str, allowed: set[str]) -> None:
    claim = held(cast, cases[0])
    answers = {
        role: sign_in(who).get(address(name, claim)).status_code for role, who in cast.by_role().items()
    }
    assert answers == {role: 200 if role in allowed else 403 for role in Role.values}


def test_what_was_refused_is_not_stopped(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    claim = claimed(cast, cases[0], outcome="refuse", reason="本人暂不领")
    sent = {"reason": "41", "on": "2016-01-11", "evidence": "劳动合同"}
    assert sign_in(cast.clerk).post(address("stop", claim), sent)["Location"] == address("claim", claim)
    claim.refresh_from_db()
    assert claim.stopped_on is None
