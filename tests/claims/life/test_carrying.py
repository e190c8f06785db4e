"""A new claim begins with the months that the one before left, counted from what went out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.claims.life.acts import JUNE_2017, carried_on, lost_again
from tests.factories.claims import approved, at_the_window, claimed, listed, ready
from zaigang.claims.actions import fix_months, undo_carry
from zaigang.claims.carrying import Unused
from zaigang.claims.errors import DecisionChanged
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.confirming import confirm
from zaigang.claims.queries.unused import carried_to
from zaigang.foundation import clock
from zaigang.roster.models import Case

Again = Callable[[str], Case]


@pytest.fixture
def again(cast: Cast, tmp_path: Path) -> Again:
    """王建甲 loses another job: fourteen months of contributions, at most twelve months of benefit by themselves."""
    return lambda left_on: lost_again(cast, tmp_path, left_on)


@pytest.fixture
def ten(cast: Cast, case: Case) -> Claim:
    """Ten months, fixed by the agency."""
    fix_months(case=case, months=10, document="核定表第8号", by=cast.clerk)
    return approved(cast, case)


def test_the_decision_includes_them(cast: Cast, ten: Claim, again: Again) -> None:
    carried_on(cast, ten, "2016-01", "2016-02", "2016-03", "2016-05")
    with clock.at(JUNE_2017):
        # May went out and was not due: it is to come back, and is not drawn.
        assert carried_to(again("2017-05-31")) == Unused(exact=7, at_most=21, drawn=3)
        claim = claimed(
            cast, Case.objects.select_related("worker", "closure__office").get(closure__code="SF-2017")
        )
    assert (claim.facts["unused_months"], claim.eligible, claim.months_at_most, claim.payments.count()) == (
        7, "yes", 19, 19,
    )  # fmt: skip


def test_what_the_clerk_says_instead_is_taken(cast: Cast, ten: Claim, again: Again) -> None:
    carried_on(cast, ten, "2016-01")
    with clock.at(JUNE_2017):
        case = again("2017-05-31")
        confirmation = ready(case, at_the_window(cast, case, unused_months=0))
        claim = Claim.objects.get(registration=confirm(confirmation=confirmation, by=cast.clerk))
    assert (claim.facts["unused_months"], claim.months_at_most) == (0, 12)


def test_a_bound_is_not_filled_in_and_nobody_is_decided_by_it(cast: Cast, claim: Claim, again: Again) -> None:
    carried_on(cast, claim, "2016-01")
    with clock.at(JUNE_2017):
        case = again("2017-05-31")
        assert carried_to(case) == Unused(exact=None, at_most=23, drawn=1)
        made = claimed(cast, case)
    assert (made.facts["unused_months"], made.eligible, made.outcome) == (None, "undecided", "hold")
    facts = {one["fact"] for one in made.ruling.body["would_change"]}
    assert "unused_months" in facts


def test_nothing_is_carried_from_a_claim_that_goes_on_or_was_put_back(
    cast: Cast, ten: Claim, again: Again
) -> None:
    case = again("2017-05-31")
    assert carried_to(case) is None
    carried_on(cast, ten)
    assert carried_to(case) == Unused(exact=10, at_most=24, drawn=0)
    undo_carry(claim=ten, evidence="没有满12个月", by=cast.clerk)
    assert carried_to(case) is None


def test_a_later_claim_contains_those_before(cast: Cast, ten: Claim, again: Again) -> None:
    carried_on(cast, ten, "2016-01")
    with clock.at(JUNE_2017):
        second = again("2017-05-31")
        fix_months(case=second, months=15, document="核定表第9号", by=cast.clerk)
        approved(cast, second)
        # Only one that was carried hands on anything: not the first, past the second.
        assert carried_to(again("2018-12-31")) is None
        carried_on(cast, second.claim, "2017-07", on=date(2018, 1, 3), day=date(2019, 1, 10))
    assert carried_to(Case.objects.get(closure__code="SF-2018")) == Unused(exact=14, at_most=20, drawn=1)


def test_a_claim_that_was_refused_hides_none_before_it(cast: Cast, ten: Claim, again: Again) -> None:
    carried_on(cast, ten, "2016-01")
    with clock.at(JUNE_2017):
        claimed(cast, again("2017-05-31"), outcome="refuse", reason="自己辞的职")
    assert carried_to(again("2018-12-31")) == Unused(exact=9, at_most=23, drawn=1)


def test_somebody_else_s_months_stay_theirs(cast: Cast, ten: Claim, again: Again, tmp_path: Path) -> None:
    carried_on(cast, ten)
    other = lost_again(cast, tmp_path, "2018-12-31", serial=5, name="赵建丙")
    assert carried_to(other) is None


def test_counted_anew_with_the_confirmation(cast: Cast, ten: Claim, again: Again) -> None:
    carried_on(cast, ten)
    with clock.at(JUNE_2017):
        case = again("2017-05-31")
        confirmation = ready(case, at_the_window(cast, case))
        listed(cast, "2016-01")
        with pytest.raises(DecisionChanged):
            confirm(confirmation=confirmation, by=cast.clerk)


def test_one_statement_counts_them_and_the_confirmation_needs_none_more(
    cast: Cast, ten: Claim, again: Again, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    carried_on(cast, ten, "2016-01", "2016-02", "2016-03")
    with clock.at(JUNE_2017):
        case = again("2017-05-31")
        with django_assert_num_queries(1):
            carried_to(case)
        confirmation = ready(case, at_the_window(cast, case))
        assert cast.clerk.current_postings
        # Two of them are the savepoint of a test that runs in a transaction.
        with django_assert_num_queries(7):
            confirm(confirmation=confirmation, by=cast.clerk)
