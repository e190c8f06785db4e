"""What a clerk reads of somebody at each stage: the next step, the card, and the history in words."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.claims import at_the_window, ready
from tests.factories.rosters import case_of, imported, row
from tests.factories.visits import offered
from zaigang.claims.actions import approve, check, return_claim
from zaigang.claims.models import Claim, Registration
from zaigang.claims.one_stop.confirming import confirm
from zaigang.cli.examination import examine
from zaigang.desk.phone.links import Link, path_of
from zaigang.desk.phone.notes import facts_words
from zaigang.offices.enums import Role
from zaigang.roster.models import Case, Closure


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    imported(cast, closure, tmp_path, [row(1, "王建甲")])
    return case_of(closure, "王建甲")


def step(client: Client, case: Case) -> str:
    found = re.search(r'<p class="next-step-what">([^<]*)</p>', client.get(f"/people/{case.pk}/").text)
    assert found is not None
    return found[1]


def test_the_next_step_follows_the_claim(sign_in, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(cast.clerk)
    steps = [step(client, case)]
    confirm(confirmation=ready(case, at_the_window(cast, case)), by=cast.clerk)
    steps.append(step(client, case))
    claim = Claim.objects.get()
    check(claims=[claim.pk], by=cast.second_clerk)
    steps.append(step(client, case))
    approve(claims=[claim.pk], by=cast.director)
    steps.append(step(client, case))
    assert steps == [
        "打电话联系本人，约好哪天来办失业登记，说清要带什么。",
        "申领已受理，等复核。",
        "申领已复核，等审批。",
        "等放行：2016年1月起，还有 24 个月。",
    ]


def test_a_returned_claim_goes_back_to_who_made_it(sign_in, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    confirm(confirmation=ready(case, at_the_window(cast, case)), by=cast.clerk)
    return_claim(claim=Claim.objects.get(), reason="缺签字", by=cast.second_clerk)
    assert step(sign_in(cast.clerk), case) == "申领退回了经办人。改好再交。"


# Role -> number of the registration, link to the claim.
SEES = {
    Role.CLERK: (True, True),
    Role.AUDITOR: (True, True),
    Role.TRAINER: (False, False),
    Role.STEWARD: (False, False),
}


@pytest.mark.parametrize("role", SEES)
def test_who_sees_registration_and_claim(sign_in, cast: Cast, case: Case, role: str) -> None:  # type: ignore[no-untyped-def]
    confirm(confirmation=ready(case, at_the_window(cast, case)), by=cast.clerk)
    page = sign_in(cast.by_role()[role]).get(f"/people/{case.pk}/").text
    number, claim = Registration.objects.get().number, Claim.objects.get()
    assert (number in page, f"/claims/claims/{claim.pk}/" in page) == SEES[role]
    assert "失业登记" in page


def test_the_history_says_who_did_it_for_whom(sign_in, client: Client, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    [slot] = offered(cast)
    client.post(f"{path_of(Link.SLOT, case.pk)}take/", {"slot": slot.pk})
    confirm(confirmation=ready(case, at_the_window(cast, case)), by=cast.clerk)
    page = sign_in(cast.clerk).get(f"/people/{case.pk}/").text
    told = re.findall(r'<p class="timeline-what">([^<]*)</p>\s*<p class="timeline-who">([^<]*)</p>', page)
    assert ("约好了来的时间", "本人 · 1月13日（周三）上午9:30") in told
    assert ("在窗口办结", "柳经办 · A001，1 号窗口 · 代本人录入") in told
    assert ("办了失业登记", "柳经办 · 本人到场 · 代本人录入") in told


def test_a_worker_who_acts_is_somebody_for_the_doctor(client: Client, cast: Cast, case: Case) -> None:
    [slot] = offered(cast)
    client.post(f"{path_of(Link.SLOT, case.pk)}take/", {"slot": slot.pk})
    assert [finding.name for finding in examine() if not finding.ok] == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"slot": "x"}, ""),
        ({"slot": "x", "day": "2016-01-13", "at": "14:00"}, "1月13日（周三）下午2:00"),
        ({"ticket": "x", "series": "G", "number": 7, "window": None}, "G007"),
        ({"ticket": "x", "series": "G", "number": 7, "window": 3}, "G007，3 号窗口"),
        ({"outcome": "refuse", "differs": True}, "这次不发放（与测算不同）"),
        ({"month": "2016-02"}, "2016年2月"),
        ({"reason": "41", "on": "2016-02-01"}, "2月1日（周一） · 重新就业"),
    ],
)
def test_facts_in_words(facts: dict[str, object], words: str) -> None:
    assert facts_words(facts) == words
