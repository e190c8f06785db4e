from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.factories.rosters import case_of
from zaigang.claims.actions import decide_closure
from zaigang.claims.exports import forecast_xlsx
from zaigang.claims.models import FirstDecision
from zaigang.claims.queries import amounts, forecast, summary
from zaigang.roster.actions import merge_people
from zaigang.roster.models import Closure


def recounted(closure: Closure) -> list[tuple[str, int, Decimal, int]]:
    """The forecast from the people's own answers, in Python."""
    persons: Counter[str] = Counter()
    yuan: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for decision in FirstDecision.objects.in_force().filter(case__closure=closure, eligible="yes"):
        for payment in decision.ruling.body["payments"]:
            persons[payment["month"]] += 1
            yuan[payment["month"]] += payment["yuan"] or 0
            unknown[payment["month"]] += payment["yuan"] is None
    return [(month, persons[month], Decimal(yuan[month]), unknown[month]) for month in sorted(persons)]


def test_the_forecast_is_the_sum_over_people(people: Closure) -> None:
    months = forecast(people)
    assert [(f"{m.month:%Y-%m}", m.persons, m.yuan, m.unknown) for m in months] == recounted(people)
    assert len(months) == 24
    january, july = months[0], months[6]
    assert (january.month, january.persons, january.yuan) == (date(2016, 1, 1), 3, Decimal(2850))
    assert (july.month, july.persons, july.yuan) == (date(2016, 7, 1), 3, Decimal(3000))
    assert january.statuses == ("verified",)
    assert (months[-1].persons, months[-1].statuses) == (2, ("inferred",))


def test_people_whose_amount_is_missing_are_counted_apart(people: Closure, cast: Cast) -> None:
    office = people.office
    office.territory = "140000"
    office.save()
    decide_closure(closure=people, by=cast.clerk)
    january = forecast(people)[0]
    assert (january.persons, january.yuan, january.unknown) == (3, Decimal(0), 3)
    assert january.statuses == ("missing",)


def test_a_merged_person_is_paid_once(people: Closure, cast: Cast) -> None:
    keep, absorb = case_of(people, "安可").worker, case_of(people, "毕可").worker
    merge_people(keep=keep, absorb=absorb, reason="同一人两个号", by=cast.clerk)
    assert forecast(people)[0].persons == 2


def test_summary_counts_everybody_once(people: Closure) -> None:
    counted = summary(people)
    assert counted.eligible == {"yes": 3, "no": 1, "undecided": 1}
    assert (counted.people, counted.months, counted.waiting) == (5, [(24, 2), (12, 1)], 0)


def test_another_closure_adds_nothing(people: Closure, cast: Cast) -> None:
    from tests.factories.rosters import some_closure

    other = some_closure(cast, "SF-LATER")
    assert forecast(other) == []
    assert summary(other).people == 0


def test_the_workbook_reads_back_with_numbers_and_sources(people: Closure) -> None:
    months, sources = forecast(people), amounts(people)
    book = CalamineWorkbook.from_filelike(
        BytesIO(forecast_xlsx(people, months, sources, on=date(2016, 1, 11)))
    )
    assert book.sheet_names == ["按月发放", "金额出处"]
    sheet = book.get_sheet_by_name("按月发放").to_python(skip_empty_area=False)
    assert sheet[:3] == [
        ["失业保险金按月预测", "", "", "", ""],
        ["示范钢铁集团（SF-2015）", "", "", "", ""],
        ["业务日期 2016-01-11；按最多月数计，实际可能更少", "", "", "", ""],
    ]
    assert sheet[5] == [date(2016, 1, 1), 3.0, 2850.0, 0.0, "已核实"]
    assert sheet[29] == ["合计", "", float(sum(month.yuan for month in months)), "", ""]
    listed = book.get_sheet_by_name("金额出处").to_python()
    assert [(line[0], line[1], line[2], line[3]) for line in listed[1:]] == [
        (date(2016, 1, 1), date(2016, 6, 1), 950.0, "已核实"),
        (date(2016, 7, 1), date(2017, 10, 1), 1000.0, "已核实"),
        (date(2017, 11, 1), date(2017, 12, 1), 1080.0, "推断"),
    ]
    assert listed[2][6] == "鲁人社发〔2016〕31号"
