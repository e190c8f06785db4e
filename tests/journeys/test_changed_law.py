"""The law changes: a notice of August that counts from July, from the file to the money, in a real browser.

One colleague loads it and sees whom it reaches; the director confirms; a worker decides everybody again; the months
that went out stay, and their difference stands on the next list.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.claims.life.acts import stop
from tests.factories.claims import approved, claimants, listed, month
from tests.factories.laws import EARLIER, LICANG, NOTICE, in_force
from tests.factories.rosters import imported, row
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import violations
from tests.processes import answer_of, run_beside
from zaigang.claims.actions import check_correction, make_list, release
from zaigang.claims.models import BackPay, Correction, PaymentList
from zaigang.foundation import clock
from zaigang.roster.models import Closure

NAMES = ("王建甲", "李建乙")
NOTE = "鲁人社发〔2016〕31号，青岛市2016年8月24日通知"
#: Does what is queued, and ends.
WORKER = "from zaigang.jobs.worker import work; work(wait=False); print('true')"


@pytest.fixture
def paid(people: Cast, plant: Closure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Closure:
    """Two who draw and were paid 950 yuan for July and August 2016, and three who never came."""
    in_force(EARLIER, by=people.clerk, confirmed_by=people.director)
    cases = claimants(people, plant, tmp_path, *NAMES)
    for case in cases:
        approved(people, case)
    imported(people, plant, tmp_path, [row(2 * n + 51, f"未来{name}") for n, name in enumerate("甲乙丙")])
    for text in ("2016-07", "2016-08"):
        with clock.at(datetime.fromisoformat(f"{text}-05T10:00").replace(tzinfo=clock.ZONE)):
            release(office=people.north, month=month(text), by=people.clerk)
            make_list(office=people.north, month=month(text), by=people.clerk)
    return plant


def _sound(page: Page, name: str) -> None:
    """No fault for a screen reader, nothing cut off at the right, and a picture to look at."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    width = page.viewport_size["width"] if page.viewport_size else 0
    picture(page, f"law-{name}-{width}")


