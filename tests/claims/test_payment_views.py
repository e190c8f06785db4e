"""The pages of a month's payments and of its lists."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.claims import approved, claimants, month
from tests.factories.rosters import id_number
from zaigang.claims.actions import make_list, release, stop
from zaigang.claims.models import Payment, PaymentList
from zaigang.foundation import clock
from zaigang.ledger.models import Read
from zaigang.offices.actions import note_identity
from zaigang.offices.enums import Role
from zaigang.roster.models import Case, Closure

NAMES = ("王建甲", "李建乙", "赵建丙", "钱建丁")
JANUARY = month("2016-01")
MONTH = ["370299001", "2016-01"]
PAYMENTS_QUERIES, MONTH_QUERIES, LIST_QUERIES = 5, 10, 8


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    return claimants(cast, closure, tmp_path, *NAMES)


def of_january(cases: list[Case]) -> list[int]:
    found = Payment.objects.filter(claim__case__in=cases, month=JANUARY).order_by("claim__case__number")
    return list(found.values_list("pk", flat=True))


def listed(cast: Cast) -> PaymentList:
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    return make_list(office=cast.north, month=JANUARY, by=cast.clerk)


def test_a_month_is_released_listed_and_downloaded(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    for case in cases:
        approved(cast, case)
    client, address = sign_in(cast.clerk), reverse("claims:month", args=MONTH)
    assert [row.name for row in client.get(address).context["page"].planned] == list(NAMES)
    chosen = of_january(cases)[:3]
    client.post(reverse("claims:release", args=MONTH), {"payments": [*chosen, "x"]})
    page = client.get(address).context["page"]
    assert ([row.name for row in page.planned], [row.name for row in page.released]) == (
        [NAMES[3]],
        [*NAMES[:3]],
    )
    made = client.post(reverse("claims:make_list", args=MONTH), follow=True)
    assert [row.name for row in made.context["rows"]] == list(NAMES[:3])
    assert [str(message) for message in made.context["messages"]] == ["第 1 批名册：3 人，2,850.00 元。"]
    again = client.post(reverse("claims:make_list", args=MONTH), follow=True)
    assert again.context["made"] == made.context["made"]


def test_releasing_nobody_and_listing_nothing_is_said(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    approved(cast, cases[0])
    client = sign_in(cast.clerk)
    told = [
        [str(message) for message in client.post(reverse(name, args=MONTH), follow=True).context["messages"]]
        for name in ("claims:release", "claims:make_list")
    ]
    assert told == [
        ["没有选中人。请先勾选，再放行。"], ["这个月还没有放行的款（2016-01）。请先审批申领，再放行这个月"],
    ]  # fmt: skip


def test_the_own_month_is_not_to_be_ticked(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    for case in cases[:2]:
        approved(cast, case)
    note_identity(staff=cast.second_clerk, id_number=id_number(1), by=cast.director)
    page = sign_in(cast.second_clerk).get(reverse("claims:month", args=MONTH))
    assert [row.own for row in page.context["page"].planned] == [True, False]
    assert page.content.decode().count('name="payments"') == 1


def test_an_unknown_amount_stands_apart(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    cast.north.territory = "420106"
    cast.north.save()
    approved(cast, Case.objects.select_related("worker", "closure__office").get(pk=cases[0].pk))
    page = sign_in(cast.clerk).get(reverse("claims:month", args=MONTH))
    found = page.context["page"]
    assert ([row.name for row in found.unknown], found.planned) == ([NAMES[0]], [])
    assert ("金额还不清楚的" in page.content.decode(), 'name="payments"' in page.content.decode()) == (
        True,
        False,
    )


def test_no_more_are_ticked_than_a_form_can_hold(
    sign_in: Any, cast: Cast, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zaigang.claims.pages.payments.AT_ONCE", 2)
    for case in cases[:3]:
        approved(cast, case)
    text = sign_in(cast.clerk).get(reverse("claims:month", args=MONTH)).content.decode()
    assert (text.count('name="payments"'), "一次最多放行 2 人" in text) == (2, True)


@pytest.mark.parametrize("text", ["2016-13", "2016", "x", "2016-1"])
def test_what_is_no_month_is_not_found(sign_in: Any, cast: Cast, text: str) -> None:
    assert sign_in(cast.clerk).get(reverse("claims:month", args=[MONTH[0], text])).status_code == 404


def test_a_month_to_come_is_shown_and_not_released(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    approved(cast, cases[0])
    page = sign_in(cast.clerk).get(reverse("claims:month", args=[MONTH[0], "2016-02"])).content.decode()
    assert ("这个月还没有到" in page, 'name="payments"' in page) == (True, False)


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_whoever_sees_payments_gets_masked_files(
    sign_in: Any, cast: Cast, cases: list[Case], ending: str
) -> None:
    approved(cast, cases[0])
    made = listed(cast)
    answer = sign_in(cast.auditor).get(reverse(f"claims:list_{ending}", args=[made.pk]))
    name = f"payments-370299001-201601-1-masked.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    if ending == "xlsx":
        sheet = load_workbook(BytesIO(answer.content))["发放名册"]
        assert [cell.value for cell in sheet[5]][1:3] == ["王*甲", "370299********0010"]


def test_whole_numbers_are_for_who_pays_with_a_reason_on_record(
    sign_in: Any, cast: Cast, cases: list[Case]
) -> None:
    approved(cast, cases[0])
    made = listed(cast)
    address, client = reverse("claims:list_whole", args=[made.pk]), sign_in(cast.clerk)
    assert client.post(address, {"format": "xlsx"}).status_code == 422
    assert not Read.objects.exists()
    answer = client.post(address, {"format": "xlsx", "reason": "pay_bank"})
    sheet = load_workbook(BytesIO(answer.content))["发放名册"]
    assert [cell.value for cell in sheet[5]][1:3] == ["王建甲", id_number(1)]
    assert "no-store" in answer["Cache-Control"]
    assert list(
        Read.objects.values_list("subject_kind", "subject", "page", "revealed", "reason", "reader")
    ) == [
        (
            "closure",
            cases[0].closure_id,
            "claims:list",
            ["id_number", "bank_account"],
            "pay_bank",
            cast.clerk.pk,
        )
    ]


def test_who_was_stopped_after_listing_is_to_be_recovered(
    sign_in: Any, cast: Cast, cases: list[Case]
) -> None:
    claim = approved(cast, cases[0])
    made = listed(cast)
    stop(claim=claim, reason="41", on=date(2016, 1, 1), evidence="劳动合同", by=cast.clerk)
    client = sign_in(cast.clerk)
    assert "已停发，要追回" in client.get(reverse("claims:list", args=[made.pk])).content.decode()
    page = client.get(reverse("claims:claim", args=[claim.pk])).context["page"]
    assert [row.recover for row in page.months] == [True] + [False] * 23


def test_another_street_sees_and_moves_nothing(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    approved(cast, cases[0])
    made, client = listed(cast), sign_in(cast.outsider)
    answers = [client.get(reverse("claims:month", args=MONTH)).status_code]
    answers += [
        client.get(reverse(f"claims:{name}", args=[made.pk])).status_code
        for name in ("list", "list_xlsx", "list_pdf")
    ]
    answers += [
        client.post(reverse(f"claims:{name}", args=MONTH)).status_code for name in ("release", "make_list")
    ]
    answers.append(
        client.post(reverse("claims:list_whole", args=[made.pk]), {"reason": "pay_bank"}).status_code
    )
    assert answers == [404] * 7
    page = client.get(reverse("claims:payments"))
    assert (page.context["begun"], page.context["ahead"]) == ([], [])


@pytest.mark.parametrize(
    ("name", "posted", "allowed"),
    [
        ("payments", False, {"clerk", "director", "auditor"}),
        ("month", False, {"clerk", "director", "auditor"}),
        ("release", True, {"clerk", "director"}),
        ("make_list", True, {"clerk", "director"}),
    ],
)
def test_roles(sign_in: Any, cast: Cast, name: str, posted: bool, allowed: set[str]) -> None:
    address = reverse(f"claims:{name}", args=[] if name == "payments" else MONTH)
    answers = {}
    for role, staff in cast.by_role().items():
        client = sign_in(staff)
        answers[role] = (client.post(address) if posted else client.get(address)).status_code
    assert answers == {role: (302 if posted else 200) if role in allowed else 403 for role in Role.values}


@pytest.mark.parametrize("number", [1, 4])
def test_pages_take_the_same_statements_however_many_people(
    sign_in: Any,
    cast: Cast,
    cases: list[Case],
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for case in cases[:number]:
        approved(cast, case)
    made = listed(cast)
    with clock.at(date(2016, 2, 20)):
        client = sign_in(cast.clerk)
        with django_assert_num_queries(PAYMENTS_QUERIES):
            client.get(reverse("claims:payments"))
        with django_assert_num_queries(MONTH_QUERIES):
            client.get(reverse("claims:month", args=[MONTH[0], "2016-02"]))
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("claims:list", args=[made.pk]))
