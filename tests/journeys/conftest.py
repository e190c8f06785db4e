"""Real Chromium on a real server: one browser for all journeys, a fresh page with nothing remembered for each."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast, make_cast
from tests.factories.rosters import some_closure
from tests.hall.streams import live_server as stream
from tests.processes import WORKING_MORNING
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.models import Closure

SECRET = "JOURNEYSJOURNEYSJOURNEYSJOURNEYS"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 800}
PICTURES = Path(__file__).resolve().parents[2] / "test-output"


def chromium() -> str | None:
    """The system's browser."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the journeys are left out, with words; with CI=true that is a failure."""
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if chromium() is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path is not None, "CI=true and no Chromium: the browser journeys must run"
    # Playwright's loop runs in this thread, and Django would take every query for one inside async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast, each with a second factor."""
    cast = make_cast()
    for staff in cast.by_role().values():
        TOTP.activate(staff, SECRET)
    return cast


@pytest.fixture
def plant(people: Cast) -> Closure:
    """A closure of the north street that waits for its rosters."""
    return some_closure(people)


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Page]]:
    """`open_page(staff)` gives a page on which that person has signed in with password and second factor.

    A message on the browser's console, or a request to anywhere else, fails the test.
    """
    # The server answers in threads of its own, which do not see the test's clock.
    monkeypatch.setenv(clock.BUSINESS_DATE, WORKING_MORNING)
    settings.SECOND_FACTOR_REQUIRED = True  # type: ignore[attr-defined]
    complaints: list[str] = []
    contexts = []

    def open_(staff: Staff | None, viewport: dict[str, int] = DESKTOP) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=live_server.url)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(complaints, message.type, message.text))
        page.on("request", lambda request: _stay_here(complaints, request.url, live_server.url))
        if staff is not None:
            sign_in(page, staff)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, staff: Staff) -> None:
    """Password, then the code of the moment."""
    page.goto("/accounts/login/")
    page.get_by_label("用户名").fill(staff.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[name=code]").fill(code_of_the_moment())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"://[^/]+/$"))


def code_of_the_moment() -> str:
    """As the phone shows it now. The neighbours that are taken too come before and after it in allauth's list."""
    counters = list(yield_hotp_counters_from_time())
    return f"{hotp_value(SECRET, counters[len(counters) // 2]):06d}"


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, for eyes."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in ("error", "warning") and "422" not in text and "409" not in text:
        complaints.append(text)


def _stay_here(complaints: list[str], url: str, home: str) -> None:
    if not url.startswith((home, "data:")):
        complaints.append(f"request to {url}")


@pytest.fixture
def live(people: Cast, settings: object) -> Iterator[str]:
    """The stream beside the pages; gives its address."""
    with stream() as port:
        address = f"http://127.0.0.1:{port}"
        settings.ZAIGANG_LIVE = address  # type: ignore[attr-defined]
        yield address


@pytest.fixture
def open_screen(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """`open_screen(address, viewport)` gives a page on a device where nobody signs in. Errors on it fail the test."""
    complaints: list[str] = []
    contexts = []

    def open_(address: str, viewport: dict[str, int], script: str = "", **more: object) -> Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", base_url=live_server.url, **more)  # type: ignore[arg-type]
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", lambda one: _note_screen(complaints, one.type, one.text))
        page.on("pageerror", lambda one: complaints.append(str(one)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def _note_screen(complaints: list[str], kind: str, text: str) -> None:
    if kind in ("error", "warning") and "503" not in text:  # one test takes the network away
        complaints.append(text)