def test_the_changed_law_walk(
    open_page: Callable[..., Page],
    people: Cast,
    paid: Closure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = clock.running_from(datetime(2016, 9, 5, 9, tzinfo=clock.ZONE))
    monkeypatch.setenv(clock.BUSINESS_DATE, later)
    clerk = open_page(people.clerk)
    clerk.goto("/claims/law/")
    _sound(clerk, "rules")
    clerk.get_by_role("link", name="载入新规定").click()
    # The two entries overlap: somebody forgot to end the old one.
    wrong, right = tmp_path / "370213.yaml", tmp_path / "notice.yaml"
    wrong.write_text(NOTICE.replace("to: 2016-06-30", "to: 2016-07-31"), encoding="utf-8")
    right.write_text(NOTICE, encoding="utf-8")
    clerk.get_by_label("为什么改、按哪个文件").fill(NOTE)
    clerk.get_by_label("参数文件（.yaml）").set_input_files(wrong)
    clerk.get_by_role("button", name="检查并看影响").click()
    expect(
        clerk.get_by_text("与前一条时间重叠（370213.yaml benefit_amount 2016-07-01）").first
    ).to_be_visible()
    _sound(clerk, "refused")
    clerk.get_by_label("参数文件（.yaml）").set_input_files(right)
    clerk.get_by_role("button", name="检查并看影响").click()
    # Two who draw get 50 yuan more for 18 months, of which two each went out; who has not come is past the window.
    expect(clerk.get_by_role("heading", name="影响到谁，还没有改动任何人")).to_be_visible()
    effects = clerk.locator("#law-effects")
    expect(effects.get_by_text("200.00").first).to_be_visible()
    expect(clerk.get_by_text("这是您载入的，请另一位同事核对、确认。")).to_be_visible()
    expect(clerk.get_by_role("button", name="核对无误，开始施行")).to_have_count(0)
    _sound(clerk, "preview")
    clerk.get_by_role("link", name="要补发差额 2").click()
    expect(clerk.get_by_role("link", name="王建甲")).to_be_visible()
    _sound(clerk, "people")
    assert BackPay.objects.count() == 0
    address = clerk.url.split("people/")[0]

    director = open_page(people.director)
    director.goto(address)
    expect(director.get_by_role("cell", name="1000 元").first).to_be_visible()
    director.get_by_role("button", name="核对无误，开始施行").click()
    expect(director.get_by_text("规定已经施行，正在后台重新测算。")).to_be_visible()
    expect(director.locator("#job-state")).to_contain_text("等待办理")
    assert answer_of(run_beside(WORKER)) is True
    # The page asks again by itself.
    expect(director.locator("#job-state")).to_contain_text("已完成", timeout=15_000)
    director.reload()
    expect(director.get_by_role("heading", name="影响到谁，结果")).to_be_visible()
    expect(director.get_by_text("已改 2 人。")).to_be_visible()
    _sound(director, "done")

    clerk.goto("/claims/payments/370299001/2016-09/")
    expect(clerk.get_by_role("heading", name="要补发的差额")).to_contain_text("200.00")
    _sound(clerk, "month")
    clerk.get_by_role("button", name="放行 2 人").click()
    clerk.get_by_role("button", name="做名册").click()
    expect(clerk.get_by_text("第 1 批名册：2 人，2,200.00 元。")).to_be_visible()
    _sound(clerk, "list")
    made = PaymentList.objects.get(month=month("2016-09"))
    assert (made.persons, made.control_sum, made.back_pays.count()) == (2, 2200, 4)

    clerk.get_by_role("link", name="王建甲").first.click()
    expect(clerk.get_by_role("heading", name="补发的差额")).to_be_visible()
    _sound(clerk, "claim")
    clerk.get_by_role("link", name="规定改变以前的").click()
    expect(clerk.get_by_text("规定改变以前的决定，照原样留着")).to_be_visible()
    expect(clerk.get_by_role("cell", name="950.00").first).to_be_visible()
    expect(clerk.get_by_role("cell", name="1,000.00")).to_have_count(0)
    _sound(clerk, "earlier")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_of_the_law_hold_together_when_empty_and_on_a_phone(
    open_page: Callable[..., Page], people: Cast, plant: Closure, viewport: dict[str, int]
) -> None:
    page = open_page(people.director, viewport)
    page.goto("/claims/law/")
    _sound(page, "rules-empty")
    page.get_by_role("link", name="在它上面改 青岛市李沧区").click()
    assert page.get_by_label("文件内容").input_value() == LICANG
    page.get_by_role("button", name="检查并看影响").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _sound(page, "load-empty")
    page.get_by_label("为什么改、按哪个文件").fill(NOTE)
    page.get_by_label("文件内容").fill(NOTICE)
    page.get_by_role("button", name="检查并看影响").click()
    expect(page.get_by_text("没有人的结果会变。")).to_be_visible()
    _sound(page, "preview-empty")
    page.get_by_role("button", name="撤回，不施行").click()
    expect(page.get_by_text("已撤回，没有影响任何人。")).to_be_visible()
    _sound(page, "withdrawn")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_correction_makes_up_for_months_that_were_paid_too_little(
    open_page: Callable[..., Page],
    people: Cast,
    plant: Closure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    viewport: dict[str, int],
) -> None:
    in_force(EARLIER, by=people.clerk, confirmed_by=people.director)
    claim = approved(people, claimants(people, plant, tmp_path, "王建甲")[0])
    listed(people, "2016-07", "2016-08")
    with clock.at(date(2016, 8, 20)):
        stop(people, claim, date(2016, 8, 15))
    monkeypatch.setenv(clock.BUSINESS_DATE, clock.running_from(datetime(2016, 9, 5, 9, tzinfo=clock.ZONE)))
    in_force(NOTICE, by=people.clerk, confirmed_by=people.director)
    page = open_page(people.clerk, viewport)
    page.goto(f"/claims/claims/{claim.pk}/correct/")
    expect(page.get_by_text("2 个月少发，共 ¥100.00：审批以后进下一份名册补发")).to_be_visible()
    _sound(page, "correct")
    page.get_by_label("凭什么更正").fill("停发以后，7月起的标准提高了")
    page.get_by_role("button", name="提出，等复核").click()
    expect(page.get_by_text("已提出更正，等复核。现在还没有变。")).to_be_visible()
    made = Correction.objects.get()
    check_correction(correction=made, by=people.second_clerk)
    director = open_page(people.director, viewport)
    director.goto(f"/claims/corrections/{made.pk}/")
    expect(director.get_by_text("2 个月少发，共 ¥100.00：审批以后进下一份名册补发")).to_be_visible()
    _sound(director, "correction")
    director.get_by_role("button", name="审批").click()
    page.goto(f"/claims/claims/{claim.pk}/")
    expect(page.get_by_role("heading", name="补发的差额")).to_be_visible()
    expect(page.get_by_text("更正：鲁人社发〔2016〕31号").first).to_be_visible()
    _sound(page, "made-up")
    page.goto("/claims/payments/370299001/2016-09/")
    expect(page.get_by_role("heading", name="要补发的差额")).to_contain_text("100.00")
    _sound(page, "made-up-month")
    page.get_by_role("button", name="做名册").click()
    expect(page.get_by_text("第 1 批名册：1 人，100.00 元。")).to_be_visible()
    _sound(page, "made-up-list")
