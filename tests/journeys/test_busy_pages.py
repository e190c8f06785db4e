"""The pages of payments when much waits at once, as wide as the desk's and the phone's: nothing is cut off."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.claims.life.acts import ASKED, suspend
from tests.claims.life.test_correcting import proposed
from tests.claims.test_monthly import exact
from tests.factories.claims import approved, checked, claimants, month
from tests.factories.laws import in_force
from tests.journeys.conftest import DESKTOP, PHONE, picture
from tests.journeys.test_every_page import HIGHER, violations
from zaigang.claims import actions
from zaigang.claims.models import Overpayment
from zaigang.foundation import clock
from zaigang.roster.models import Closure

JANUARY = month("2016-01")
NAMES = ("王建甲", "李建乙", "赵建丙", "钱建丁", "孙建戊", "周建己", "吴建庚", "郑建辛")


@pytest.fixture
def addresses(people: Cast, plant: Closure, tmp_path: Path) -> dict[str, str]:
    """Two were paid and get the difference of a new amount, one of them stopped meanwhile and half repaid; the others
    are planned, released, held back, and waiting for a signature.
    """
    clerk, office = people.clerk, people.north
    cases = claimants(people, plant, tmp_path, *NAMES)
    paid = [approved(people, case) for case in cases[:3]]
    actions.release(office=office, month=JANUARY, by=clerk)
    first = actions.make_list(office=office, month=JANUARY, by=clerk)
    in_force(HIGHER, by=clerk, confirmed_by=people.director)
    actions.stop(claim=paid[0], reason="41", on=JANUARY, evidence="劳动合同 2016年1月1日", by=clerk)
    found = Overpayment.objects.get()
    actions.notify(overpayment=found, on=clock.today(), answer="知道了，慢慢退", by=clerk)
    actions.agree(overpayment=found, way="instalments", agreement="每月 200 元，2016年6月退清", by=clerk)
    actions.receive(
        overpayment=found,
        yuan=Decimal(200),
        on=clock.today(),
        document="收据 第 7 号",
        once=uuid4(),
        by=clerk,
    )
    listed = actions.make_list(office=office, month=JANUARY, by=clerk)
    exact(people, cases[3])
    planned = [approved(people, case) for case in cases[4:6]]
    suspend(people, approved(people, cases[6]), clock.today().replace(day=20))
    checked(people, cases[7])
    appeal = actions.receive_appeal(claim=planned[0], by=clerk, **ASKED)
    made = proposed(people, planned[1])
    actions.check_correction(correction=made, by=people.second_clerk)
    place = [office.code, "2016-01"]
    return {
        "payments": reverse("claims:payments"), "month": reverse("claims:month", args=place),
        "run": reverse("claims:run", args=place), "list": reverse("claims:list", args=[first.pk]),
        "list-back-pay": reverse("claims:list", args=[listed.pk]),
        "claim": reverse("claims:claim", args=[paid[0].pk]),
        "overpayment": reverse("claims:overpayment", args=[found.pk]),
        "appeal": reverse("claims:appeal_page", args=[appeal.pk]),
        "correction": reverse("claims:correction", args=[made.pk]),
        "lives": reverse("claims:lives") + "?show=overpaid", "signing": reverse("claims:signing") + "?step=approve",
    }  # fmt: skip


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_when_much_waits(
    addresses: dict[str, str], open_page: Callable[..., Page], people: Cast, viewport: dict[str, int]
) -> None:
    page = open_page(people.director, viewport)
    troubles = {}
    for name, address in addresses.items():
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        cut = page.locator(".table-wrap:has(.table-stack)").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
        )
        picture(page, f"busy-{name}-{viewport['width']}")
        if (
            found := violations(page)
            + [f"{wide}px too wide"] * (wide > 0)
            + [f"{cut} tables cut"] * (cut > 0)
        ):
            troubles[name] = found
    assert troubles == {}
    page.goto(addresses["correction"])
    page.get_by_role("button", name="审批", exact=True).click()
    expect(page.get_by_text("已审批，照新的核定办。")).to_be_visible()
