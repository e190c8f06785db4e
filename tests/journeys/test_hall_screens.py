"""The hall as people see it: a number from the kiosk, called at a window; board and phone follow by themselves."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.halls import opened, window_at
from tests.journeys.conftest import PHONE, picture
from tests.journeys.test_every_page import violations
from tests.processes import WORKING_MORNING, wait_until
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.devices import Device, device_token, ticket_token
from zaigang.hall.enums import Series, Service
from zaigang.hall.models import ServiceDay, Ticket

KIOSK, BOARD = {"width": 1080, "height": 1920}, {"width": 1920, "height": 1080}
#: A voice that says nothing and notes what it was given; a page must never have two on their way.
VOICE = """
window.spoken = []; window.together = 0; let now = 0;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", name: "test" }],
  speak: (words) => {
    window.together = Math.max(window.together, ++now);
    window.spoken.push(words.text);
    setTimeout(() => { now -= 1; words.onend(); }, 100);
  },
} });
"""


@pytest.fixture(autouse=True)
def business_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """The morning of all tests, running: the server's threads must see the same time as the test."""
    monkeypatch.setenv(clock.BUSINESS_DATE, WORKING_MORNING)


def kiosk_of(cast: Cast) -> str:
    return reverse("hall:kiosk", kwargs={"token": device_token(Device.KIOSK, cast.north.pk)})


def board_of(cast: Cast) -> str:
    return reverse("hall:board", kwargs={"token": device_token(Device.BOARD, cast.north.pk)})


def phone_of(cast: Cast, ticket: Ticket) -> str:
    return reverse("hall:ticket", kwargs={"token": ticket_token(ticket.pk, cast.north.pk)})


def run_for_a_while(cast: Cast, day: ServiceDay) -> None:
    """Some have been served, some wait, a window pauses."""
    for series in (Series.ORDINARY, Series.GREEN, Series.ORDINARY, Series.GREEN):
        verbs.take(office=cast.north, service=Service.JOBS, series=series)
    for _turn in range(3):
        called = verbs.call(window=window_at(day), by=cast.clerk)
        verbs.begin(ticket=called.id, by=cast.clerk)
        verbs.finish(ticket=called.id, by=cast.clerk)
    verbs.call(window=window_at(day), by=cast.clerk)
    for number in range(9):
        series = Series.GREEN if number % 3 else Series.ORDINARY
        verbs.take(office=cast.north, service=Service.ONE_STOP, series=series)


def test_a_number_from_the_kiosk_to_the_window(
    people: Cast, live: str, open_screen: Callable[..., Page]
) -> None:
    day = opened(people, people.clerk, people.second_clerk, people.officer, windows=4)
    kiosk = open_screen(kiosk_of(people), KIOSK)
    kiosk.get_by_label("需要优先").check()
    kiosk.get_by_role("button", name="找工作").click()
    expect(kiosk.get_by_role("heading", name="A001")).to_be_visible()
    assert Ticket.objects.get().first is True

    board = open_screen(board_of(people), BOARD, VOICE)
    phone = open_screen(phone_of(people, Ticket.objects.get()), PHONE)
    board.get_by_role("button", name="打开声音").click()
    expect(phone.locator(".key")).to_have_text("下一个就是您")
    for page in (board, phone):
        page.evaluate("window.here = true")
    verbs.take(office=people.north, service=Service.JOBS)
    verbs.call(window=window_at(day, 3), by=people.officer)
    verbs.call(window=window_at(day, 1), by=people.clerk)

    rows = board.locator(".call")
    expect(rows.first).to_have_class(re.compile("is-new"), timeout=2000)
    expect(rows).to_have_text([re.compile("A002.*1 号窗口"), re.compile("A001.*3 号窗口")], timeout=2000)
    expect(phone.locator(".key")).to_have_text("请到 3 号窗口", timeout=3000)
    for page in (board, phone):
        assert page.evaluate("window.here") is True, "the page was loaded again"
    wait_until(lambda: board.evaluate("window.spoken.length") >= 4, seconds=10)
    first, second = "请 A零零幺 号，到 3 号窗口", "请 A零零二 号，到 1 号窗口"
    assert board.evaluate("window.spoken") == [first, first, second, second]
    assert board.evaluate("window.together") == 1


