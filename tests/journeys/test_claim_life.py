"""A claim is held, stopped, goes on and is disagreed with, in a real browser on desk and phone width."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.claims.life.acts import JUNE_2017, carried_on, lost_again, stop, suspend
from tests.factories.claims import approved, at_the_window, claimants, listed
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import violations
from zaigang.claims.actions import fix_months
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.roster.models import Closure


def fits(page: Page) -> bool:
    """Nothing sideways, nothing that axe complains of."""
    narrow = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return bool(narrow) and violations(page) == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_held_looked_at_again_and_stopped(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path, viewport: dict[str, int]
) -> None:
    claim = approved(people, claimants(people, plant, tmp_path, "王建甲")[0])
    listed(people, "2016-01")
    page, width = open_page(people.clerk, viewport), viewport["width"]
    page.goto(f"/claims/claims/{claim.pk}/")
    picture(page, f"claim-life-running-{width}")
    page.get_by_role("link", name="暂缓发放").click()
    page.get_by_role("button", name="看会怎样").click()
    expect(page.get_by_text("请选要核实的事").first).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-suspend-wrong-{width}")
    page.get_by_label("为什么先等一等").select_option("maybe_working")
    page.get_by_label("查到了什么").fill("参保比对：1月起有新单位缴费")
    page.get_by_label("到哪天再看").fill("2016-02-01")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("不放行、不列名册")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-suspend-{width}")
    page.get_by_role("button", name="确认暂缓发放").click()
    expect(page.get_by_text("已暂缓。核实完请来继续或者停发。")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-suspended-{width}")
    page.get_by_role("link", name="停发", exact=True).click()
    page.get_by_label("停发原因").select_option("41")
    page.get_by_label("从哪天起").fill("2016-01-01")
    page.get_by_label("凭什么材料").fill("劳动合同 2016年1月1日")
    page.get_by_role("button", name="看会怎样").click()
    expect(page.get_by_text("已经列入名册的有 1 个月不该发")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-stop-{width}")
    page.get_by_role("button", name="确认停发").click()
    expect(page.get_by_text("已停发。以前列入名册的月份不变。")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-stopped-{width}")
    page.get_by_role("link", name="去看 ¥950.00").click()
    expect(page.get_by_role("heading", name="多发 ¥950.00")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-overpayment-{width}")
    page.get_by_role("link", name="失业保险金申领").click()
    page.get_by_role("link", name="停错了，恢复发放").click()
    expect(page.get_by_role("heading", name="恢复发放 王建甲 的失业保险金")).to_be_visible()
    page.get_by_role("button", name="看会怎样").click()
    expect(page.get_by_text("请写为什么恢复").first).to_be_visible()
    assert fits(page)
    picture(page, f"claim-life-undo-{width}")
    page.goto(f"/claims/claims/{claim.pk}/resume/")
    assert fits(page)
    picture(page, f"claim-life-resume-{width}")
    assert Claim.objects.get().life == "stopped"


def test_two_people_judge_a_refused_offer(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path
) -> None:
    claim = approved(people, claimants(people, plant, tmp_path, "王建甲")[0])
    page = open_page(people.clerk, PHONE)
    page.goto(f"/claims/claims/{claim.pk}/refuse/")
    page.get_by_role("button", name="记下，交另一人核定").click()
    expect(page.get_by_text("有内容要改")).to_be_visible()
    assert fits(page)
    picture(page, "claim-refuse-360")
    page.get_by_label("介绍的是").select_option("work")
    for label, text in {
        "哪个单位": "示范装配厂 装配工", "在哪里": "西工业园，公交12路35分钟", "工资、班次": "月薪3200元，两班倒",
        "为什么适合本人": "原来做钳工，有四级证", "本人怎么说": "夜班要照顾老人，去不了",
        "哪天介绍的": "2016-01-08", "哪天告诉过": "2016-01-08", "哪天没有接受": "2016-01-11",
    }.items():  # fmt: skip
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="记下，交另一人核定").click()
    expect(page.get_by_text("已记下。没有停发，等另一位同事核定。")).to_be_visible()
    assert fits(page)
    picture(page, "claim-refusal-own-360")
    other = open_page(people.director)
    other.goto(page.url)
    assert fits(other)
    picture(other, "claim-refusal-1440")
    other.get_by_label("有正当理由，或者工作不适合").check()
    other.get_by_label("理由", exact=True).fill("照顾老人是正当理由")
    other.get_by_role("button", name="核定").click()
    expect(other.get_by_text("已核定：不影响领取。")).to_be_visible()
    assert Claim.objects.get().life == "running"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_disagreed_corrected_and_on_the_lists(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path, viewport: dict[str, int]
) -> None:
    names = ("王建甲", "李建乙", "赵建丙", "钱建丁", "孙建戊", "周建己", "吴建庚", "郑建辛")
    cases = claimants(people, plant, tmp_path, *names)
    claims = [approved(people, case) for case in cases]
    for claim in claims[1:]:
        suspend(people, claim, date(2016, 2, 1))
    page, width = open_page(people.clerk, viewport), viewport["width"]
    page.goto(f"/claims/claims/{claims[0].pk}/")
    page.get_by_role("link", name="本人不同意").click()
    page.get_by_role("button", name="记下，等答复").click()
    expect(page.get_by_text("有内容要改")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-appeal-{width}")
    page.get_by_label("不同意的是").select_option("decision")
    page.get_by_label("本人怎么说").fill("我缴了26年，为什么只有24个月")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已记下，等没有参与过的同事答复。")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-appealed-{width}")
    page.goto(f"/claims/claims/{claims[0].pk}/correct/")
    page.get_by_label("失业保险缴费月数").fill("30")
    page.get_by_label("视同缴费月数").fill("0")
    page.get_by_role("button", name="重新测算").click()
    expect(page.get_by_text("最多 12 个月")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-correct-{width}")
    page.get_by_label("凭什么更正").fill("缴费清单 2016年1月")
    page.get_by_role("button", name="提出，等复核").click()
    expect(page.get_by_text("已提出更正，等复核。现在还没有变。")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-correction-{width}")
    page.goto("/claims/waiting/")
    expect(page.get_by_role("link", name="暂缓的 7")).to_be_visible()
    assert fits(page)
    picture(page, f"claim-lists-{width}")
    page.get_by_role("link", name="多发的 0").click()
    expect(page.get_by_text("这里没有等着办的")).to_be_visible()
    picture(page, f"claim-lists-empty-{width}")


def test_unemployed_again_and_paid_on(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path
) -> None:
    claim = approved(people, claimants(people, plant, tmp_path, "王建甲")[0])
    stop(people, claim, date(2016, 1, 4))
    page = open_page(people.clerk)
    page.goto(f"/claims/claims/{claim.pk}/")
    page.get_by_role("link", name="再次失业，接着领").click()
    page.get_by_label("新工作的最后一天").fill("2016-01-08")
    page.get_by_label("哪天再来登记失业").fill("2016-01-11")
    page.get_by_label("凭什么材料").fill("解除证明 2016年1月8日")
    page.get_by_role("button", name="看会怎样").click()
    expect(page.get_by_text("接着领 24 个月")).to_be_visible()
    page.get_by_role("button", name="确认再次失业，接着领").click()
    expect(page.get_by_text("已接上，等着逐月放行。")).to_be_visible()
    picture(page, "claim-resumed-1440")
    assert Claim.objects.get().life == "running"


@pytest.mark.parametrize(
    ("viewport", "fixed"), [(DESKTOP, 10), (PHONE, 10), (PHONE, None)], ids=["desktop", "phone", "bound"]
)
def test_a_second_claim_begins_with_what_the_first_left(
    open_page: Callable[..., Page],
    people: Cast,
    plant: Closure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    viewport: dict[str, int],
    fixed: int | None,
) -> None:
    first = claimants(people, plant, tmp_path, "王建甲")[0]
    if fixed:
        fix_months(case=first, months=fixed, document="核定表第8号", by=people.clerk)
    carried_on(people, approved(people, first), "2016-01", "2016-02")
    morning = datetime.combine(JUNE_2017, time(9), clock.ZONE)
    monkeypatch.setenv(clock.BUSINESS_DATE, clock.running_from(morning))
    ticket = at_the_window(people, lost_again(people, tmp_path, "2017-05-31"))
    page, width = open_page(people.clerk, viewport), viewport["width"]
    page.goto(f"/window/serve/{ticket}/")
    field = page.get_by_label("上次没领完的月数")
    expect(field).to_have_value("8" if fixed else "")
    words = "核定 10 个月，已列入名册 2 个月" if fixed else "准确月数没有核定"
    expect(page.get_by_text(words)).to_be_visible()
    assert fits(page)
    field.scroll_into_view_if_needed()
    picture(page, f"window-carried-{fixed}-{width}")
    page.goto(f"/window/check/{ticket}/")
    answer = "最多 20 个月" if fixed else "还不能决定能不能领取"
    expect(page.locator("#due-title")).to_contain_text(answer)
    assert fits(page)
    picture(page, f"window-carried-check-{fixed}-{width}")
