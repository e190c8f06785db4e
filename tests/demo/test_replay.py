"""A small surge, replayed once: whatever the days bring, the figures agree with what lies behind them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.claims.test_budget import recounted
from zaigang.claims.budget import Assumption, shares
from zaigang.claims.models import Claim, Draft, Payment, PaymentList
from zaigang.claims.queries.budget import budget_of
from zaigang.cli.demo import _invite
from zaigang.cli.examination import examine
from zaigang.demo.people.staff import POSTS
from zaigang.demo.replay import FIRST_SERVICE_DAY, MONTH_END, Replayed, replay
from zaigang.demo.replay.calendar import moment
from zaigang.demo.replay.month_end import WAITING_GREEN, WAITING_ORDINARY
from zaigang.foundation import clock
from zaigang.hall.enums import DayState, TicketState
from zaigang.hall.models import ServiceDay, Ticket
from zaigang.hall.queries import figures_of
from zaigang.ledger.queries import broken_links
from zaigang.offices.models import Posting, Staff
from zaigang.outcomes.funnel import funnel, replay_differences

pytestmark = pytest.mark.django_db
PEOPLE, DAYS = 300, 2
SECOND_DAY = date(2016, 1, 12)


def quietly(label: str, items: Any) -> Any:
    return items


def figures(replayed: Replayed) -> dict[str, Any]:
    """What two runs with one seed must agree on."""
    assert replayed.payments is not None
    days = figures_of(ServiceDay.objects.filter(day__lt=MONTH_END).order_by("day"))
    return {
        "states": funnel(replayed.closure.pk, replayed.today).states,
        "waits": [(day.day.day, day.taken, day.wait_median, day.wait_p95) for day in days],
        "claims": sorted(Claim.objects.values_list("case__number", "outcome", "state", "made_at")),
        "paid": (replayed.payments.persons, replayed.payments.control_sum),
    }


def small_surge(folder: Path) -> Replayed:
    return replay(folder, progress=quietly, seed=7, people=PEOPLE, days=DAYS)


@pytest.fixture(scope="module")
def first_run(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The figures of a run that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = figures(small_surge(tmp_path_factory.mktemp("rosters")))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def replayed(
    first_run: dict[str, Any], django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Replayed]:
    """The surge in one transaction around all tests; what each of them changes is undone, and in the end the whole."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_surge(tmp_path_factory.mktemp("rosters"))
        transaction.set_rollback(True)


def one_value(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("day", "registered"),
    [
        (date(2016, 1, 8), 0),
        (FIRST_SERVICE_DAY, 40),
        (SECOND_DAY, 76),
        (date(2016, 1, 20), 76),
        (MONTH_END, 76),
    ],
)
def test_every_day_reconciles(replayed: Replayed, day: date, registered: int) -> None:
    found = funnel(replayed.closure.pk, day)
    assert (found.people, found.reconciles, found.states["awaiting_repair"]) == (PEOPLE, True, 0)
    assert sum(found.states.values()) - found.states["not_reached"] == registered


def test_nobody_was_sent_home(replayed: Replayed) -> None:
    days = figures_of(ServiceDay.objects.filter(day__lt=MONTH_END).order_by("day"))
    assert [(one.day.day, one.day.state) for one in days] == [
        (FIRST_SERVICE_DAY, DayState.CLOSED), (SECOND_DAY, DayState.CLOSED),
    ]  # fmt: skip
    assert [(one.served == one.taken, one.sent_away, one.left) for one in days] == [(True, 0, 0)] * 2


def test_the_list_pays_what_is_due_that_month(replayed: Replayed) -> None:
    [made] = PaymentList.objects.all()
    assert made == replayed.payments
    due = """
        SELECT coalesce(sum((line ->> 'yuan')::numeric), 0)
        FROM claims_claim c JOIN claims_ruling r ON r.id = c.ruling_id,
            jsonb_array_elements(r.body -> 'payments') line
        WHERE c.state = 'approved' AND c.outcome = 'grant' AND line ->> 'month' = '2016-01'
    """
    assert made.control_sum == one_value(due) > Decimal(0)
    assert made.persons == Claim.objects.filter(state="approved", outcome="grant").count()


