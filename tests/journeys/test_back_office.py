"""From the last signature to the bank's list, and a claim that came back, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.claims import checked, claimants, claimed
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import violations
from zaigang.claims.actions import return_claim
from zaigang.claims.enums import Outcome
from zaigang.claims.models import PaymentList
from zaigang.roster.models import Closure

NAMES = ("王建甲", "李建乙", "赵建丙")


def test_signed_released_listed_and_handed_out(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path
) -> None:
    cases = claimants(people, plant, tmp_path, *NAMES)
    for case in cases[:2]:
        checked(people, case)
    checked(people, cases[2], outcome=Outcome.REFUSE, reason="本人书面放弃")
    page = open_page(people.director)
    page.goto("/claims/signing/")
    expect(page.get_by_role("button", name="审批 2 份")).to_be_visible()
    page.get_by_label("赵建丙").check()
    expect(page.get_by_role("button", name="审批 3 份")).to_be_visible()
    page.get_by_label("李建乙").uncheck()
    page.get_by_role("button", name="审批 2 份").click()
    expect(page.get_by_text("已审批 2 份。")).to_be_visible()
    page.goto("/outbox/?template=claim_decided")
    for words in ("同意发放，最多24个月", "这次没有同意发放"):
        expect(page.get_by_role("cell", name=f"您申领失业金的结果：{words}。")).to_be_visible()
    assert violations(page) == []
    picture(page, "outbox-decided-1440")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    wraps = page.locator(".table-wrap")
    assert wraps.evaluate_all("all => all.map(one => one.scrollWidth <= one.clientWidth)") == [True]
    assert violations(page) == []
    picture(page, "outbox-decided-360")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/claims/payments/")
    page.get_by_role("link", name="2016年1月").first.click()
    page.get_by_role("button", name="放行 1 人").click()
    page.get_by_role("button", name="做名册").click()
    expect(page.get_by_text("第 1 批名册：1 人，950.00 元。")).to_be_visible()
    page.get_by_label("为什么要完整号码").select_option("pay_bank")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载表格", exact=True).click()
    assert download.value.suggested_filename == "payments-370299001-201601-1.xlsx"
    assert PaymentList.objects.get().persons == 1


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_claim_that_came_back_is_decided_again(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path, viewport: dict[str, int]
) -> None:
    (case,) = claimants(people, plant, tmp_path, NAMES[0])
    claim = return_claim(claim=claimed(people, case), reason="解除原因要核对", by=people.second_clerk)
    page = open_page(people.clerk, viewport)
    page.goto(f"/claims/claims/{claim.pk}/settle/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    picture(page, f"claims-settle-{viewport['width']}")
    page.get_by_label("终止原因").select_option("resigned")
    page.get_by_role("button", name="重新测算").click()
    expect(page.get_by_label("这次不发放")).to_be_checked()
    page.get_by_role("button", name="提交复核").click()
    expect(page.get_by_text("已重新决定，等复核。")).to_be_visible()
    claim.refresh_from_db()
    assert (claim.outcome, claim.facts["left_because"]) == ("refuse", "resigned")
