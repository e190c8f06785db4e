"""Why this, and what can I do: every state on a phone and on a desk's screen, in Chinese and in English."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.whys import STATES
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import violations
from zaigang.desk.phone.codes import send_code
from zaigang.desk.phone.links import Link, path_of
from zaigang.outbox.models import Message
from zaigang.roster.models import Case, Closure
from zaigang.roster.people import mobiles_of


def inside(page: Page, case: Case) -> None:
    """Through the door with the code that was sent last."""
    send_code(case=case, phone=mobiles_of(case)[0])
    page.goto(f"{path_of(Link.PAGE, case.pk)}code/")
    code = Message.objects.get(template="phone_code").params["code"]
    page.get_by_label("短信里的6位数字").fill(code)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="为什么，我可以做什么").click()


def fits(page: Page) -> tuple[list[str], int]:
    """What axe finds, and how far the page is too wide."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return violations(page), width


@pytest.mark.parametrize("state", STATES)
def test_every_state_reads_well_on_a_phone_and_on_a_screen(
    open_page: Callable[..., Page], people: Cast, plant: Closure, tmp_path: Path, state: str
) -> None:
    case = STATES[state](people, plant, tmp_path)
    phone = open_page(None, PHONE)
    inside(phone, case)
    expect(phone.get_by_role("heading", level=1)).to_have_text("为什么是这个结果，我可以做什么")
    found = {}
    for viewport in (PHONE, DESKTOP):
        phone.set_viewport_size(viewport)  # type: ignore[arg-type]
        picture(phone, f"why-{state}-{viewport['width']}")
        found[viewport["width"]] = fits(phone)
    phone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    phone.get_by_role("link", name="大字").click()
    picture(phone, f"why-{state}-large")
    found["large"] = fits(phone)
    assert found == {360: ([], 0), 1440: ([], 0), "large": ([], 0)}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("state", ["before", "undecided"])
def test_the_jurist_reads_the_law_sentence_by_sentence(
    open_page: Callable[..., Page],
    people: Cast,
    plant: Closure,
    tmp_path: Path,
    viewport: dict[str, int],
    state: str,
) -> None:
    case = STATES[state](people, plant, tmp_path)
    clerk = open_page(people.clerk, viewport)
    clerk.goto(f"/claims/cases/{case.pk}/")
    expect(clerk.get_by_role("heading", name="法律依据逐句")).to_be_visible()
    picture(clerk, f"sentences-{state}-{viewport['width']}")
    assert fits(clerk) == ([], 0)
