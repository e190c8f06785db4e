"""Each act is filled in, shown with what it will do, and confirmed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.claims.life.acts import AUGUST, MAY, brought, carry, stop, suspend
from tests.factories.claims import listed, strip
from zaigang.claims.actions import lift
from zaigang.claims.enums import Life
from zaigang.claims.models import Claim, Refusal
from zaigang.desk.phone.page import own_page
from zaigang.desk.phone.story import story_of
from zaigang.foundation import clock
from zaigang.offices.enums import Role

ACTS = ("stop", "suspend", "prolong", "lift", "resume", "carry", "undo_carry", "refuse")
CLAIM_QUERIES = 12
STOP = {"reason": "41", "on": "2016-04-10", "evidence": "劳动合同 2016年4月10日"}


def address(name: str, claim: Claim) -> str:
    return reverse(f"claims:{name}", args=[claim.pk])


def done(client: Client, name: str, claim: Claim, sent: dict[str, str]) -> list[str]:
    """Fill in, look, confirm; gives what was shown before confirming."""
    looked = client.post(address(name, claim), sent)
    assert (looked.status_code, looked.context["form"].errors) == (200, {})
    effect = looked.context["effect"]
    answer = client.post(address(name, claim), sent | {"sure": effect.key})
    assert answer.headers.get("Location") == address("claim", claim)
    return list(effect.lines)


def test_a_stop_says_how_far_it_pays_and_what_was_paid_too_much(
    sign_in: Any, cast: Cast, claim: Claim
) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01", "2016-02", "2016-03", "2016-04", "2016-05")
        client = sign_in(cast.clerk)
        assert done(client, "stop", claim, STOP) == [
            "发到 2016年4月 为止。",
            "停 19 个月：2016年6月 到 2017年12月。",
            "已经列入名册的有 1 个月不该发（2016年5月），共 ¥950.00，记作多发，由人办理退回。",
        ]
    claim.refresh_from_db()
    assert (claim.life, strip(claim, "2016-06")) == ("stopped", "llllls")


def test_nothing_is_written_before_it_was_shown(sign_in: Any, cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        client = sign_in(cast.clerk)
        client.post(address("stop", claim), STOP)
        client.post(address("stop", claim), STOP | {"sure": "x"})
        claim.refresh_from_db()
        assert claim.life == "running"
        shown = client.post(address("stop", claim), STOP).context["effect"].key
        listed(cast, "2016-05")
        later = client.post(address("stop", claim), STOP | {"sure": shown})
    claim.refresh_from_db()
    assert (later.context["changed"], claim.life) == (True, "running")


def test_undoing_a_stop_is_named_so(sign_in: Any, cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        stop(cast, claim)
        client = sign_in(cast.clerk)
        page = client.get(address("stop", claim)).content.decode()
        assert ("恢复发放 王建甲 的失业保险金" in page, "<li>恢复发放</li>" in page) == (True, True)
        wrong = client.post(address("stop", claim), {"because": ""})
        assert (wrong.status_code, wrong.context["form"].errors["because"]) == (422, ["请写为什么恢复"])
        lines = done(client, "stop", claim, {"because": "合同是别人的，同名"})
    assert lines[0] == "20 个月恢复，等着逐月放行：2016年5月 到 2017年12月。"
    assert strip(claim, "2016-05") == "ppppp"


def test_held_back_prolonged_and_going_on(sign_in: Any, cast: Cast, claim: Claim) -> None:
    client = sign_in(cast.clerk)
    why = {"reason": "unreachable", "evidence": "打了三次没有接", "until": "2016-02-15"}
    assert done(client, "suspend", claim, why)[0] == (
        "24 个月先等着，不放行、不列名册：2016年1月 到 2017年12月。"
    )
    assert "暂缓发放" in client.get(address("claim", claim)).content.decode()
    done(client, "prolong", claim, {"until": "2016-03-01", "evidence": "社区去找了"})
    done(client, "lift", claim, {"evidence": "本人来过了"})
    claim.refresh_from_db()
    assert (claim.life, [one.act for one in claim.episodes.all()]) == (
        "running", ["suspend", "prolong", "lift"],
    )  # fmt: skip


def test_going_on_after_a_short_job(sign_in: Any, cast: Cast, claim: Claim) -> None:
    with clock.at(AUGUST):
        stop(cast, claim)
        client = sign_in(cast.clerk)
        sent = {"left_on": "2016-07-31", "on": "2016-08-10", "evidence": "解除证明"}
        lines = done(client, "resume", claim, sent)
    assert lines == ["接着领 20 个月：2016年8月 到 2018年3月，逐月放行。", "中间有工作的月份不发。"]


def test_a_long_job_leads_to_a_new_claim(sign_in: Any, cast: Cast, claim: Claim) -> None:
    with clock.at(date(2017, 6, 20)):
        listed(cast, "2016-01")
        stop(cast, claim)
        client = sign_in(cast.clerk)
        sent = {"left_on": "2017-06-01", "on": "2017-06-20", "evidence": "解除证明"}
        refused = client.post(address("resume", claim), sent)
        assert (refused.status_code, "满了12个月" in refused.content.decode()) == (422, True)
        assert done(client, "carry", claim, {"evidence": "解除证明 2017年6月1日"}) == [
            "最多 24 个月，已列入名册 1 个月（多发的不算）。",
            "最多还剩 23 个月；准确月数要经办机构核定，没有核定的不自动转。",
            "这份申领到此为止，失业登记注销；转错了可以更正。",
        ]
        assert done(client, "undo_carry", claim, {"evidence": "看错了"}) == [
            "这份申领回到停发；本人以前的失业登记重新有效。"
        ]


def test_a_refusal_is_noted_heard_and_judged_by_another(sign_in: Any, cast: Cast, claim: Claim) -> None:
    sent = {
        "kind": "work", "offer": "示范装配厂 装配工", "place": "西工业园", "terms": "月薪3200元",
        "suitable": "有钳工四级证", "words": "夜班去不了", "offered_on": "2016-04-01", "told_on": "2016-04-06",
        "refused_on": "2016-04-12",
    }  # fmt: skip
    with clock.at(MAY):
        client = sign_in(cast.clerk)
        assert client.post(address("refuse", claim), sent | {"words": ""}).status_code == 422
        client.post(address("refuse", claim), sent)
        made = Refusal.objects.get()
        page = reverse("claims:refusal", args=[made.pk])
        assert "您记下的，要另一位同事核定。" in client.get(page).content.decode()
        client.post(reverse("claims:hear", args=[made.pk]), {"on": "2016-05-03", "words": "母亲瘫痪"})
        mine = client.post(reverse("claims:judge", args=[made.pk]), {"confirmed": "yes", "judgement": "x"})
        assert (mine.status_code, "记下的人不能自己核定" in mine.content.decode()) == (422, True)
        client = sign_in(cast.second_clerk)
        assert "母亲瘫痪" in client.get(page).content.decode()
        judged = {"confirmed": "no", "judgement": "照顾老人是正当理由"}
        assert client.post(reverse("claims:judge", args=[made.pk]), judged).status_code == 302
    claim.refresh_from_db()
    assert claim.life == "running"


@pytest.mark.parametrize("name", ACTS)
def test_another_street_opens_none_of_them(sign_in: Any, cast: Cast, claim: Claim, name: str) -> None:
    client = sign_in(cast.outsider)
    answers = [client.get(address(name, claim)).status_code, client.post(address(name, claim)).status_code]
    assert answers == [404, 404]


@pytest.mark.parametrize("name", ACTS)
def test_roles(sign_in: Any, cast: Cast, claim: Claim, name: str) -> None:
    answers = {}
    for role, staff in cast.by_role().items():
        answers[role] = sign_in(staff).get(address(name, claim)).status_code
    allowed = 302 if name == "resume" else 200  # nothing is stopped that could go on
    assert answers == {role: allowed if role in ("clerk", "director") else 403 for role in Role.values}


@pytest.mark.parametrize(
    ("life", "words"),
    [
        ("running", ["停发", "暂缓发放", "记下拒绝介绍的工作或培训"]),
        ("suspended", ["核实完，继续发放", "再等等", "停发"]),
        ("stopped", ["再次失业，接着领", "剩下的月数转到新的申领", "停错了，恢复发放"]),
        ("carried", ["转错了，不转"]),
    ],
)
def test_the_claim_offers_what_comes_next(
    sign_in: Any, cast: Cast, claim: Claim, life: str, words: list[str]
) -> None:
    with clock.at(MAY):
        brought(cast, claim, life)
        shown = sign_in(cast.clerk).get(address("claim", claim)).context["page"].life
        assert [str(one.label) for one in shown.buttons] == words
        seen = sign_in(cast.auditor).get(address("claim", claim)).context["page"].life
    assert (list(seen.buttons), str(shown.word)) == ([], str(Life(life).label))


@pytest.mark.parametrize("times", [1, 3])
def test_the_claim_takes_the_same_statements_however_much_happened(
    sign_in: Any, cast: Cast, claim: Claim, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(times):
        suspend(cast, claim, date(2016, 2, 1))
        lift(claim=claim, evidence="查清了", by=cast.clerk)
    client = sign_in(cast.clerk)
    with django_assert_num_queries(CLAIM_QUERIES):
        page = client.get(address("claim", claim)).context["page"].life
    assert len(page.entries) == 2 * times


def test_the_phone_says_in_plain_words_that_something_is_checked(cast: Cast, claim: Claim) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    page, story = own_page(claim.case), story_of(claim.case)
    assert page.next.what.startswith("失业保险金先等一等")
    assert (str(story[0].what), story[0].note) == (
        "失业保险金先等一等，有一件事要核实",
        "1月11日（周一） · 查到参保或用工记录，要核实 · 2月1日（周一）再看",
    )
    with clock.at(date(2017, 6, 20)):
        stop(cast, claim)
        carry(cast, claim)
        assert own_page(claim.case).next.what.startswith("这次没领完的月数")
