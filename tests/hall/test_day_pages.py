"""The pages with which the hall's day is run: every state, every role, and errors that lose nothing."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.halls import opened, prepared, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.checklist import Check
from zaigang.hall.enums import DayState, Series, Service, WindowState
from zaigang.hall.models import ServiceDay, Window
from zaigang.offices.enums import Role

SignIn = Callable[..., Client]
TODAY = "/hall/"
NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)
RUNS = {"clerk", "director"}


def take(cast: Cast, number: int = 1, **more: Any) -> list[verbs.Moved]:
    return [verbs.take(office=cast.north, service=Service.JOBS, **more) for _one in range(number)]


def serve(cast: Cast, day: ServiceDay) -> None:
    moved = verbs.call(window=window_at(day), by=cast.clerk)
    verbs.begin(ticket=moved.id, by=cast.clerk)
    verbs.finish(ticket=moved.id, by=cast.clerk)


def opening_of(day: ServiceDay) -> str:
    return reverse("hall:opening", args=[day.pk])


def form_of(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What the browser sends for the opening page as it was loaded, with some fields changed."""
    context = page.context  # type: ignore[attr-defined]
    form = context["form"]
    sent: dict[str, Any] = {
        "opens_at": f"{form['opens_at'].value():%H:%M}",
        "closes_at": f"{form['closes_at'].value():%H:%M}",
        "seats": form["seats"].value() or "",
        "checked": list(form["checked"].value() or []),
    }
    for one in [*context["windows"], context["new"]]:
        for name in ("serves", "staff"):
            sent[one.add_prefix(name)] = one[name].value() or ""
            sent[one.add_initial_prefix(name)] = one[name].initial or ""
    sent["new-number"] = ""
    return {name: value for name, value in (sent | changes).items() if value != ""} | {
        name: "" for name, value in (sent | changes).items() if value == "" and name.endswith("staff")
    }


def seat(number: int, staff: Any) -> dict[str, str]:
    return {f"w{number}-staff": str(staff.pk) if staff else ""}


def test_no_day_yet_offers_to_prepare_it_to_those_who_may(cast: Cast, sign_in: SignIn) -> None:
    offers = {
        role: 'action="/hall/prepare/"' in sign_in(staff).get(f"{TODAY}?office={cast.north.code}").text
        for role, staff in cast.by_role().items()
    }
    assert offers == {role: role in RUNS for role in Role.values}


def test_preparing_leads_to_the_checklist_with_the_windows_of_the_day_before(
    cast: Cast, sign_in: SignIn
) -> None:
    with clock.at(NINE - timedelta(days=3)):
        prepared(cast, windows=3)
    answer = sign_in(cast.clerk).post("/hall/prepare/", follow=True)
    day = ServiceDay.objects.get(day=clock.today())
    assert answer.redirect_chain == [(opening_of(day), 302)]
    assert [form.window.number for form in answer.context["windows"]] == [1, 2, 3]


def test_only_clerk_and_director_prepare(cast: Cast, sign_in: SignIn) -> None:
    answers = {
        role: sign_in(staff).post("/hall/prepare/", {"office": cast.north.code}).status_code
        for role, staff in cast.by_role().items()
    }
    assert answers == {role: 302 if role in RUNS else 403 for role in Role.values}


@pytest.mark.parametrize("name", ["hall:opening", "hall:close_doors", "hall:open_again", "hall:end"])
def test_another_street_runs_nobody_else_s_day(cast: Cast, sign_in: SignIn, name: str) -> None:
    day = opened(cast)
    assert sign_in(cast.outsider).post(reverse(name, args=[day.pk])).status_code == 404
    day.refresh_from_db()
    assert day.state == DayState.OPEN


