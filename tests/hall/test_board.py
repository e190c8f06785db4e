"""The board: who is called where, how long the others wait, and the words that are spoken."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.halls import opened, prepared, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.board import board_of, lines_of
from zaigang.hall.devices import Device, device_token
from zaigang.hall.enums import Series, Service
from zaigang.hall.models import ServiceDay
from zaigang.hall.pace import Pace, estimate, range_words
from zaigang.hall.speech import clips_of, spoken_text, spoken_tokens

NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)
BOTH = frozenset("AG")


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast, cast.clerk, cast.second_clerk)


def take(cast: Cast, series: Series = Series.ORDINARY) -> verbs.Moved:
    return verbs.take(office=cast.north, service=Service.JOBS, series=series)


def serve(cast: Cast, day: ServiceDay, start: datetime, minutes: float) -> None:
    """Somebody comes, is called at once, and is done after so many minutes."""
    with clock.at(start):
        take(cast)
        called = verbs.call(window=window_at(day), by=cast.clerk)
        verbs.begin(ticket=called.id, by=cast.clerk)
    with clock.at(start + timedelta(minutes=minutes)):
        verbs.finish(ticket=called.id, by=cast.clerk)


@pytest.mark.parametrize(
    ("label", "window", "tokens", "text"),
    [
        ("A023", 3, "请 A 零 二 三 号 到 三 号窗口", "请 A零二三 号，到 3 号窗口"),
        ("G101", 1, "请 G 幺 零 幺 号 到 一 号窗口", "请 G幺零幺 号，到 1 号窗口"),
        ("A1204", 12, "请 A 幺 二 零 四 号 到 十 二 号窗口", "请 A幺二零四 号，到 12 号窗口"),
        ("A567", 20, "请 A 五 六 七 号 到 二 十 号窗口", "请 A五六七 号，到 20 号窗口"),
        ("A890", 10, "请 A 八 九 零 号 到 十 号窗口", "请 A八九零 号，到 10 号窗口"),
    ],
)
def test_what_is_spoken(label: str, window: int, tokens: str, text: str) -> None:
    assert spoken_tokens(label, window) == tokens.split()
    assert spoken_text(label, window) == text


def test_clips_have_names_that_any_disk_can_hold() -> None:
    assert clips_of("A123", 14) == ["please", "a", "1", "2", "3", "number", "to", "10", "4", "window"]


def test_last_call_on_top_and_marked_for_ten_seconds(cast: Cast, day: ServiceDay) -> None:
    with clock.at(NINE):
        take(cast), take(cast)
        verbs.call(window=window_at(day), by=cast.clerk)
    with clock.at(NINE + timedelta(seconds=30)):
        verbs.call(window=window_at(day, 2), by=cast.second_clerk)
        rows = board_of(cast.north, 4).rows
        assert [(row.label, row.window, row.is_new) for row in rows] == [
            ("A002", 2, True),
            ("A001", 1, False),
        ]
    with clock.at(NINE + timedelta(seconds=40)):
        assert [row.is_new for row in board_of(cast.north, 4).rows] == [False, False]


def test_a_second_call_is_new_again_and_has_its_own_key(cast: Cast, day: ServiceDay) -> None:
    with clock.at(NINE):
        ticket = take(cast)
        verbs.call(window=window_at(day), by=cast.clerk)
        (before,) = board_of(cast.north, 4).calls
    with clock.at(NINE + timedelta(minutes=2)):
        assert board_of(cast.north, 4).calls == []
        verbs.recall(ticket=ticket.id, by=cast.clerk)
        (after,) = board_of(cast.north, 4).calls
    assert (before.key, after.key, after.is_new) == ("A001-1-1", "A001-1-2", True)


def test_too_few_rows_keep_who_has_not_come_yet(cast: Cast, day: ServiceDay) -> None:
    with clock.at(NINE):
        take(cast), take(cast)
        verbs.call(window=window_at(day), by=cast.clerk)
    with clock.at(NINE + timedelta(seconds=5)):
        second = verbs.call(window=window_at(day, 2), by=cast.second_clerk)
        verbs.begin(ticket=second.id, by=cast.second_clerk)
        assert [row.label for row in board_of(cast.north, 1).rows] == ["A001"]
        assert [row.label for row in board_of(cast.north, 1).calls] == ["A001"]


def test_done_and_missed_numbers_leave_the_board(cast: Cast, day: ServiceDay) -> None:
    take(cast), take(cast)
    one = verbs.call(window=window_at(day), by=cast.clerk)
    two = verbs.call(window=window_at(day, 2), by=cast.second_clerk)
    verbs.begin(ticket=one.id, by=cast.clerk)
    verbs.finish(ticket=one.id, by=cast.clerk)
    verbs.no_show(ticket=two.id, by=cast.second_clerk)
    assert board_of(cast.north, 4).rows == []


def test_an_estimate_needs_people_and_an_open_window(cast: Cast, day: ServiceDay) -> None:
    serve(cast, day, NINE, 10)
    serve(cast, day, NINE + timedelta(minutes=10), 10)
    with clock.at(NINE + timedelta(minutes=20)):
        assert estimate(day, Series.ORDINARY, 3) is None
    serve(cast, day, NINE + timedelta(minutes=20), 10)
    with clock.at(NINE + timedelta(minutes=30)):
        # Ten minutes each, without spread, at two windows: the fourth is called after twenty.
        assert estimate(day, Series.ORDINARY, 3) == (20, 25)
        actions.pause(window=window_at(day, 2), by=cast.second_clerk)
        assert estimate(day, Series.ORDINARY, 3) == (40, 45)
        actions.pause(window=window_at(day), by=cast.clerk)
        assert estimate(day, Series.ORDINARY, 3) is None


def test_only_the_last_hour_counts_once_it_saw_enough(cast: Cast, day: ServiceDay) -> None:
    for number in range(3):
        serve(cast, day, NINE + timedelta(minutes=30 * number), 30)
    for number in range(3):
        serve(cast, day, NINE + timedelta(minutes=150 + 5 * number), 5)
    with clock.at(NINE + timedelta(minutes=165)):
        assert estimate(day, Series.ORDINARY, 1) == (5, 10)


@pytest.mark.parametrize(
    ("minutes", "windows", "waiting", "ahead", "range_"),
    [
        ([10, 10, 10], [BOTH], {}, 0, (10, 15)),
        ([10, 10, 10], [BOTH, frozenset("G")], {}, 0, (10, 15)),
        ([10, 10, 10], [frozenset("A")] * 4, {}, 7, (20, 25)),
        # A window of two series divides itself: two of three who wait there are of the other series.
        ([10, 10, 10], [BOTH], {"G": 2}, 0, (30, 35)),
        ([5, 10, 15], [BOTH], {}, 0, (0, 20)),
        ([5, 10, 15] * 20, [frozenset("A")] * 2, {"A": 9}, 9, (40, 60)),
        ([10, 10], [BOTH], {}, 0, None),
        ([10, 10, 10], [frozenset("G")], {}, 0, None),
        ([10, 10, 10], [], {}, 0, None),
    ],
)
def test_the_range(
    minutes: list[float],
    windows: list[frozenset[str]],
    waiting: dict[str, int],
    ahead: int,
    range_: tuple[int, int] | None,
) -> None:
    assert Pace(minutes, windows, waiting).estimate("A", ahead) == range_


@pytest.mark.parametrize(("minutes", "words"), [((15, 25), "约 15～25 分"), ((0, 5), "5 分以内"), (None, "")])
def test_a_range_in_words(minutes: tuple[int, int] | None, words: str) -> None:
    assert range_words(minutes) == words


def test_a_line_for_each_series_that_is_served(cast: Cast, day: ServiceDay) -> None:
    take(cast), take(cast), take(cast, Series.GREEN)
    assert [(line.series, line.waiting) for line in lines_of(day)] == [("A", 2), ("G", 1)]


def test_the_page_and_its_fragment(cast: Cast, client: Client, day: ServiceDay, settings: object) -> None:
    settings.ZAIGANG_LIVE = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    take(cast), take(cast)
    verbs.call(window=window_at(day), by=cast.clerk)
    actions.pause(window=window_at(day, 2), by=cast.second_clerk)
    token = device_token(Device.BOARD, cast.north.pk)
    page = client.get(reverse("hall:board", kwargs={"token": token}), {"inches": "55", "metres": "8"})
    part = client.get(reverse("hall:board_part", kwargs={"token": token})).content.decode()
    assert f'data-live="http://127.0.0.1:9/live/board/{token}"' in page.content.decode()
    assert "connect-src 'self' http://127.0.0.1:9;" in page.headers["Content-Security-Policy"] + ";"
    for body in (page.content.decode(), part):
        assert 'data-key="A001-1-1"' in body
        assert (
            'data-text="请 A零零幺 号，到 1 号窗口" data-clips="please a 0 0 1 number to one window"' in body
        )
        assert "2 号窗口暂停" in body
        assert "过号请到导办台，不用重新取号" in body


def test_the_board_of_another_office_shows_nothing_of_it(cast: Cast, client: Client, day: ServiceDay) -> None:
    take(cast)
    verbs.call(window=window_at(day), by=cast.clerk)
    south = reverse("hall:board_part", kwargs={"token": device_token(Device.BOARD, cast.south.pk)})
    assert "A001" not in client.get(south).content.decode()


def test_the_board_says_when_the_doors_open(cast: Cast, client: Client) -> None:
    address = reverse("hall:board_part", kwargs={"token": device_token(Device.BOARD, cast.north.pk)})
    assert "现在没有放号" in client.get(address).content.decode()
    prepared(cast)
    assert "8:30 开门" in client.get(address).content.decode()


def test_sizes_come_as_a_style_sheet(cast: Cast, client: Client) -> None:
    address = reverse("hall:board_sizes", kwargs={"token": device_token(Device.BOARD, cast.north.pk)})
    answer = client.get(address, {"inches": "55", "metres": "8"})
    assert (answer.headers["Content-Type"], answer.content.decode()) == (
        "text/css",
        ":root{--key:8.03vw;--small:4.2vw}",
    )
    assert client.get(address, {"inches": "1e9", "metres": "x"}).content == answer.content
