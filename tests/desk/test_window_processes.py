"""Twelve windows, two servers, one killed in the middle: no number twice, nobody called twice, nothing half."""

import random
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.db.models import Count

from tests.cast import Cast, make_cast, make_staff
from tests.conftest import TODAY
from tests.factories.claims import BLANKS, FILLED
from tests.factories.halls import BOTH
from tests.factories.rosters import imported, row, some_closure
from tests.processes import wait_until
from tests.serving import Answer, Client, Lost, served, signed_in
from zaigang.claims.models import Claim, Draft, Payment, Registration
from zaigang.claims.one_stop.asking import answered, question
from zaigang.claims.one_stop.drafting import save_draft
from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.hall.checklist import Check
from zaigang.hall.enums import Service, TicketState
from zaigang.hall.models import ServiceDay, Ticket, TicketEvent, Window
from zaigang.hall.verbs import take
from zaigang.ledger.models import Entry
from zaigang.ledger.queries import broken_links
from zaigang.offices.enums import Role
from zaigang.offices.models import Staff
from zaigang.roster.models import Case, Closure

WINDOWS, PEOPLE = 12, 60


@pytest.fixture
def hall(transactional_db: None, tmp_path: Path) -> tuple[Cast, Closure, ServiceDay, list[Staff]]:
    """An open day with twelve clerks at twelve windows, and sixty people whose forms are filled in."""
    cast = make_cast()
    closure = some_closure(cast)
    imported(cast, closure, tmp_path, [row(serial) for serial in range(1, PEOPLE + 1)])
    clerks = [make_staff(f"window{n}", f"窗口{n}", Role.CLERK, cast.north) for n in range(1, WINDOWS + 1)]
    day = actions.prepare_day(office=cast.north, day=clock.today(), by=cast.director)
    for number, clerk in enumerate(clerks, start=1):
        window = actions.set_window(service_day=day, number=number, serves=BOTH, by=cast.director)
        actions.sit_down(window=window, by=clerk)
    actions.open_day(service_day=day, checked=Check.values, by=cast.director)
    for case in closure.cases.all():
        save_draft(case=case, **FILLED, blanks=BLANKS, corrections={}, by=cast.clerk)
    return cast, closure, day, clerks


class WindowClerk(threading.Thread):
    """Calls, finds out who it is, confirms; after a server died, goes on at the other one and presses again."""

    def __init__(
        self, window: Window, ports: list[int], cookies: str, waiting: list[tuple[str, str]]
    ) -> None:
        super().__init__()
        self.window, self.ports, self.cookies, self.waiting = window, ports, cookies, waiting
        self.client = Client(ports[window.number % len(ports)], cookies)
        self.confirmed: list[UUID] = []
        self.trouble: list[str] = []

    def run(self) -> None:
        try:
            while self.serve_one() and not self.trouble:
                pass
        except Exception as error:
            self.trouble.append(repr(error))
        finally:
            self.client.close()
            connections.close_all()

    def post(self, path: str, fields: dict[str, object]) -> Answer:
        for _try in range(20):
            try:
                return self.client.post(path, fields)
            except Lost:
                other = [port for port in self.ports if port != self.client.port]
                self.client = Client(random.choice(other), self.cookies)
        raise AssertionError("no server is left")

    def serve_one(self) -> bool:
        self.post("/window/call/", {"window": self.window.pk})
        ticket = Ticket.objects.filter(window=self.window, state__in=("called", "serving")).first()
        if ticket is None:
            return False
        if ticket.state == TicketState.CALLED:
            case, digest = self.waiting.pop()
            self.post("/window/identify/", {"ticket": ticket.pk, "case": case})
            self.digest = digest
        once = uuid4()
        sent = {"once": once, "digest": self.digest, "outcome": "grant", "reason": ""}
        first = self.post(f"/window/submit/{ticket.pk}/", sent)
        again = self.post(f"/window/submit/{ticket.pk}/", sent)  # a double click
        if not first.location == again.location == f"/window/done/{once}/":
            self.trouble.append(f"{ticket}: {first} {again}")
        self.confirmed.append(once)
        return True


def digest_of(case: Case) -> str:
    asked = question(case, on=clock.today(), fixed=None, carried=None, corrections={})
    return answered(asked)[1].hex()


@pytest.mark.parametrize("seed", [1, 2])
def test_twelve_windows_two_servers_one_killed(
    hall: tuple[Cast, Closure, ServiceDay, list[Staff]], seed: int
) -> None:
    cast, closure, day, clerks = hall
    cases = list(closure.cases.select_related("worker", "closure__office"))
    waiting = [(str(case.pk), digest_of(case)) for case in cases]
    random.Random(seed).shuffle(waiting)
    for _person in range(PEOPLE):
        take(office=cast.north, service=Service.ONE_STOP)
    cookies = [signed_in(clerk) for clerk in clerks]
    windows = list(day.windows.order_by("number"))
    with served() as one, served() as two:
        threads = [
            WindowClerk(window, [one.port, two.port], cookie, waiting)
            for window, cookie in zip(windows, cookies, strict=True)
        ]
        for thread in threads:
            thread.start()
        # In the middle: some are done, most are not.
        wait_until(lambda: sum(len(thread.confirmed) for thread in threads) >= 5 * seed, seconds=60)
        one.kill()
        done_by_then = sum(len(thread.confirmed) for thread in threads)
        for thread in threads:
            thread.join(90)
    assert done_by_then < PEOPLE
    assert [trouble for thread in threads for trouble in thread.trouble] == []
    whole_and_once(closure)


def whole_and_once(closure: Closure) -> None:
    """Every number once, everybody called once, every registration with its claim, schedule, ledger and ticket."""
    tickets = Ticket.objects.all()
    assert sorted(tickets.values_list("number", flat=True)) == list(range(1, PEOPLE + 1))
    assert dict(tickets.order_by().values_list("state").annotate(n=Count("pk"))) == {"done": PEOPLE}
    acts = (
        TicketEvent.objects.order_by()
        .values_list("act")
        .annotate(n=Count("pk"), t=Count("ticket", distinct=True))
    )
    assert {act: (n, t) for act, n, t in acts} == dict.fromkeys(
        ("take", "call", "identify", "finish"), (PEOPLE, PEOPLE)
    )
    assert (Registration.objects.count(), Claim.objects.count()) == (PEOPLE, PEOPLE)
    assert Registration.objects.values("number").distinct().count() == PEOPLE
    months = Payment.objects.order_by().values_list("claim").annotate(n=Count("pk"))
    assert {n for _claim, n in months} == {24}
    assert set(closure.cases.values_list("state", flat=True)) == {"registered"}
    assert not Draft.objects.exists()
    told = Entry.objects.filter(verb__in=("claims.registered", "claims.claimed", "hall.served"))
    assert dict(
        told.order_by().values_list("verb").annotate(n=Count("subject", distinct=True))
    ) == dict.fromkeys(("claims.registered", "claims.claimed", "hall.served"), PEOPLE)
    assert list(broken_links()) == []
    assert not Registration.objects.filter(claim__isnull=True).exists()


def test_numbers_from_many_kiosks_have_neither_gap_nor_double(
    hall: tuple[Cast, Closure, ServiceDay, list[Staff]],
) -> None:
    cast = hall[0]

    def press() -> None:
        with clock.at(TODAY):  # a thread of its own does not see the test's clock
            for _press in range(25):
                once = uuid4()
                first = take(office=cast.north, service=Service.JOBS, once=once)
                assert take(office=cast.north, service=Service.JOBS, once=once).number == first.number
        connection.close()

    threads = [threading.Thread(target=press) for _kiosk in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 201))
