"""A roster's way through the house, as people walk it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.rosters import csv_file, id_number, row
from tests.journeys.conftest import PHONE, picture
from zaigang.roster.models import Closure


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Six rows: three good, one twice, one without its identity number, one whose last day cannot be."""
    rows = [
        row(1, "王建甲"),
        row(2, "李丽乙"),
        row(1, "王建甲"),
        row(3, "赵强丙", 身份证号=""),
        row(4, "孙敏丁", 解除合同日期="2015年2月31日"),
        row(5, "周欧戊", 联系电话=""),
    ]
    return csv_file(tmp_path, rows, "示范花名册.csv")


def test_upload_repair_reconcile(
    open_page: Callable[..., Page], people: Cast, plant: Closure, messy: Path
) -> None:
    clerk = open_page(people.clerk)
    clerk.goto(f"/roster/closures/{plant.code}/")
    clerk.locator("input[type=file]").set_input_files(messy)
    clerk.get_by_role("button", name="上传并核对").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("核对名册")
    expect(clerk.get_by_text("有 2 行要改")).to_be_visible()
    picture(clerk, "preview")

    # One row is put right before the import, in its place.
    clerk.locator("tbody", has_text="赵强丙").get_by_role("link", name=re.compile("更改")).click()
    clerk.get_by_label("身份证号", exact=False).fill(id_number(3))
    clerk.get_by_role("button", name="保存并再核对").click()
    expect(clerk.locator("#import-button")).to_have_text("核对并导入 4 行")
    clerk.locator("#import-button").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(plant.name)
    picture(clerk, "closure")

    # The other goes to the repair list and is solved there.
    clerk.goto(f"/roster/closures/{plant.code}/repairs/")
    clerk.get_by_role("link", name=re.compile("^补正")).first.click()
    clerk.get_by_label("解除合同日期", exact=False).fill("2015-12-31")
    clerk.get_by_role("button", name="保存并再核对").click()
    expect(clerk.get_by_text("补正完成").first).to_be_visible()
    clerk.goto(f"/roster/closures/{plant.code}/repairs/")
    expect(clerk.get_by_text("没有要补的行")).to_be_visible()

    # The director sees everybody, and every number opens the names.
    director = open_page(people.director)
    director.goto(f"/outcomes/closures/{plant.code}/")
    expect(director.get_by_text("对得上").first).to_be_visible()
    picture(director, "funnel")
    director.locator("table a", has_text="5").first.click()
    for name in ("王建甲", "李丽乙", "赵强丙", "孙敏丁", "周欧戊"):
        expect(director.get_by_text(name)).to_be_visible()


def test_a_clerk_finds_somebody_by_keyboard_and_reads_what_is_due(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path
) -> None:
    from tests.factories.rosters import imported

    imported(people, plant, tmp_path, [row(1, "王建甲"), row(2, "李丽乙")])
    clerk = open_page(people.clerk)
    clerk.keyboard.press("Control+k")
    clerk.keyboard.type("wjj")
    clerk.keyboard.press("Enter")
    clerk.get_by_role("link", name="王建甲").first.focus()
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("王建甲")
    expect(clerk.get_by_text("最多 24 个月").first).to_be_visible()
    assert id_number(1) not in clerk.content()
    picture(clerk, "person")


def test_the_worker_s_page_on_a_phone(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path
) -> None:
    from tests.factories.rosters import case_of, imported

    imported(people, plant, tmp_path, [row(1, "王建甲")])
    officer = open_page(people.officer, PHONE)
    officer.goto(f"/people/{case_of(plant, '王建甲').pk}/")
    width = officer.evaluate("document.documentElement.scrollWidth")
    picture(officer, "phone")
    assert width <= 360
