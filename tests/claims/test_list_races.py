"""A list is being made while a claim changes: each month is on the list as it went out, or not on it at all.

And the office's rule is chosen twice at once.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.claims.life.acts import suspend
from tests.claims.life.test_correcting import proposed
from tests.factories.claims import approved, claimants, month, strip
from tests.factories.laws import NOTE, amount, licang
from tests.racing import Meanwhile
from zaigang.claims import actions
from zaigang.claims.actions import paying
from zaigang.claims.models import BackPay, Claim, MonthlyRule, Overpayment
from zaigang.claims.queries.lists import unsound
from zaigang.roster.models import Closure

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY = month("2016-01")
MORE = licang(amounts=amount("2015-07-01", None, 1000, "benefit_2015"))


def holding(cast: Cast, claim: Claim) -> Callable[[], Any]:
    return lambda: suspend(cast, claim, date(2016, 2, 1))


def stopping(cast: Cast, claim: Claim) -> Callable[[], Any]:
    return lambda: actions.stop(claim=claim, reason="41", on=JANUARY, evidence="劳动合同", by=cast.clerk)


def correcting(cast: Cast, claim: Claim) -> Callable[[], Any]:
    made = proposed(cast, claim, {"left_because": "resigned"}, "refuse")
    actions.check_correction(correction=made, by=cast.second_clerk)
    return lambda: actions.approve_correction(correction=made, by=cast.director)


def redeciding(cast: Cast, claim: Claim) -> Callable[[], Any]:
    file = actions.load_law(text=MORE, note=NOTE, by=cast.clerk)
    actions.confirm_law(file=file, by=cast.director)
    return lambda: actions.apply_law(file=file.pk)


@pytest.mark.parametrize(
    ("prepare", "months", "owed", "added"),
    [
        (holding, "lhh", [], []),
        (stopping, "lss", [950], []),
        (correcting, "l..", [950], []),
        (redeciding, "lpp", [], [50]),
    ],
)
def test_what_a_list_takes_at_that_moment_stays_on_it(
    cast: Cast, closure: Closure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[[Cast, Claim], Callable[[], Any]], months: str, owed: list[int], added: list[int],
) -> None:  # fmt: skip
    claim = approved(cast, claimants(cast, closure, tmp_path, "王建甲")[0])
    act, real, others = prepare(cast, claim), paying._sum, []
    actions.release(office=cast.north, month=JANUARY, by=cast.clerk)

    def in_the_middle(amounts: Any) -> Any:
        if not others:
            others.append(Meanwhile(act).began())
        return real(amounts)

    monkeypatch.setattr(paying, "_sum", in_the_middle)
    made = actions.make_list(office=cast.north, month=JANUARY, by=cast.second_clerk)
    outcome = others[0].result()
    assert not isinstance(outcome, BaseException), outcome
    assert (strip(claim, "2016-03"), made.control_sum) == (months, 950)
    assert [int(one.yuan) for one in Overpayment.objects.all()] == owed
    assert [int(one.yuan) for one in BackPay.objects.all()] == added
    assert unsound()[0] == 0


def test_two_who_choose_the_office_s_rule_at_once_leave_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, others = MonthlyRule.full_clean, []

    def chosen(day: int) -> Any:
        return actions.set_monthly_rule(
            office=cast.north, cut_off_day=day, starts_on_day=None, by=cast.director
        )

    def in_the_middle(rule: MonthlyRule, **more: Any) -> None:
        if not others:
            others.append(Meanwhile(lambda: chosen(20)).began())
        real(rule, **more)

    monkeypatch.setattr(MonthlyRule, "full_clean", in_the_middle)
    chosen(15)
    outcome = others[0].result()
    assert not isinstance(outcome, BaseException), outcome
    assert [rule.cut_off_day for rule in MonthlyRule.objects.all()] == [20]