def test_every_line_leads_to_the_decision_that_names_it(replayed: Replayed) -> None:
    unexplained = """
        SELECT count(*) FROM claims_payment p
        JOIN claims_claim c ON c.id = p.claim_id
        JOIN claims_ruling r ON r.id = c.ruling_id
        WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(r.body -> 'payments') line
            WHERE line ->> 'month' = to_char(p.month, 'YYYY-MM')
            AND (line ->> 'yuan')::numeric IS NOT DISTINCT FROM p.yuan
        )
    """
    assert one_value(unexplained) == 0


def test_the_ledger_is_whole_and_says_what_the_cases_say(replayed: Replayed) -> None:
    assert list(broken_links()) == []
    assert replay_differences(replayed.closure.pk) == []
    assert [finding.name for finding in examine() if not finding.ok] == []


def test_the_surge_has_the_exceptions_that_an_office_meets(replayed: Replayed) -> None:
    outcomes = set(Claim.objects.values_list("outcome", "differs"))
    assert outcomes >= {("grant", False), ("refuse", False), ("refuse", True), ("hold", True)}
    assert Claim.objects.filter(differs=True).count() == 2
    assert sorted(Claim.objects.exclude(stop_reason="").values_list("stop_reason", flat=True)) == [
        *["41"] * 5, "44", "90",
    ]  # fmt: skip
    assert not Draft.objects.exists()


def test_three_people_sign(replayed: Replayed) -> None:
    signed = Claim.objects.filter(state="approved").values_list("made_by", "checked_by", "approved_by")
    assert {len(set(three)) for three in signed} == {3}
    assert not Claim.objects.filter(state="returned").exists()


def test_the_sign_ins_that_are_shown_stay_few(replayed: Replayed, capsys: pytest.CaptureFixture[str]) -> None:
    _invite(8000)
    shown = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert sorted(shown) == sorted(username for username, _role, _office in POSTS)
    lent = Posting.objects.filter(lent_by__isnull=False, office__code="370299001", until=date(2016, 1, 31))
    assert lent.count() == 7


def test_a_visitor_sits_down_as_clerk1_and_serves_somebody(replayed: Replayed) -> None:
    with clock.at(moment(MONTH_END, 9, 35)):
        waiting = Ticket.objects.filter(state=TicketState.WAITING)
        assert waiting.count() == WAITING_GREEN + WAITING_ORDINARY
        client = Client()
        client.force_login(
            Staff.objects.get(username="clerk1"), "allauth.account.auth_backends.AuthenticationBackend"
        )
        window = ServiceDay.objects.get(day=MONTH_END).windows.get(number=1)
        client.post(reverse("desk:sit_down"), {"window": window.pk})
        client.post(reverse("desk:call"), {"window": window.pk})
        ticket = Ticket.objects.select_related("case").get(window=window)
        assert ticket.state == TicketState.CALLED and ticket.case is not None
        client.post(reverse("desk:identify"), {"ticket": ticket.pk, "case": ticket.case.pk})
        assert client.get(reverse("desk:serve", args=[ticket.pk])).status_code == 200


def test_one_seed_gives_one_story(first_run: dict[str, Any], replayed: Replayed) -> None:
    assert figures(replayed) == first_run


def test_the_forecast_is_what_the_engine_says_of_each_and_what_is_granted(replayed: Replayed) -> None:
    closure, today = replayed.closure, replayed.today
    found = budget_of([closure], Assumption(), today)
    (standing,) = found.standings
    likely = shares(Assumption(), left=standing.left, pace=standing.pace, today=today).tolist()
    assert (standing.left > 0, standing.pace > 0) == (True, True)
    assert {line.month: line.likely for line in found.lines if line.likely} == recounted(
        closure, likely, today
    )
    granted = Payment.objects.filter(month__gte=today.replace(day=1), claim__outcome="grant")
    kept = granted.exclude(state="stopped").exclude(claim__state="returned")
    assert found.total().granted == sum(one.yuan for one in kept if one.yuan is not None)
    assert found.total().persons == kept.count()
