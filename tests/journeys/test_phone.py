"""A worker with a phone: the message's link, a time, a code, the own page. And whoever sits at the desk beside it."""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories.claims import at_the_window, ready
from tests.factories.rosters import case_of, imported, row
from tests.factories.visits import THURSDAY, WEDNESDAY, offered
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import violations
from zaigang.claims.actions import approve, check
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.confirming import confirm
from zaigang.desk.phone.links import Link, path_of
from zaigang.desk.phone.slots import choose
from zaigang.foundation import clock
from zaigang.hall.models import Booking, Slot
from zaigang.outbox.models import Message
from zaigang.outbox.rendering import text_of
from zaigang.roster.models import Case, Closure

HOURS = (time(9), time(9, 30), time(10), time(10, 30), time(11))


@pytest.fixture
def case(people: Cast, plant: Closure, tmp_path: Path) -> Case:
    rows = [
        row(1, "王建甲"), row(2, "李丽乙", 银行卡号=""), row(3, "赵无号", 联系电话=""),
        row(5, "欧阳周丙", 联系电话="13800000005/13900000005"),
    ]  # fmt: skip
    imported(people, plant, tmp_path, rows)
    return case_of(plant, "王建甲")


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing, nothing scrolls sideways, and what is pressed is large; then a picture."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main a.big, main input:not([type=hidden])')]"
        ".filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML.slice(0, 90))"
    )
    viewport = page.viewport_size
    assert viewport is not None
    picture(page, f"own-{name}-{viewport['width']}")
    assert (violations(page), width, small) == ([], 0, [])


def test_from_the_message_to_the_own_page(
    open_page: Callable[..., Page], people: Cast, plant: Closure, case: Case
) -> None:
    offered(people, WEDNESDAY, THURSDAY, date(2016, 1, 15), hours=HOURS, capacity=2)

    # The clerk tells everybody what to bring.
    clerk = open_page(people.clerk)
    clerk.goto(f"/desk/closures/{plant.code}/before-visit/")
    clerk.get_by_role("button", name="给这 3 人发通知").click()
    expect(clerk.get_by_text("3 人的通知已放入待发消息")).to_be_visible()
    picture(clerk, "before-visit-told")

    # The worker follows the link of the message and chooses.
    text = text_of(Message.objects.get(case=case.pk))
    link = re.search(r"https?://\S+", text)
    assert link is not None
    phone = open_page(None, PHONE)
    phone.goto(link[0])
    looked_at(phone, "slot")
    phone.get_by_role("link", name=re.compile("1月14日")).click()
    looked_at(phone, "slot-day")
    phone.get_by_role("button", name="1月14日（周四） 10:00").click()
    expect(phone.get_by_text("1月14日（周四）上午10:00")).to_be_visible()
    looked_at(phone, "slot-chosen")
    assert Booking.objects.get().slot.starts_at == time(10)

    # The own page opens with the code, and not without.
    phone.goto(path_of(Link.PAGE, case.pk))
    expect(phone.get_by_role("heading", level=1)).to_have_text("王*甲，您好")
    looked_at(phone, "door")
    phone.get_by_role("button", name="看我的办理情况").click()
    looked_at(phone, "code")
    phone.get_by_label("短信里的6位数字").fill("00 00")
    phone.get_by_role("button", name="看我的办理情况").click()
    expect(phone.get_by_role("alert")).to_contain_text("6位数字")
    looked_at(phone, "code-wrong")
    code = Message.objects.get(template="phone_code").params["code"]
    phone.get_by_label("短信里的6位数字").fill(code)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("王建甲，您好")
    expect(phone.get_by_text("1月14日（周四）上午10:00")).to_be_visible()
    looked_at(phone, "page-before")
    phone.get_by_role("link", name="大字").click()
    looked_at(phone, "page-large")
    phone.get_by_role("link", name="标准字").click()

    # The visit, and what it leads to.
    with clock.at(clock.today()):
        ticket = at_the_window(people, case)
        confirm(confirmation=ready(case, ticket), by=people.clerk)
        check(claims=[Claim.objects.get().pk], by=people.second_clerk)
        approve(claims=[Claim.objects.get().pk], by=people.director)
    phone.reload()
    expect(phone.get_by_text("每月 ¥950.00")).to_be_visible()
    looked_at(phone, "page-after")
    phone.get_by_role("link", name="为什么，我可以做什么").click()
    expect(phone.get_by_role("heading", name="我现在可以做什么")).to_be_visible()
    looked_at(phone, "why")
    phone.get_by_role("link", name="返回").click()
    phone.get_by_role("link", name="我的记录").click()
    expect(phone.get_by_text("办好失业登记")).to_be_visible()
    looked_at(phone, "records")
    phone.get_by_role("link", name="返回").click()
    phone.get_by_role("button", name="看完了，退出").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("王*甲，您好")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_desk_s_side(
    open_page: Callable[..., Page], people: Cast, plant: Closure, case: Case, viewport: dict[str, int]
) -> None:
    [today, *_later] = offered(people, clock.today(), WEDNESDAY, hours=(time(16),))
    choose(
        case=case,
        slot=Slot.objects.get(pk=today.pk),
        by=people.clerk,
        absolute=lambda path: f"http://localhost{path}",
    )
    clerk = open_page(people.clerk, viewport)
    addresses = {
        "before-visit": f"/desk/closures/{plant.code}/before-visit/",
        "no-phone": f"/desk/closures/{plant.code}/before-visit/no-phone/",
        "arrive": "/desk/arrive/",
        "case": f"/people/{case.pk}/",
        "life": f"/people/{case.pk}/life/",
        "two-phones": path_of(Link.PAGE, case_of(plant, "欧阳周丙").pk),
        "no-mobile": path_of(Link.PAGE, case_of(plant, "赵无号").pk),
        "full": path_of(Link.SLOT, case_of(plant, "李丽乙").pk),
    }
    troubles = {}
    for name, address in addresses.items():
        clerk.goto(address)
        width = clerk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        picture(clerk, f"desk-{name}-{viewport['width']}")
        if width or (found := violations(clerk)):
            troubles[name] = (width, found)
    assert troubles == {}
