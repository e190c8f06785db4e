"""Every page, as wide as the desk's and the phone's: WCAG 2.2 A and AA by axe, and no sideways scrolling."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.architecture.test_routes import our_routes
from tests.cast import Cast
from tests.claims.life.acts import waiting_claims
from tests.factories.claims import approved, claimants, month
from tests.factories.laws import amount, in_force, licang
from tests.factories.rosters import case_of, imported, row, staged
from tests.journeys.conftest import DESKTOP, PHONE, picture
from zaigang.claims.actions import make_list, release
from zaigang.claims.models import LawEffect
from zaigang.roster.models import Closure

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

#: An invented rise, so that a change of the law has reached somebody.
HIGHER = licang(amounts=amount("2015-07-01", None, 960, "benefit_2015"))


@pytest.fixture
def addresses(people: Cast, plant: Closure, tmp_path: Path) -> dict[str, str]:
    """Every page by route. Behind them: people, a repair, a pair that may be one person, a file not imported yet."""
    rows = [row(1, "王建甲"), row(3, "王建甲"), row(2, "李丽乙", 身份证号=""), row(5, "周欧戊", 联系电话="")]
    imported(people, plant, tmp_path, rows)
    waiting, file = plant.cases.get(state="awaiting_repair"), staged(people, plant, tmp_path, rows)
    case = case_of(plant, "周欧戊")
    first, second = plant.cases.filter(worker__name="王建甲").order_by("number")
    assert first.worker and second.worker
    (drawing,) = claimants(people, plant, tmp_path, "赵领庚", first=11)
    claim, january = approved(people, drawing), month("2016-01")
    release(office=people.north, month=january, by=people.clerk)
    made = make_list(office=people.north, month=january, by=people.clerk)
    law = in_force(HIGHER, by=people.clerk, confirmed_by=people.director)
    lives = waiting_claims(people, claim)
    arguments = lives | {
        "roster:file": {"pk": file.pk},
        "roster:discard": {"pk": file.pk},
        "roster:row": {"pk": file.rows.get(outcome="error").pk},
        "roster:repair": {"pk": waiting.pk},
        "roster:withdraw": {"pk": waiting.pk},
        "roster:merge": {"one": first.worker.pk, "other": second.worker.pk},
        "claims:claim": {"pk": claim.pk},
        "claims:list": {"pk": made.pk},
        "claims:list_xlsx": {"pk": made.pk},
        "claims:list_pdf": {"pk": made.pk},
        "claims:month": {"office": people.north.code, "month": "2016-01"},
        "claims:run": {"office": people.north.code, "month": "2016-01"},
        "claims:law_text": {"territory": "370213"},
        "claims:law_file": {"pk": law.pk},
        "claims:law_people": {"pk": law.pk},
        "claims:law_people_xlsx": {"pk": law.pk},
        "claims:earlier": {"pk": LawEffect.objects.get(claim=claim).pk},
        "hall:opening": {"pk": people.north.service_days.get().pk},
        "hall:day": {"day": "2016-01-11"},
        "outcomes:names": {"code": plant.code, "state": "not_reached"},
    }
    found = {}
    client = Client()
    client.force_login(people.director, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, pattern in our_routes():
        wanted = pattern.pattern.converters.keys()
        if "token" in wanted:
            continue  # pages that a signed link opens: see test_hall_screens and test_phone
        fallback = {key: plant.code if key == "code" else case.pk for key in wanted}
        address = reverse(name, kwargs={key: arguments.get(name, fallback).get(key) for key in wanted})
        answer = client.get(address)
        # Acts that are only ever posted, and downloads, are no pages; some pages are not the director's.
        if answer.status_code not in (403, 405) and answer.headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            found[name] = address
    return found


def violations(page: Page) -> list[str]:
    """What axe finds: the rule and the first place."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_are_accessible(
    addresses: dict[str, str], open_page: Callable[..., Page], people: Cast, viewport: dict[str, int]
) -> None:
    # The addresses come first: once there is a browser, the second factor is asked for, and their client has none.
    page = open_page(people.director, viewport)
    troubles = {}
    for name, address in addresses.items():
        response = page.goto(address)
        assert response is not None
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = violations(page)
        picture(page, f"{name.replace(':', '-')}-{viewport['width']}")
        if response.status != 200 or width > 0 or found:
            troubles[name] = (response.status, f"{width}px too wide", found)
    assert troubles == {}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sign_in_is_accessible(
    open_page: Callable[..., Page], people: Cast, viewport: dict[str, int]
) -> None:
    page = open_page(None, viewport)
    page.goto("/accounts/login/")
    assert violations(page) == []
    picture(page, f"sign-in-{viewport['width']}")