def test_another_street_sees_neither_today_nor_a_day(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    client = sign_in(cast.outsider)
    assert client.get(TODAY).context["office"] == cast.south
    paths = (TODAY, "/hall/days/", "/hall/days/2016-01-11/")
    assert [client.get(f"{path}?office={cast.north.code}").status_code for path in paths] == [404] * 3
    assert client.get("/hall/days/2016-01-11/").status_code == 404


def test_the_district_chooses_a_hall(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    client = sign_in(cast.district_viewer)
    first = client.get(TODAY)
    assert (first.context["office"], "请选一个大厅" in first.text) == (None, True)
    chosen = client.get(f"{TODAY}?office={cast.north.code}")
    assert (chosen.context["office"], chosen.context["may_run"]) == (cast.north, False)


def test_a_preparing_day_says_when_it_opens(cast: Cast, sign_in: SignIn) -> None:
    prepared(cast)
    page = sign_in(cast.director).get(TODAY)
    assert page.context["state"] == DayState.PREPARING
    assert "还没有开门，08:30 开门。" in page.text


def test_open_and_empty(cast: Cast, sign_in: SignIn) -> None:
    opened(cast)
    page = sign_in(cast.director).get(TODAY)
    assert (page.context["now"].waiting, page.context["now"].longest) == (0, None)
    assert "没有人在等。" in page.text
    assert 'hx-trigger="every 15s"' in page.text
    assert "hx-trigger" not in sign_in(cast.director).get(f"{TODAY}?still=1").text


@pytest.mark.parametrize("state", [None, *DayState])
def test_a_page_that_renews_itself_finds_its_part_in_every_state(
    cast: Cast, sign_in: SignIn, state: DayState | None
) -> None:
    if state == DayState.PREPARING:
        prepared(cast)
    elif state is not None:
        day = opened(cast)
        if state != DayState.OPEN:
            actions.close_doors(service_day=day, by=cast.director)
        if state == DayState.CLOSED:
            actions.end_day(service_day=day, by=cast.director)
    page = sign_in(cast.director).get(TODAY).text
    renewed = state in (DayState.OPEN, DayState.DOORS_CLOSED)
    assert ('id="hall-live"' in page, "hx-trigger" in page) == (True, renewed)


def test_busy(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    with clock.at(NINE - timedelta(minutes=24)):
        take(cast, 60)
    verbs.call(window=window_at(day), by=cast.clerk)
    page = sign_in(cast.officer).get(TODAY)
    assert "59 人在等，等得最久的 24 分。" in page.text
    assert [(one.window.number, str(one.ticket or "")) for one, _kind in page.context["windows"]] == [
        (1, "A001"),
        (2, ""),
    ]
    assert [str(ticket) for ticket, _kind in page.context["last"]] == ["A001"]


def test_doors_closed_with_twelve_inside_refuses_to_end(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    take(cast, 12)
    client = sign_in(cast.director)
    client.post(reverse("hall:close_doors", args=[day.pk]))
    refused = client.post(reverse("hall:end", args=[day.pk]))
    assert refused.status_code == 409
    assert "还有 12 人没有办完" in refused.text
    assert [str(ticket) for ticket, _kind in refused.context["inside"]] == [f"A{n:03d}" for n in range(1, 13)]


def test_a_closed_day_shows_its_figures_and_when_the_last_was_served(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    with clock.at(NINE + timedelta(hours=8)):
        take(cast, 2)
    with clock.at(NINE + timedelta(hours=8, minutes=23)):
        serve(cast, day), serve(cast, day)
    client = sign_in(cast.director)
    client.post(reverse("hall:close_doors", args=[day.pk]))
    answer = client.post(reverse("hall:end", args=[day.pk]), follow=True)
    assert "今天办了 2 人，最后一位 17:23 办完。" in answer.text
    assert (answer.context["figures"].served, answer.context["state"]) == (2, DayState.CLOSED)
    assert client.get(opening_of(day)).status_code == 302


def test_doors_open_again_with_the_checklist_of_the_morning(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    client = sign_in(cast.clerk)
    for name in ("hall:close_doors", "hall:open_again"):
        client.post(reverse(name, args=[day.pk]))
    day.refresh_from_db()
    assert (day.state, set(day.checked)) == (DayState.OPEN, set(Check.values))


def test_the_whole_checklist_opens_the_doors(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    page = client.get(opening_of(day))
    sent = form_of(page, seats="40", checked=Check.values, act="open", **seat(1, cast.clerk))
    assert client.post(opening_of(day), sent).status_code == 302
    day.refresh_from_db()
    assert (day.state, day.seats) == (DayState.OPEN, 40)
    assert window_at(day).staff == cast.clerk


def test_what_is_missing_is_said_and_the_rest_is_kept(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), closes_at="18:30", checked=["water", "kiosk"], act="open")
    answer = client.post(opening_of(day), sent)
    assert answer.status_code == 409
    assert "至少一个窗口有人坐、" in answer.context["trouble"].where
    assert answer.context["form"]["checked"].value() == ["water", "kiosk"]
    day.refresh_from_db()
    assert (day.state, day.closes_at) == (DayState.PREPARING, time(18, 30))


def test_saving_keeps_the_ticks_for_later(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), checked=["seats", "green"], act="save")
    page = client.post(opening_of(day), sent, follow=True)
    assert page.context["form"]["checked"].value() == ["seats", "green"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"closes_at": "07:00"}, "停止放号的时间要晚于开门"),
        ({"seats": "很多"}, "有内容要改"),
        ({"w1-serves": ""}, "至少选一种号"),
        ({"new-number": "2", "new-serves": ["A"]}, "这个窗口已经有了"),
        ({"new-number": "7"}, "至少选一种号"),
        ({"new-serves": ["G"]}, "请写窗口号"),
        ({"new-number": "100", "new-serves": ["G"]}, "99"),
    ],
)
def test_wrong_entries_are_said_and_nothing_is_written(
    cast: Cast, sign_in: SignIn, changes: dict[str, Any], where: str
) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), **({"opens_at": "07:30"} | changes))
    answer = client.post(opening_of(day), sent)
    assert (answer.status_code, where in answer.text) == (422, True)
    assert answer.context["form"]["opens_at"].value() == "07:30"
    day.refresh_from_db()
    assert (day.opens_at, day.windows.count()) == (time(8, 30), 2)


