"""A month is run from the page by a worker beside it; the page follows by itself."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.claims.test_monthly import SLOW_WORKER, exact
from tests.factories.claims import approved, claimants
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.processes import run_beside
from zaigang.foundation import clock
from zaigang.roster.models import Closure

NAMES = ("王建甲", "李建乙", "赵建丙")


def test_the_director_starts_the_month_and_watches_it(
    people: Cast, plant: Closure, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    with clock.at(datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)):
        first, second, third = claimants(people, plant, tmp_path, *NAMES)
        exact(people, first), exact(people, second), approved(people, third)
    page = open_page(people.director)
    page.goto("/claims/payments/370299001/2016-01/")
    page.get_by_role("link", name="月度办理").click()
    expect(page.get_by_text("可以放行 2 人")).to_be_visible()
    page.get_by_role("button", name="开始办理").click()
    expect(page.locator("#job-state")).to_contain_text("等待办理")
    worker = run_beside(SLOW_WORKER)
    try:
        expect(page.locator("#job-state")).to_contain_text("已完成", timeout=30_000)
    finally:
        worker.kill()
        worker.communicate()
    protocol = page.locator("#run-protocol tbody tr")
    expect(protocol).to_contain_text("2 人")
    expect(protocol).to_contain_text("月数只有上限，要人核对后放行 1 人")
    expect(page.locator("#run-lists")).to_contain_text("已放行、还没有列入名册 2 人，¥1,900.00。")
    assert page.evaluate("document.activeElement === document.body")
    for name, size in {"desktop": DESKTOP, "phone": PHONE}.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        picture(page, f"monthly-run-{name}")
