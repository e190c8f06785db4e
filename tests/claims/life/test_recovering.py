"""What was paid too much is found with the stop, told, agreed, returned; nothing is taken off by itself."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.cast import Cast
from tests.claims.life.acts import MAY, stop
from tests.factories.claims import listed, strip
from zaigang.claims import actions
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.models import Claim, OverpaidMonth, Overpayment, Repayment
from zaigang.claims.queries.overpayments import returned
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.enums import Role
from zaigang.roster.actions import note_life_event, undo_life_event

MONTHS = ("2016-01", "2016-02", "2016-03", "2016-04", "2016-05")


@pytest.fixture
def found(cast: Cast, claim: Claim) -> Overpayment:
    """Listed until May, at work since 10 February: three months were not due."""
    with clock.at(MAY):
        listed(cast, *MONTHS)
        stop(cast, claim, date(2016, 2, 10))
    return Overpayment.objects.get()


def months(one: Overpayment) -> list[str]:
    lines = one.months.filter(current=True).order_by("payment__month")
    return [f"{line.payment.month:%Y-%m}" for line in lines.select_related("payment")]


def receive(one: Overpayment, yuan: str, cast: Cast, once: Any = None) -> Overpayment:
    return actions.receive(
        overpayment=one, yuan=Decimal(yuan), on=date(2016, 1, 11), document="收据 第7号",
        once=once or uuid4(), by=cast.clerk,
    )  # fmt: skip


def told(one: Overpayment, cast: Cast) -> Overpayment:
    return actions.notify(overpayment=one, on=date(2016, 1, 11), answer="知道了，慢慢退", by=cast.clerk)


def test_found_with_the_stop_by_the_engine_s_rule(found: Overpayment) -> None:
    assert (found.state, found.yuan, months(found)) == (
        "found", Decimal("2850.00"), ["2016-03", "2016-04", "2016-05"],
    )  # fmt: skip
    # Before December 2023 nobody read how it is to come back: that is said, not made up.
    assert [line["code"] for line in found.law["missing"]] == ["overpaid_rule_missing"]
    assert found.law["repayment"] == []


@pytest.mark.parametrize(("on", "number"), [(date(2016, 5, 20), 0), (date(2016, 5, 1), 1)])
def test_only_months_after_the_stop(cast: Cast, claim: Claim, on: date, number: int) -> None:
    with clock.at(MAY):
        listed(cast, *MONTHS)
        stop(cast, claim, on)
    assert Overpayment.objects.count() == number


def test_told_agreed_and_returned_in_parts(cast: Cast, found: Overpayment) -> None:
    told(found, cast)
    actions.agree(overpayment=found, way="instalments", agreement="每月950元", by=cast.clerk)
    receive(found, "950.00", cast)
    found.refresh_from_db()
    assert (found.state, returned(found), strip(found.claim, "2016-06")) == (
        "agreed", Decimal("950.00"), "llllls",
    )  # fmt: skip
    assert receive(found, "1900.00", cast).state == "repaid"
    verbs = Entry.objects.filter(verb__startswith="claims.overpaid").order_by("number")
    assert list(verbs.values_list("verb", flat=True)) == [
        "claims.overpaid", "claims.overpaid_notified", "claims.overpaid_agreed", "claims.overpaid_repaid",
        "claims.overpaid_repaid",
    ]  # fmt: skip
    with pytest.raises(NoSuchStep):
        receive(found, "1.00", cast)


def test_pressed_twice_money_is_written_once(cast: Cast, found: Overpayment) -> None:
    once = uuid4()
    receive(found, "950.00", cast, once)
    receive(found, "950.00", cast, once)
    assert Repayment.objects.count() == 1


@pytest.mark.parametrize("yuan", ["0", "-1", "2850.01"])
def test_no_more_comes_back_than_is_owed(cast: Cast, found: Overpayment, yuan: str) -> None:
    with pytest.raises(EvidenceMissing, match=r"还差 2,850\.00 元"):
        receive(found, yuan, cast)


def test_first_the_worker_is_told(cast: Cast, found: Overpayment) -> None:
    with pytest.raises(NoSuchStep):
        actions.agree(overpayment=found, way="return", agreement="一次退", by=cast.clerk)


def test_another_person_decides_that_it_is_let_be(cast: Cast, found: Overpayment) -> None:
    with pytest.raises(WrongSignature, match="查出来的人"):
        actions.write_off(overpayment=found, because="困难", by=cast.clerk)
    with pytest.raises(EvidenceMissing):
        actions.write_off(overpayment=found, because=" ", by=cast.director)
    assert (
        actions.write_off(overpayment=found, because="经办机构批复", by=cast.director).state == "written_off"
    )


def test_a_stop_undone_leaves_nothing_owed(cast: Cast, claim: Claim, found: Overpayment) -> None:
    actions.undo_stop(claim=claim, because="同名", by=cast.clerk)
    found.refresh_from_db()
    assert (found.state, found.yuan, OverpaidMonth.objects.filter(current=True).count()) == (
        "withdrawn", Decimal(0), 0,
    )  # fmt: skip
    with clock.at(MAY):
        stop(cast, claim, date(2016, 3, 10))
    assert [months(one) for one in Overpayment.objects.order_by("found_at", "yuan")] == [
        [], ["2016-04", "2016-05"],
    ]  # fmt: skip


def test_back_earlier_than_the_money_stopped_a_month_is_due_after_all(
    cast: Cast, claim: Claim, found: Overpayment
) -> None:
    with clock.at(MAY):
        actions.resume(
            claim=claim, left_on=date(2016, 4, 20), on=date(2016, 5, 3), evidence="解除证明", by=cast.clerk
        )
    found.refresh_from_db()
    assert (found.state, found.yuan, months(found)) == ("found", Decimal("1900.00"), ["2016-03", "2016-04"])


def test_an_earlier_death_finds_what_the_first_stop_did_not(
    cast: Cast, claim: Claim, found: Overpayment
) -> None:
    worker = claim.case.worker
    assert worker
    with clock.at(MAY):
        event = note_life_event(
            worker=worker, kind="died", on=date(2016, 1, 20), document="证明", by=cast.clerk
        )
    assert [months(one) for one in Overpayment.objects.order_by("yuan")] == [
        ["2016-02"], ["2016-03", "2016-04", "2016-05"],
    ]  # fmt: skip
    undo_life_event(event=event, by=cast.clerk)


def test_the_database_holds_the_sums(cast: Cast, found: Overpayment) -> None:
    def repaid(yuan: str) -> None:
        Repayment.objects.create(
            overpayment=found, yuan=yuan, received_on=MAY, document="x", by=cast.clerk, at=clock.now()
        )

    repaid("2850")
    with pytest.raises(IntegrityError, match="claims_repaid_within"), transaction.atomic():
        repaid("0.01")
    with pytest.raises(IntegrityError, match="claims_kept_for_good"), transaction.atomic():
        Repayment.objects.update(yuan=1)
    with pytest.raises(IntegrityError, match="claims_overpaid_told"), transaction.atomic():
        Overpayment.objects.update(state="notified")
    line = OverpaidMonth.objects.first()
    assert line
    with pytest.raises(IntegrityError, match="claims_overpaid_once"), transaction.atomic():
        OverpaidMonth.objects.create(overpayment=found, payment=line.payment, yuan=1)


def test_on_its_page_from_found_to_repaid(sign_in: Any, cast: Cast, found: Overpayment) -> None:
    def at(name: str) -> str:
        return reverse(f"claims:{name}", args=[found.pk])

    client = sign_in(cast.clerk)
    page = client.get(at("overpayment"))
    assert "2023年12月1日以前按哪一条退、能不能分期，这里没有查到条文" in page.content.decode()
    wrong = client.post(at("overpaid_notify"), {"on": "2016-01-11", "answer": ""})
    assert (wrong.status_code, "请照本人的话写" in wrong.content.decode()) == (422, True)
    client.post(at("overpaid_notify"), {"on": "2016-01-11", "answer": "知道了"})
    client.post(at("overpaid_agree"), {"way": "return", "agreement": "6月30日前退清"})
    once = str(page.context["receiving"].initial["once"])
    money = {"on": "2016-01-11", "document": "收据 第7号", "once": once}
    over = client.post(at("overpaid_receive"), money | {"yuan": "9999"})
    assert (over.status_code, "还差 2,850.00 元" in over.content.decode()) == (422, True)
    client.post(at("overpaid_receive"), money | {"yuan": "2850.00"})
    found.refresh_from_db()
    assert found.state == "repaid"
    assert "还差 ¥0.00" in client.get(at("overpayment")).content.decode()


@pytest.mark.parametrize(
    ("name", "posted", "allowed"),
    [
        ("overpayment", False, {"clerk", "director", "auditor"}),
        ("overpaid_receive", True, {"clerk", "director"}),
        ("overpaid_write_off", True, {"director"}),
    ],
)
def test_roles(
    sign_in: Any, cast: Cast, found: Overpayment, name: str, posted: bool, allowed: set[str]
) -> None:
    address, answers = reverse(f"claims:{name}", args=[found.pk]), {}
    for role, staff in cast.by_role().items():
        client = sign_in(staff)
        answers[role] = (client.post(address) if posted else client.get(address)).status_code
    assert answers == {role: (422 if posted else 200) if role in allowed else 403 for role in Role.values}
    client = sign_in(cast.outsider)
    answer = (client.post(address) if posted else client.get(address)).status_code
    assert answer == (404 if "clerk" in allowed else 403)
