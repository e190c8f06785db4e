"""The month's run: what needs no person goes out, the rest is listed with its reason; again is the same."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from procrastinate.contrib.django import app
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, make_cast
from tests.factories.claims import approved, checked, claimants, month
from tests.factories.rosters import id_number, some_closure
from tests.processes import run_beside, wait_until
from zaigang.claims.actions import (
    approve,
    fix_months,
    make_list,
    release,
    release_due,
    set_monthly_rule,
    start_due_runs,
    start_run,
    stop,
    suspend,
)  # fmt: skip
from zaigang.claims.budget import Assumption
from zaigang.claims.enums import Attention, SuspendReason
from zaigang.claims.errors import NotDue
from zaigang.claims.models import Claim, Payment
from zaigang.claims.queries.budget import budget_of
from zaigang.claims.queries.monthly import attention, left_over, rule_of
from zaigang.foundation import clock
from zaigang.jobs.enums import JobState
from zaigang.jobs.models import Job
from zaigang.jobs.tasks import execute
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity, operator
from zaigang.roster.models import Case, Closure

JANUARY, FEBRUARY = month("2016-01"), month("2016-02")
NAMES = ("王建甲", "李建乙", "赵建丙", "钱建丁")
ADDRESS = ["370299001", "2016-01"]


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    return claimants(cast, closure, tmp_path, *NAMES)


def exact(cast: Cast, case: Case) -> Claim:
    """A claim whose months the agency fixed; the approval releases them, so they are planned anew here."""
    fix_months(case=case, months=24, document="核定表", by=cast.clerk)
    claim = approved(cast, Case.objects.select_related("worker", "closure__office").get(pk=case.pk))
    planned_again(claim)
    return claim


def planned_again(claim: Claim) -> None:
    claim.payments.update(state="planned", released_by=None, released_at=None)


def reasons(cast: Cast, of: date = JANUARY) -> dict[str, int]:
    return {
        str(reason): len(found) for reason, found in attention(cast.north, of, rule_of(cast.north)).items()
    }


def leftover(cast: Cast) -> list[tuple[date, int]]:
    """What February finds of earlier months."""
    return [(one.month, one.persons) for one in left_over(cast.north, FEBRUARY, rule_of(cast.north))]


def run(cast: Cast, by: Any = None, of: date = JANUARY) -> Job:
    job = start_run(office=cast.north, month=of, by=by or cast.clerk)
    execute(job.pk)
    job.refresh_from_db()
    return job


def test_a_run_releases_what_is_exact_and_lists_who_wants_a_clerk(cast: Cast, cases: list[Case]) -> None:
    certain, bound = exact(cast, cases[0]), approved(cast, cases[1])
    checked(cast, cases[2])
    assert reasons(cast) == {"due": 1, "within_bound": 1, "unsigned": 1}
    job = run(cast)
    assert (job.state, job.result) == (
        JobState.DONE, {"released": 1, "waiting": {"within_bound": 1, "unsigned": 1}},
    )  # fmt: skip
    assert certain.payments.get(month=JANUARY).state == "released"
    assert set(certain.payments.exclude(month=JANUARY).values_list("state", flat=True)) == {"planned"}
    assert bound.payments.get(month=JANUARY).state == "planned"
    told = Entry.objects.filter(verb="claims.released").values_list("subject", "actor", "facts")
    assert list(told) == [(certain.case_id, cast.clerk.pk, {"month": "2016-01", "job": str(job.pk)})]


def test_a_second_run_changes_nothing(cast: Cast, cases: list[Case]) -> None:
    for case in cases[:2]:
        exact(cast, case)
    first = run(cast)
    before = list(Payment.objects.order_by("pk").values())
    second = run(cast)
    assert (first.result["released"], second.result["released"], second.pk != first.pk) == (2, 0, True)
    assert list(Payment.objects.order_by("pk").values()) == before
    assert Entry.objects.filter(verb="claims.released").count() == 2


def test_a_late_approval_goes_out_with_the_next_batch(cast: Cast, cases: list[Case]) -> None:
    exact(cast, cases[0])
    fix_months(case=cases[1], months=24, document="核定表", by=cast.clerk)
    late = checked(cast, cases[1])
    run(cast)
    assert make_list(office=cast.north, month=JANUARY, by=cast.director).persons == 1
    with clock.at(date(2016, 2, 3)):
        approve(claims=[late.pk], by=cast.director)
        assert run(cast, of=FEBRUARY).result == {"released": 1, "waiting": {}}
        assert [(one.month, one.persons) for one in left_over(cast.north, FEBRUARY, rule_of(cast.north))] == [
            (JANUARY, 1)
        ]
        made = make_list(office=cast.north, month=JANUARY, by=cast.director)
    assert (made.batch, made.persons, leftover(cast)) == (2, 1, [])


def test_what_was_approved_after_the_cut_off_waits_for_the_next_month(cast: Cast, cases: list[Case]) -> None:
    set_monthly_rule(office=cast.north, cut_off_day=15, starts_on_day=None, by=cast.director)
    exact(cast, cases[0])
    with clock.at(date(2016, 1, 18)):
        late = exact(cast, cases[1])
        run(cast)
        assert reasons(cast) == {"after_cut_off": 1}
        assert make_list(office=cast.north, month=JANUARY, by=cast.director).persons == 1
        assert late.payments.get(month=JANUARY).state == "released"
    with clock.at(date(2016, 2, 1)):
        assert [(one.month, one.persons) for one in left_over(cast.north, FEBRUARY, rule_of(cast.north))] == [
            (JANUARY, 1)
        ]
        assert make_list(office=cast.north, month=JANUARY, by=cast.director).batch == 2


def test_on_the_cut_off_day_itself_one_is_in_time(cast: Cast, cases: list[Case]) -> None:
    set_monthly_rule(office=cast.north, cut_off_day=18, starts_on_day=None, by=cast.director)
    with clock.at(date(2016, 1, 18)):
        exact(cast, cases[0])
        run(cast)
    with clock.at(date(2016, 1, 20)):
        assert make_list(office=cast.north, month=JANUARY, by=cast.director).persons == 1


def test_stopped_months_and_those_to_come_stay(cast: Cast, cases: list[Case]) -> None:
    claim = exact(cast, cases[0])
    with clock.at(date(2016, 2, 10)):
        stop(claim=claim, reason="41", on=date(2016, 2, 1), evidence="劳动合同", by=cast.clerk)
        assert run(cast, of=FEBRUARY).result["released"] == 1
    states = dict(claim.payments.values_list("month", "state"))
    assert (states[JANUARY], states[FEBRUARY], states[month("2016-03")]) == ("released", "stopped", "stopped")
    with pytest.raises(NotDue):
        start_run(office=cast.north, month=FEBRUARY, by=cast.clerk)


def test_what_is_on_hold_waits_in_the_run_and_in_the_forecast(cast: Cast, cases: list[Case]) -> None:
    held, going = exact(cast, cases[0]), exact(cast, cases[1])
    reason, evidence = SuspendReason.MAYBE_WORKING, "参保查询"
    suspend(claim=held, reason=reason, until=date(2016, 2, 1), evidence=evidence, by=cast.clerk)
    assert run(cast).result == {"released": 1, "waiting": {"held": 1}}
    states = dict(Payment.objects.filter(month=JANUARY).values_list("claim", "state"))
    assert states == {held.pk: "held", going.pk: "released"}
    january = budget_of([held.case.closure], Assumption(), JANUARY).by_month()[0]
    assert (january.persons, january.exact, january.bound) == (2, 950, 950)


def test_nobody_releases_the_own_month(cast: Cast, cases: list[Case]) -> None:
    exact(cast, cases[0])
    note_identity(staff=cast.outsider, id_number=id_number(1), by=cast.director)
    assert release_due(office=cast.north, month=JANUARY, at_most=9, run=None, by=cast.outsider) == 0
    assert release_due(office=cast.north, month=JANUARY, at_most=9, run=None, by=cast.clerk) == 1


def test_each_reason_has_its_people(cast: Cast, cases: list[Case]) -> None:
    near, beyond, unknown, late = (approved(cast, case) for case in cases)
    Claim.objects.filter(pk=near.pk).update(facts=near.facts | {"born": "1956-02-20"})
    beyond.payments.filter(month=JANUARY).update(draw=25)
    unknown.payments.filter(month=JANUARY).update(yuan=None)
    release(office=cast.north, month=JANUARY, payments=[late.payments.get(month=JANUARY).pk], by=cast.clerk)
    found = attention(cast.north, JANUARY, rule_of(cast.north))
    claims = {
        str(reason): [Payment.objects.get(pk=pk).claim_id for pk in payments]
        for reason, payments in found.items()
    }
    assert claims == {
        "unknown": [unknown.pk], "extension": [beyond.pk], "within_bound": [near.pk], "retiring": [near.pk],
    }  # fmt: skip
    assert list(found) == [one for one in Attention if one in found]


def test_the_calendar_starts_a_month_once_and_only_where_a_day_was_chosen(
    cast: Cast, cases: list[Case]
) -> None:
    exact(cast, cases[0])
    assert start_due_runs() == []
    set_monthly_rule(office=cast.north, cut_off_day=None, starts_on_day=12, by=cast.director)
    assert start_due_runs() == []
    with clock.at(date(2016, 1, 12)):
        (job,) = start_due_runs()
        assert (job.asked_by, job.office, job.arguments) == (operator(), cast.north, {"month": "2016-01"})
        assert start_due_runs() == []
        execute(job.pk)
        assert start_due_runs() == []
    assert ("claims.start_due_runs", "") in app.periodic_registry.periodic_tasks


def test_a_rule_is_told_once_and_takes_days_that_every_month_has(cast: Cast) -> None:
    for _again in range(2):
        set_monthly_rule(office=cast.north, cut_off_day=15, starts_on_day=25, by=cast.director)
    assert Entry.objects.filter(verb="claims.monthly_rule_set").count() == 1
    with pytest.raises(ValidationError):
        set_monthly_rule(office=cast.north, cut_off_day=31, starts_on_day=None, by=cast.director)


@pytest.mark.django_db(transaction=True)
def test_a_run_killed_in_the_middle_ends_with_the_same_result(tmp_path: Path) -> None:
    cast = make_cast()
    names = [f"工{n:02d}" for n in range(8)]
    for case in claimants(
        cast, some_closure(cast), tmp_path, *(f"工建{'甲乙丙丁戊己庚辛'[n]}" for n in range(8))
    ):
        exact(cast, case)
    job = start_run(office=cast.north, month=JANUARY, by=cast.clerk)
    workers = [run_beside(SLOW_WORKER)]
    try:
        wait_until(lambda: Payment.objects.filter(state="released").count() >= 3, *workers)
        workers[0].kill()
        workers[0].wait(10)
        workers.append(run_beside(SLOW_WORKER))
        wait_until(lambda: Job.objects.get(pk=job.pk).state == "done", workers[1], seconds=40)
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
    assert Job.objects.get(pk=job.pk).result == {"released": len(names), "waiting": {}}
    assert Payment.objects.filter(state="released").count() == 8
    assert Entry.objects.filter(verb="claims.released").count() == 8


#: Releases one at a time, slowly, so that it can be killed between two.
SLOW_WORKER = """
import time
from zaigang.claims import actions, jobs
from zaigang.jobs import worker
jobs.AT_ONCE, worker.DEAD_AFTER = 1, 1
real = actions.release_due
def slowly(**asked):
    time.sleep(0.3)
    return real(**asked)
