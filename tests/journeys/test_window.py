"""A clerk serves a worker from ticket to printed card, by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.halls import opened
from tests.factories.rosters import imported, row
from tests.journeys.conftest import PHONE, picture
from tests.journeys.test_every_page import violations
from tests.journeys.test_hall_screens import BOARD, board_of, kiosk_of, phone_of
from tests.processes import WORKING_MORNING
from zaigang.claims.models import Registration
from zaigang.foundation import clock
from zaigang.hall.enums import TicketState
from zaigang.hall.models import Ticket
from zaigang.roster.models import Closure


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def reach(page: Page, label: str) -> None:
    """Come to a field by the Tab key, as a clerk does."""
    at = "label => document.activeElement.labels?.[0]?.textContent.trim().startsWith(label) ?? false"
    for _step in range(60):
        if page.evaluate(at, label):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {label}")


@pytest.fixture(autouse=True)
def business_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning of all tests, running: the server's threads must see the same time as the test."""
    monkeypatch.setenv(clock.BUSINESS_DATE, WORKING_MORNING)


def test_from_ticket_to_paper_by_keyboard_while_board_and_phone_follow(
    open_page: Callable[..., Page],
    live: str,
    open_screen: Callable[..., Page],
    people: Cast,
    plant: Closure,
    tmp_path: Path,
) -> None:
    imported(people, plant, tmp_path, [row(1, "王建甲"), row(3, "王建乙"), row(2, "李丽丙")])
    day = opened(people, people.second_clerk, windows=3)
    kiosk = open_screen(kiosk_of(people), PHONE)
    kiosk.get_by_role("button", name="失业登记和领失业金，一次办").click()
    expect(kiosk.get_by_text("G001").first).to_be_visible()
    ticket = Ticket.objects.get()
    board, phone = open_screen(board_of(people), BOARD), open_screen(phone_of(people, ticket), PHONE)
    expect(phone.get_by_text("G001").first).to_be_visible()
    loads = "performance.getEntriesByType('navigation').length"
    clerk = open_page(people.clerk)
    clerk.goto("/window/")
    picture(clerk, "window-choose")
    clerk.locator("#sit-2").focus()
    press(clerk, "Enter")
    expect(clerk.get_by_text("还有 1 人在等您这个窗口")).to_be_visible()
    picture(clerk, "window-free")
    press(clerk, "F2")
    expect(clerk.locator(".ticket-number")).to_have_text("G001")
    picture(clerk, "window-called")
    expect(board.get_by_text("G001").first).to_be_visible()
    expect(phone.get_by_text("请到 2 号窗口").first).to_be_visible()
    picture(board, "window-board")
    picture(phone, "window-phone")
    assert violations(clerk) == []
    clerk.keyboard.type("wjj")
    press(clerk, "Enter")
    expect(clerk.get_by_role("button", name="就是这个人")).to_have_count(1)
    picture(clerk, "window-found")
    press(clerk, "Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("失业登记和申领，一次办")
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.SERVING
    picture(clerk, "window-serve")
    assert violations(clerk) == []
    press(clerk, "Alt+1")
    reach(clerk, "民族")
    press(clerk, "ArrowDown")
    reach(clerk, "学历")
    press(clerk, "ArrowDown", "ArrowDown")
    for label in ("户籍地址", "常住地址"):
        reach(clerk, label)
        clerk.keyboard.type("示范区北街1号")
    for label in ("有", "短信通知"):
        reach(clerk, label)
        press(clerk, "Space")
    press(clerk, "Control+Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("请核对后提交 2 件事")
    picture(clerk, "window-check")
    assert violations(clerk) == []
    press(clerk, "Control+Enter")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("2 件事都办好了")
    picture(clerk, "window-done")
    assert violations(clerk) == []
    expect(phone.get_by_text("已办结").first).to_be_visible()
    assert board.evaluate(loads) == phone.evaluate(loads) == 1
    registration = Registration.objects.get()
    with clerk.context.expect_page() as opened_paper:
        press(clerk, "Alt+p")
    assert opened_paper.value.url.endswith(f"/window/paper/{registration.pk}.pdf")
    opened_paper.value.close()
    press(clerk, "F2")
    expect(clerk.get_by_text("没有人在等").first).to_be_visible()
    assert Ticket.objects.get(pk=ticket.pk).state == TicketState.DONE
    assert day.windows.get(number=2).staff_id == people.clerk.pk
