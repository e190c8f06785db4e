from datetime import UTC, date, datetime

from zaigang.look.components import FunnelRow, MonthBar, TimelineEntry, by_day, draw_bars, funnel_lines


def test_timeline_is_newest_first_by_local_day() -> None:
    # 17:00 UTC is one o'clock of the next morning in China.
    late = TimelineEntry(datetime(2016, 7, 17, 17, 0, tzinfo=UTC), "取号", "本人")
    later = TimelineEntry(datetime(2016, 7, 18, 2, 0, tzinfo=UTC), "登记", "李敏")
    early = TimelineEntry(datetime(2016, 7, 17, 15, 0, tzinfo=UTC), "短信", "系统")
    assert by_day([late, early, later]) == [(date(2016, 7, 18), [later, late]), (date(2016, 7, 17), [early])]


def test_each_state_stands_beside_the_one_above() -> None:
    lines = funnel_lines([FunnelRow("名册", 1419), FunnelRow("已登记", 1102), FunnelRow("已求职", 861)], 1419)
    assert [(line.before, line.total) for line in lines] == [(None, 1419), (1419, 1419), (1102, 1419)]


def test_bars_fill_the_drawing() -> None:
    drawn = draw_bars([MonthBar(date(2016, 1, 1), 10), MonthBar(date(2016, 2, 1), 5)], width=100, height=40)
    assert [(one.x, one.y, one.width, one.height) for one in drawn] == [(5, 0, 40, 40), (55, 20, 40, 20)]


def test_months_without_money_draw_nothing() -> None:
    assert draw_bars([]) == []
    assert [one.height for one in draw_bars([MonthBar(date(2016, 1, 1), 0)])] == [0]


def test_at_most_twelve_labels() -> None:
    drawn = draw_bars([MonthBar(date(2016, 1, 1), 1)] * 25)
    assert sum(one.labelled for one in drawn) == 9