actions.release_due = slowly
worker.work()
"""


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_takes_the_same_statements_however_many_people(
    sign_in: Any,
    cast: Cast,
    cases: list[Case],
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for case in cases[:number]:
        exact(cast, case)
    client = sign_in(cast.clerk)
    with django_assert_num_queries(12):
        page = client.get(reverse("claims:run", args=ADDRESS))
    (group,) = page.context["page"].groups
    assert [row.name for row in group.rows] == list(NAMES[:number])


def test_a_run_is_started_and_its_protocol_read(sign_in: Any, cast: Cast, cases: list[Case]) -> None:
    exact(cast, cases[0])
    client, address = sign_in(cast.clerk), reverse("claims:run", args=ADDRESS)
    waiting = client.post(reverse("claims:start_run", args=ADDRESS), follow=True)
    assert waiting.context["page"].last.job.state == JobState.WAITING
    assert "hx-get" in waiting.content.decode()
    execute(waiting.context["page"].last.job.pk)
    done = client.get(address)
    line = done.context["page"].last
    assert (line.job.asked_by, line.job.result["released"], line.waiting) == (cast.clerk, 1, [])
    assert (done.context["page"].released, "hx-get" in done.content.decode()) == (1, False)


def test_the_director_chooses_and_the_clerk_reads(sign_in: Any, cast: Cast) -> None:
    address = reverse("claims:monthly_rule", args=ADDRESS)
    assert sign_in(cast.clerk).post(address, {"cut_off_day": "15"}).status_code == 403
    client = sign_in(cast.director)
    assert client.post(address, {"cut_off_day": "31"}).status_code == 422
    assert client.post(address, {"cut_off_day": "15"}).status_code == 302
    page = sign_in(cast.clerk).get(reverse("claims:run", args=ADDRESS))
    assert "每月 15 日为止审批的，当月发" in page.content.decode()
