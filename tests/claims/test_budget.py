"""The fund's forecast: granted months and assumed ones, each counted a second way."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.factories.claims import approved, checked, claimants, claimed
from tests.factories.rosters import imported, row, some_closure
from zaigang.claims.actions import decide_closure, fix_months, stop
from zaigang.claims.budget import COMING_MONTHS, Assumption, Budget, Line, at_most, shares
from zaigang.claims.enums import Curve
from zaigang.claims.exports import budget_workbook
from zaigang.claims.models import FirstDecision, Payment
from zaigang.claims.pages import budget_page
from zaigang.claims.queries.budget import budget_of
from zaigang.engines.entitlement import decide, facts_from_mapping
from zaigang.engines.entitlement.calendar import first_day, month_of
from zaigang.foundation import clock
from zaigang.roster.actions import merge_people
from zaigang.roster.models import Case, Closure

TODAY = date(2016, 1, 11)
NEXT = Assumption(Curve.NEXT_MONTH)
FEBRUARY = date(2016, 2, 1)


def recounted(closure: Closure, likely: list[float], today: date = TODAY) -> dict[date, Decimal]:
    """Yuan of each month of those who have not registered, by the engine for one person, in exact fractions."""
    sums: dict[date, Fraction] = defaultdict(Fraction)
    for decision in FirstDecision.objects.in_force().filter(
        case__closure=closure, eligible="yes", case__state="not_reached"
    ):
        for place, share in enumerate(likely):
            if share:
                day = today if place == 0 else first_day(month_of(today) + place)
                left = decision.facts["left_on"]
                free = date.fromisoformat(left) + timedelta(days=1) if left else day
                on = max(day, free).isoformat()
                asked = decision.facts | {"registered_on": on, "applied_on": on, "decide_on": on}
                for paid in decide(facts_from_mapping(asked)).payments:
                    sums[first_day(paid.month)] += Fraction(share) * Fraction(str(paid.yuan or 0))
    return {month: rounded(one) for month, one in sorted(sums.items())}


def rounded(one: Fraction) -> Decimal:
    exact = Decimal(one.numerator) / Decimal(one.denominator)
    return exact.quantize(Decimal("0.001")).to_integral_value(ROUND_HALF_UP)


def of(lines: list[Line], name: str) -> dict[date, Any]:
    return {line.month: getattr(line, name) for line in lines if line.month and getattr(line, name)}


@pytest.mark.parametrize("curve", Curve.values)
def test_the_assumed_part_is_what_the_engine_says_person_by_person(people: Closure, curve: str) -> None:
    found = budget_of([people], Assumption(curve, 30), TODAY)
    likely = shares(Assumption(curve, 30), left=3, pace=0, today=TODAY).tolist()
    assert of(found.by_month(), "likely") == recounted(people, likely)
    assert len(found.by_month()) > 20


def test_everybody_who_comes_next_month_draws_from_then_on(people: Closure) -> None:
    months = budget_of([people], NEXT, TODAY).by_month()
    february, july = months[0], months[5]
    assert (february.month, february.persons, february.coming, february.likely) == (
        FEBRUARY,
        0,
        3,
        Decimal(2850),
    )
    assert (february.low, february.high, february.total) == (Decimal(1425), Decimal(2850), Decimal(2850))
    assert (july.month, july.likely, july.statuses) == (date(2016, 7, 1), Decimal(3000), {"verified"})
    assert (len(months), months[-1].coming, months[-1].statuses) == (24, 2, {"inferred"})


def test_lines_add_up_to_months_to_closures_and_to_the_total(
    people: Closure, cast: Cast, tmp_path: Path
) -> None:
    other = some_closure(cast, "SF-LATER")
    claim = approved(cast, claimants(cast, other, tmp_path, "王建甲", first=31)[0])
    found = budget_of([people, other], NEXT, TODAY)
    names = ("persons", "exact", "bound", "coming", "low", "likely", "high", "unknown", "total")
    for name in names:
        whole = sum(getattr(line, name) for line in found.lines)
        assert whole == getattr(found.total(), name), name
        assert sum(getattr(line, name) for line in found.by_month()) == whole, name
        assert sum(getattr(line, name) for line in found.by_closure()) == whole, name
    assert found.total().bound == sum(one.yuan for one in claim.payments.all())  # type: ignore[misc]
    assert [line.closure for line in found.by_closure()] == [people.pk, other.pk]


def test_granted_months_are_exact_at_most_or_gone(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    exact, bound, unsigned, stopped = claimants(
        cast, closure, tmp_path, "王建甲", "李建乙", "赵建丙", "钱建丁"
    )
    fix_months(case=exact, months=3, document="核定表", by=cast.clerk)
    approved(cast, Case.objects.select_related("worker", "closure__office").get(pk=exact.pk))
    approved(cast, bound), checked(cast, unsigned)
    stop(claim=approved(cast, stopped), reason="41", on=TODAY, evidence="劳动合同", by=cast.clerk)
    months = {line.month: line for line in budget_of([closure], NEXT, TODAY).by_month()}
    assert [
        (months[date(2016, n, 1)].exact, months[date(2016, n, 1)].bound, months[date(2016, n, 1)].persons)
        for n in (1, 3, 4)
    ] == [(950, 2850, 4), (950, 1900, 3), (0, 1900, 2)]
    assert sum(line.coming for line in months.values()) == 0


def test_a_missing_amount_is_a_person_and_never_nothing(people: Closure, cast: Cast) -> None:
    people.office.territory = "140000"
    people.office.save()
    decide_closure(closure=people, by=cast.clerk)
    for assumption in (NEXT, Assumption(Curve.SHARE, 1)):
        months = budget_of([people], assumption, TODAY).by_month()
        assert {line.likely for line in months} == {Decimal()}
        assert min(line.unknown for line in months) >= 1
        assert months[0].statuses == {"missing"}


def test_who_comes_after_the_claim_window_is_counted_apart(people: Closure) -> None:
    (standing,) = budget_of([people], Assumption(Curve.SHARE, 10), TODAY).standings
    likely = shares(Assumption(Curve.SHARE, 10), left=3, pace=0, today=TODAY)
    too_late = sum(likely[2:])  # sixty days from the end of December end with February
    assert (standing.left, standing.late, standing.beyond) == (
        3,
        round(3 * too_late),
        round(3 * (1 - sum(likely))),
    )
    assert standing.late == 2


def test_who_is_not_a_person_of_their_own_or_has_claimed_is_not_counted_twice(
    people: Closure, cast: Cast
) -> None:
    first, second = Case.objects.filter(closure=people, number__lte=2).select_related(
        "worker", "closure__office"
    )
    assert first.worker is not None and second.worker is not None
    merge_people(keep=first.worker, absorb=second.worker, reason="同一人两个号", by=cast.clerk)
    assert budget_of([people], NEXT, TODAY).standings[0].left == 2
    claimed(cast, Case.objects.select_related("worker", "closure__office").get(pk=first.pk))
    found = budget_of([people], NEXT, TODAY)
    assert (found.standings[0].left, found.standings[0].pace, found.standings[0].undecided) == (1, 1, 1)
    assert (found.by_month()[1].persons, found.by_month()[1].coming) == (1, 1)


@pytest.mark.parametrize(
    ("assumption", "left", "pace", "expected"),
    [
        (NEXT, 100, 50, [0, 1, 0, 0]),
        (Assumption(), 100, 0, [0, 1, 0, 0]),
        (Assumption(), 100, 28, [0.2, 0.29, 0.31, 0.2]),
        (Assumption(), 10, 280, [1, 0, 0, 0]),
        (Assumption(Curve.SHARE, 50), 100, 7, [10 / 31, 21 / 62, 21 / 124, 21 / 248]),
        (Assumption(), 0, 28, [0, 1, 0, 0]),
    ],
)  # fmt: skip
def test_how_people_come(assumption: Assumption, left: int, pace: int, expected: list[float]) -> None:
    found = shares(assumption, left=left, pace=pace, today=TODAY)
    assert found[:4] == pytest.approx(expected)
    assert (len(found), sum(found) <= 1 + 1e-9, min(found) >= 0) == (COMING_MONTHS, True, True)


@pytest.mark.parametrize("pace", [1, 28, 400])
def test_in_the_high_case_nobody_comes_later_than_assumed(pace: int) -> None:
    likely = shares(Assumption(), left=100, pace=pace, today=TODAY)
    high = at_most(likely)
    assert sum(high) == pytest.approx(1)
    assert (np.cumsum(high) >= np.cumsum(likely) - 1e-9).all()


def test_nothing_is_forecast_where_nobody_is(cast: Cast, closure: Closure) -> None:
    found = budget_of([closure], Assumption(), TODAY)
    assert (found.lines, found.total(), budget_of([], Assumption(), TODAY)) == (
        (), Line(None, None), Budget(Assumption(), ()),
    )  # fmt: skip


def test_the_month_that_runs_counts_and_those_before_it_do_not(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    claim = approved(cast, claimants(cast, closure, tmp_path, "王建甲")[0])
    found = budget_of([closure], NEXT, date(2016, 3, 31)).by_month()
    assert (found[0].month, len(found)) == (date(2016, 3, 1), claim.payments.count() - 2)
    assert Payment.objects.filter(claim=claim).count() == 24


def test_the_workbook_reads_back(people: Closure) -> None:
    page = budget_page([people], NEXT, TODAY, sources=people)
    book = CalamineWorkbook.from_filelike(BytesIO(budget_workbook(page, "示范", on=TODAY)))
    assert book.sheet_names == ["按月", "按分流和月份", "假设", "金额出处"]
    sheet = book.get_sheet_by_name("按月").to_python(skip_empty_area=False)
    assert sheet[5] == [FEBRUARY, 0, 0, 0, 3, 1425, 2850, 2850, 2850, 0, "已核实"]
    assert (sheet[29][0], sheet[29][8]) == ("合计", float(sum(line.total for line, _tags in page.months)))
    lines = book.get_sheet_by_name("按分流和月份").to_python()[1:]
    assert (lines[0][:2], sum(line[9] for line in lines)) == (["SF-2015", FEBRUARY], float(page.total.total))
    assert book.get_sheet_by_name("假设").to_python()[1] == [
        "SF-2015", "示范钢铁集团", "还有 3 人没登记；假设下个月全都来。 另有 1 人还不能决定，没有算进来。",
    ]  # fmt: skip


ALL_QUERIES, ONE_QUERIES = 9, 10


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_statements_however_many_people_and_closures(
    sign_in: Any, cast: Cast, closure: Closure, tmp_path: Path, number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for one in range(number):
        place = closure if one == 0 else some_closure(cast, f"SF-{one}")
        imported(cast, place, tmp_path, [row(20 * one + 2 * n + 1) for n in range(number)])
    client = sign_in(cast.director)
    with django_assert_num_queries(ALL_QUERIES):
        page = client.get(reverse("claims:budget"))
    with django_assert_num_queries(ONE_QUERIES):
        client.get(reverse("claims:forecast", args=[closure.code]))
    assert len(page.context["page"].closures) == number


def test_the_assumption_is_chosen_on_the_page_and_goes_into_the_file(
    sign_in: Any, cast: Cast, people: Closure
) -> None:
    client, address = sign_in(cast.district_viewer), reverse("claims:budget")
    page = client.get(address, {"curve": "share", "share": "50"})
    assert (page.context["page"].budget.assumption, page.status_code) == (Assumption(Curve.SHARE, 50), 200)
    assert "?curve=share&amp;share=50" in page.content.decode()
    assert "假设每个月来剩下的 50%" in page.content.decode()
    wrong = client.get(address, {"curve": "share", "share": "500"})
    assert (wrong.status_code, wrong.context["page"].budget.assumption) == (422, Assumption())
    file = client.get(reverse("claims:budget_xlsx"), {"curve": "share", "share": "50"})
    with clock.at(TODAY):
        sheet = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_name("假设").to_python()
    assert "50%" in sheet[1][2]
