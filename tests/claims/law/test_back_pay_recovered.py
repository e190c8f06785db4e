"""Back-pay is part of what went out for a month: what is owed back counts it, and a month not due gets none."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.claims.law.test_corrected_back_pay import NOTICED, corrected, left_alone, lines, listed, short
from tests.claims.life.acts import resume, stop, suspend
from tests.factories.laws import NOTICE, amount, in_force, licang
from zaigang.claims import actions
from zaigang.claims.models import Claim, OverpaidMonth, Overpayment
from zaigang.claims.pages.effects import of_stop
from zaigang.claims.pages.overpayments import overpayment_page
from zaigang.claims.queries.budget import back_pay
from zaigang.claims.queries.lists import unsound
from zaigang.claims.queries.overpayments import months_of
from zaigang.foundation import clock

__all__ = ["short"]
SEPTEMBER = date(2016, 9, 1)
MONTH_QUERIES = 10
#: Less than was paid.
LESS = licang(amounts=amount("2015-07-01", None, 900, "benefit_2015"))


@pytest.fixture
def noticed(cast: Cast, paid: list[Claim]) -> list[Claim]:
    """The notice of August made out 50 yuan for July and August of both."""
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    return paid


def test_a_month_that_was_not_due_is_owed_with_its_back_pay(cast: Cast, noticed: list[Claim]) -> None:
    listed(cast)
    claim = noticed[0]
    with clock.at(at("2016-09-06")):
        said = of_stop(claim, date(2016, 7, 20)).lines[-1]
        stop(cast, claim, date(2016, 7, 20))
    found = Overpayment.objects.get()
    [(line, sent)] = months_of(found)
    assert (found.yuan, line.yuan, sent) == (Decimal(1000), Decimal(1000), Decimal(1000))
    assert said == (
        "已经列入名册的有 1 个月不该发（2016年8月），共 ¥1,000.00，记作多发，由人办理退回。"
    )  # fmt: skip


def test_refused_after_the_back_pay_went_out_all_of_it_is_owed(cast: Cast, short: Claim) -> None:
    corrected(cast, short)
    listed(cast)
    corrected(cast, short, {"left_because": "resigned"}, "refuse")
    assert Overpayment.objects.get().yuan == Decimal(2000)


@pytest.mark.parametrize("by_the_law", [True, False])
def test_a_list_that_went_out_lawfully_stays_sound(cast: Cast, paid: list[Claim], by_the_law: bool) -> None:
    if not by_the_law:
        left_alone(paid[0])
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    if not by_the_law:
        corrected(cast, paid[0])
    listed(cast)
    corrected(cast, paid[0], {"left_because": "resigned"}, "refuse")
    assert (Overpayment.objects.get().yuan, unsound()) == (Decimal(2000), (0, 0, 0))


def test_another_sum_found_later_takes_the_place_of_the_first(cast: Cast, short: Claim) -> None:
    corrected(cast, short, {"left_because": "resigned"}, "refuse")
    left_alone(short)
    with clock.at(at(NOTICED)):
        in_force(LESS, by=cast.clerk, confirmed_by=cast.director)
    corrected(cast, short, {"left_because": "employer_proposed_agreement"})
    found = Overpayment.objects.order_by("-state")
    assert [(one.state, one.yuan) for one in found] == [("withdrawn", Decimal(0)), ("found", Decimal(100))]
    current = OverpaidMonth.objects.filter(current=True)
    assert [one.yuan for one in current] == [Decimal(50), Decimal(50)]


def test_a_month_away_from_which_somebody_came_back_gets_no_back_pay(
    sign_in: Any, cast: Cast, noticed: list[Claim]
) -> None:
    with clock.at(at("2016-09-02")):
        stop(cast, noticed[0], date(2016, 7, 20))
        resume(cast, noticed[0], left_on=date(2016, 8, 31), on=date(2016, 9, 2))
    assert listed(cast).control_sum == 150
    assert lines(noticed[0]) == [("2016-07", 50, "listed"), ("2016-08", 50, "released")]
    page = sign_in(cast.clerk).get(reverse("claims:claim", args=[noticed[0].pk])).content.decode()
    assert page.count("这个月不该发，不补") == 1


def test_the_month_s_page_names_who_gets_some_in_as_many_statements(
    sign_in: Any, cast: Cast, noticed: list[Claim], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = sign_in(cast.clerk), reverse("claims:month", args=[cast.north.code, "2016-09"])
    seen = []
    with clock.at(at("2016-09-02")):
        for number in (4, 2):
            with django_assert_num_queries(MONTH_QUERIES):
                page = client.get(address).context["page"]
            assert (len(page.back_pay), page.back_pay_yuan) == (number, 50 * number)
            seen.append([name for _one, name in page.back_pay])
            stop(cast, noticed[1], date(2016, 7, 1))
    assert seen == [["安可", "安可", "毕可", "毕可"], ["安可", "安可"]]


def test_the_forecast_counts_what_a_list_may_take(cast: Cast, noticed: list[Claim]) -> None:
    with clock.at(at("2016-09-02")):
        stop(cast, noticed[0], date(2016, 7, 20))
        suspend(cast, noticed[1], date(2016, 10, 20))
    [sums] = back_pay([noticed[0].case.closure_id], SEPTEMBER)
    assert (sums.exact, sums.bound) == (Decimal(50), Decimal(100))


def test_more_came_back_than_was_owed_after_all(cast: Cast, noticed: list[Claim]) -> None:
    with clock.at(at("2016-09-06")):
        stop(cast, noticed[0], date(2016, 7, 20))
        found = Overpayment.objects.get()
        actions.receive(
            overpayment=found, yuan=Decimal(300), on=SEPTEMBER, document="收据", once=uuid4(), by=cast.clerk
        )
        actions.undo_stop(claim=noticed[0], because="同名", by=cast.clerk)
    found = Overpayment.objects.select_related("claim__case__worker", "claim__case__closure__office").get()
    page = overpayment_page(found, cast.clerk)
    assert (found.state, page.back, page.left, page.excess) == ("withdrawn", 300, 0, 300)