def test_each_error_of_a_window_leads_to_its_place(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), **{"w2-serves": "", "new-number": "2", "new-serves": ["A"]})
    answer = client.post(opening_of(day), sent)
    wrong = answer.context["wrong"]
    assert wrong == [
        ("id_w2-serves", "2号窗口", "至少选一种号"),
        ("id_new-number", "加一个窗口", "这个窗口已经有了，请在它那一行改"),
    ]
    assert [f'id="{place}"' in answer.text for place, _label, _text in wrong] == [True, True]


def test_windows_are_added_changed_and_taken_off(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.clerk)
    changes = {"w1-serves": ["G"], "new-number": "5", "new-serves": ["A"], "act": "remove-2"}
    sent = form_of(client.get(opening_of(day)), **changes, **{"new-staff": str(cast.officer.pk)})
    assert client.post(opening_of(day), sent).status_code == 302
    assert list(day.windows.values_list("number", "serves", "staff")) == [
        (1, ["G"], None),
        (5, ["A"], cast.officer.pk),
    ]


def test_a_window_that_called_somebody_is_not_taken_off(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    take(cast)
    serve(cast, day)
    client = sign_in(cast.clerk)
    answer = client.post(opening_of(day), form_of(client.get(opening_of(day)), act="remove-1"))
    assert (answer.status_code, answer.context["trouble"].what) == (409, "这个窗口今天已经叫过号")


def test_longer_hours_during_the_day(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    client = sign_in(cast.director)
    client.post(opening_of(day), form_of(client.get(opening_of(day)), closes_at="19:00", act="save"))
    day.refresh_from_db()
    assert (day.closes_at, day.state, set(day.checked)) == (time(19), DayState.OPEN, set(Check.values))


def test_two_people_change_places(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast, cast.clerk, cast.second_clerk)
    client = sign_in(cast.director)
    swap = seat(1, cast.second_clerk) | seat(2, cast.clerk)
    client.post(opening_of(day), form_of(client.get(opening_of(day)), **swap))
    assert list(day.windows.values_list("staff", "state")) == [
        (cast.second_clerk.pk, WindowState.OPEN),
        (cast.clerk.pk, WindowState.OPEN),
    ]


def test_somebody_who_sat_down_in_the_meantime_keeps_the_window(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    loaded = client.get(opening_of(day))
    actions.sit_down(window=window_at(day), by=cast.clerk)
    assert client.post(opening_of(day), form_of(loaded, act="save")).status_code == 302
    assert window_at(day).staff == cast.clerk
    answer = client.post(opening_of(day), form_of(loaded, **seat(1, cast.officer)))
    assert (answer.status_code, answer.context["trouble"].what) == (409, "这个窗口有人")
    assert window_at(day).staff == cast.clerk


def test_a_window_added_in_the_meantime_is_left_alone(cast: Cast, sign_in: SignIn) -> None:
    day = prepared(cast)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), act="save")
    actions.set_window(service_day=day, number=9, serves=[Series.GREEN], by=cast.clerk)
    assert client.post(opening_of(day), sent).status_code == 302
    assert window_at(day, 9).serves == ["G"]


def test_nobody_leaves_a_window_at_which_somebody_stands(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    take(cast)
    verbs.call(window=window_at(day), by=cast.clerk)
    client = sign_in(cast.director)
    sent = form_of(client.get(opening_of(day)), closes_at="19:00", **seat(1, None))
    answer = client.post(opening_of(day), sent)
    day.refresh_from_db()
    assert (answer.status_code, day.closes_at) == (409, time(17))
    assert answer.context["form"]["closes_at"].value() == "19:00"


def test_a_day_with_its_half_hours_and_windows(cast: Cast, sign_in: SignIn) -> None:
    day = opened(cast)
    take(cast, 2)
    serve(cast, day)
    page = sign_in(cast.auditor).get(f"/hall/days/2016-01-11/?office={cast.north.code}")
    assert [(one.starts_at, one.taken) for one in page.context["figures"].half_hours] == [(time(9), 2)]
    assert "办了 1 人，最后一位 09:00 办完。 没有人在等候时被劝走。" in page.text


@pytest.mark.parametrize("text", ["2016-01-10", "2016-13-01", "yesterday", "2016-01-12"])
def test_days_without_a_hall_are_no_pages(cast: Cast, sign_in: SignIn, text: str) -> None:
    opened(cast)
    assert sign_in(cast.director).get(f"/hall/days/{text}/").status_code == 404


def test_a_day_that_nobody_ended_is_ended_later(cast: Cast, sign_in: SignIn) -> None:
    with clock.at(NINE - timedelta(days=3)):
        day = opened(cast)
    client = sign_in(cast.director)
    page = client.get("/hall/days/2016-01-08/")
    assert page.context["may_end"] is True
    for name in ("hall:close_doors", "hall:end"):
        client.post(reverse(name, args=[day.pk]))
    assert client.get("/hall/days/2016-01-08/").context["may_end"] is False


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_equally_often_for_one_and_for_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for back in range(number):
        with clock.at(NINE - timedelta(days=back)):
            day = opened(cast, *(cast.clerk, cast.second_clerk, cast.officer)[:number], windows=number)
            take(cast, number)
    client = sign_in(cast.director)
    for path, queries in (
        (TODAY, QUERIES_OF_TODAY),
        (opening_of(day), QUERIES_OF_OPENING),
        ("/hall/days/", QUERIES_OF_DAYS),
        ("/hall/days/2016-01-11/", QUERIES_OF_A_DAY),
    ):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code in (200, 302), path


QUERIES_OF_TODAY, QUERIES_OF_OPENING, QUERIES_OF_DAYS, QUERIES_OF_A_DAY = 8, 7, 6, 7


def test_a_station_has_no_hall(cast: Cast, sign_in: SignIn) -> None:
    cast.officer.postings.update(office=cast.station)
    assert "您的机构没有大厅" in sign_in(cast.officer).get(TODAY).text


def test_windows_are_never_of_another_day(cast: Cast, sign_in: SignIn) -> None:
    """Numbers are unique within a day alone: taking one off must not find yesterday's."""
    with clock.at(date(2016, 1, 8)):
        prepared(cast, windows=3)
    day = actions.prepare_day(office=cast.north, day=clock.today(), by=cast.director)
    client = sign_in(cast.director)
    client.post(opening_of(day), form_of(client.get(opening_of(day)), act="remove-3"))
    assert list(
        Window.objects.values_list("service_day__day", "number").order_by("service_day__day", "number")
    ) == [
        *((date(2016, 1, 8), number) for number in (1, 2, 3)),
        *((date(2016, 1, 11), number) for number in (1, 2)),
    ]
