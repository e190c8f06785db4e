"""From the schedule to the month's list: safe to repeat, never changed, equal to the cent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast, make_cast
from tests.factories.claims import approved, checked, claimants, claimed, month
from tests.factories.rosters import id_number, some_closure
from tests.processes import answer_of, run_beside, wait_until, waiting_for_a_lock
from zaigang.claims.actions import make_list, release, stop
from zaigang.claims.errors import NotDue
from zaigang.claims.models import Claim, Payment, PaymentList
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity
from zaigang.roster.models import Case, Closure

JANUARY, FEBRUARY = month("2016-01"), month("2016-02")


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    return claimants(cast, closure, tmp_path, "王建甲", "李建乙", "赵建丙")


def states(claims: list[Claim], of: date = JANUARY) -> list[str]:
    found = Payment.objects.filter(claim__in=claims, month=of).order_by("claim__case__number")
    return list(found.values_list("state", flat=True))


def test_release_is_safe_to_repeat(cast: Cast, cases: list[Case]) -> None:
    claims = [approved(cast, case) for case in cases]
    assert [release(office=cast.north, month=JANUARY, by=cast.clerk) for _ in range(2)] == [3, 0]
    assert (states(claims), states(claims, FEBRUARY)) == (["released"] * 3, ["planned"] * 3)
    told = Entry.objects.filter(verb="claims.released").values_list("facts", "office")
    assert list(told) == [({"month": "2016-01"}, cast.north.pk)] * 3


def test_only_those_named_are_released(cast: Cast, cases: list[Case]) -> None:
    claims = [approved(cast, case) for case in cases]
    named = Payment.objects.get(claim=claims[1], month=JANUARY).pk
    later = Payment.objects.get(claim=claims[1], month=FEBRUARY).pk
    assert release(office=cast.north, month=JANUARY, payments=[named, later], by=cast.clerk) == 1
    assert (states(claims), states(claims, FEBRUARY)) == (["planned", "released", "planned"], ["planned"] * 3)


def test_nothing_is_released_before_the_last_signature(cast: Cast, cases: list[Case]) -> None:
    claims = [claimed(cast, cases[0]), checked(cast, cases[1])]
    assert release(office=cast.north, month=JANUARY, by=cast.clerk) == 0
    with (
        pytest.raises(IntegrityError, match="claims_released_after_the_last_signature"),
        transaction.atomic(),
    ):
        Payment.objects.filter(claim=claims[1], month=JANUARY).update(
            state="released", released_by=cast.clerk, released_at=clock.now()
        )


def test_an_unknown_amount_is_never_released(cast: Cast, cases: list[Case]) -> None:
    cast.north.territory = "420106"  # national law alone is known here
    cast.north.save()
    claim = approved(cast, Case.objects.select_related("worker", "closure__office").get(pk=cases[0].pk))
    unknown = Payment.objects.get(claim=claim, month=JANUARY)
    assert unknown.yuan is None
    assert release(office=cast.north, month=JANUARY, payments=[unknown.pk], by=cast.clerk) == 0
    with pytest.raises(IntegrityError, match="claims_released_with_amount"), transaction.atomic():
        Payment.objects.filter(pk=unknown.pk).update(
            state="released", released_by=cast.clerk, released_at=clock.now()
        )


def test_nobody_releases_their_own_money(cast: Cast, cases: list[Case]) -> None:
    claims = [approved(cast, case) for case in cases]
    note_identity(staff=cast.second_clerk, id_number=id_number(3), by=cast.director)
    cast.second_clerk.refresh_from_db()
    assert release(office=cast.north, month=JANUARY, by=cast.second_clerk) == 2
    assert states(claims) == ["released", "planned", "released"]


def test_another_office_releases_nothing_of_this_one(cast: Cast, cases: list[Case]) -> None:
    claim = approved(cast, cases[0])
    payment = Payment.objects.get(claim=claim, month=JANUARY).pk
    assert release(office=cast.south, month=JANUARY, payments=[payment], by=cast.outsider) == 0


def test_a_month_to_come_is_neither_released_nor_listed(cast: Cast, cases: list[Case]) -> None:
    approved(cast, cases[0])
    for act in (release, make_list):
        with pytest.raises(NotDue, match="这个月还没有到"):
            act(office=cast.north, month=FEBRUARY, by=cast.clerk)


def test_a_list_needs_somebody_released(cast: Cast, cases: list[Case]) -> None:
    approved(cast, cases[0])
    with pytest.raises(NotDue, match="这个月还没有放行的款"):
        make_list(office=cast.north, month=JANUARY, by=cast.clerk)


def test_a_list_made_again_is_the_same_and_the_next_holds_only_new_ones(
    cast: Cast, cases: list[Case]
) -> None:
    claims = [approved(cast, case) for case in cases[:2]]
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    first = make_list(office=cast.north, month=JANUARY, by=cast.clerk)
    assert make_list(office=cast.north, month=date(2016, 1, 9), by=cast.second_clerk) == first
    claims.append(approved(cast, cases[2]))
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    second = make_list(office=cast.north, month=JANUARY, by=cast.clerk)
    assert [(one.batch, one.persons, one.control_sum) for one in (first, second)] == [
        (1, 2, Decimal(1900)), (2, 1, Decimal(950)),
    ]  # fmt: skip
    assert [payment.claim for payment in second.payments.all()] == [claims[2]]
    told = Entry.objects.filter(verb="claims.listed").order_by("id").values_list("facts", flat=True)
    assert list(told) == [
        {"month": "2016-01", "list": str(made.pk)} for made in (first, first, second)
    ]  # fmt: skip


def test_what_is_stopped_after_release_is_not_listed(cast: Cast, cases: list[Case]) -> None:
    claims = [approved(cast, case) for case in cases[:2]]
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    stop(claim=claims[0], reason="41", on=date(2016, 1, 1), evidence="劳动合同", by=cast.clerk)
    made = make_list(office=cast.north, month=JANUARY, by=cast.clerk)
    assert [payment.claim for payment in made.payments.all()] == [claims[1]]


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE claims_paymentlist SET control_sum = 1", "claims_list_for_good"),
        ("DELETE FROM claims_paymentlist", "claims_list_for_good"),
        ("UPDATE claims_payment SET yuan = 1 WHERE list_id IS NOT NULL", "claims_listed_for_good"),
        ("UPDATE claims_payment SET state = 'stopped', list_id = NULL WHERE list_id IS NOT NULL",
         "claims_listed_for_good"),
        ("DELETE FROM claims_payment", "claims_list_for_good"),
    ],
)  # fmt: skip
def test_a_list_that_went_out_is_never_changed(
    cast: Cast, cases: list[Case], statement: str, refusal: str
) -> None:
    approved(cast, cases[0])
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    make_list(office=cast.north, month=JANUARY, by=cast.clerk)
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


MAKE = """
import json
from datetime import date
from zaigang.claims.actions import make_list
from zaigang.offices.models import Office, Staff
office, clerk = Office.objects.get(name="北街"), Staff.objects.get(username=sys.argv[1])
made = make_list(office=office, month=date(2016, 1, 1), by=clerk)
print(json.dumps([str(made.pk), made.batch, made.persons]))
"""


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_make_the_list_at_once_make_one(tmp_path: Path) -> None:
    cast = make_cast()
    for case in claimants(cast, some_closure(cast), tmp_path, "王建甲", "李建乙"):
        approved(cast, case)
    release(office=cast.north, month=JANUARY, by=cast.clerk)
    with transaction.atomic():
        list(Payment.objects.select_for_update())
        clerks = [run_beside(MAKE, name) for name in ("liu", "bai")]
        wait_until(lambda: waiting_for_a_lock() == 2, *clerks)
    made = PaymentList.objects
    answers = [answer_of(clerk) for clerk in clerks]
    only = made.get()
    assert answers == [[str(only.pk), 1, 2]] * 2