def test_screens_are_accessible(people: Cast, live: str, open_screen: Callable[..., Page]) -> None:
    day = opened(people, people.clerk, people.second_clerk, people.officer, windows=4)
    run_for_a_while(people, day)
    ticket = Ticket.objects.filter(state="waiting").latest("taken_at")
    pages = {
        "board": open_screen(f"{board_of(people)}?inches=55&metres=8", BOARD),
        "kiosk": open_screen(kiosk_of(people), KIOSK),
        "kiosk-large": open_screen(f"{kiosk_of(people)}?large=1", KIOSK),
        "phone": open_screen(phone_of(people, ticket), PHONE),
        "phone-called": open_screen(phone_of(people, Ticket.objects.get(state="called")), PHONE),
        "phone-large": open_screen(f"{phone_of(people, ticket)}?large=1", PHONE),
    }
    slip = open_screen(kiosk_of(people), KIOSK)
    slip.get_by_role("button", name=re.compile("失业登记")).click()
    pages["slip"] = slip
    found = {}
    verbs.call(window=window_at(day, 3), by=people.officer)
    actions.pause(window=window_at(day, 2), by=people.second_clerk)
    expect(pages["board"].locator(".paused")).to_be_visible()
    for name, page in pages.items():
        picture(page, f"hall-{name}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        troubles = violations(page)
        if troubles or wide > 0:
            found[name] = (wide, troubles)
    assert found == {}


def test_the_kiosk_needs_no_script(people: Cast, live: str, open_screen: Callable[..., Page]) -> None:
    opened(people)
    kiosk = open_screen(kiosk_of(people), KIOSK, java_script_enabled=False)
    kiosk.get_by_role("button", name=re.compile("失业登记")).click()
    expect(kiosk.get_by_role("heading", name="G001")).to_be_visible()
    kiosk.get_by_role("link", name="好了").click()
    expect(kiosk.get_by_role("heading", name="您今天来办什么？")).to_be_visible()


def test_the_kiosk_asks_whether_somebody_is_there_and_starts_afresh(
    people: Cast, live: str, open_screen: Callable[..., Page]
) -> None:
    opened(people)
    kiosk = open_screen("about:blank", KIOSK)
    kiosk.clock.install()
    kiosk.goto(f"{kiosk_of(people)}?large=1")
    kiosk.clock.run_for(61_000)
    expect(kiosk.get_by_role("dialog")).to_contain_text("还在办理吗？")
    kiosk.get_by_role("button", name="还在办理").click()
    expect(kiosk.get_by_role("dialog")).to_be_hidden()
    kiosk.clock.run_for(81_000)
    kiosk.wait_for_url(lambda url: "large" not in url)


def test_without_the_network_the_board_sends_people_to_their_ears(
    people: Cast, settings: object, open_screen: Callable[..., Page]
) -> None:
    settings.ZAIGANG_LIVE = ""  # type: ignore[attr-defined]
    day = opened(people)
    verbs.take(office=people.north, service=Service.JOBS)
    board = open_screen("about:blank", BOARD)
    board.clock.install()
    board.goto(board_of(people))
    verbs.call(window=window_at(day), by=people.clerk)
    board.clock.run_for(6_000)  # without a stream it asks every five seconds
    expect(board.locator(".call")).to_have_count(1)
    board.route("**/part/*", lambda route: route.fulfill(status=503))
    board.clock.run_for(14_000)
    expect(board.locator("#lost")).to_be_hidden()
    board.clock.run_for(10_000)
    expect(board.locator("#lost")).to_have_text("请听工作人员叫号")
    board.unroute("**/part/*")
    board.clock.run_for(6_000)
    expect(board.locator("#lost")).to_be_hidden()
