"""The one-stop confirmation: statements on the wire, and its share of what pgbench does with the same writes.

Twelve windows at once, signed in with the second factor, CSRF on, two server processes; the paper is printed after the
commit and not in it. pgbench: twelve clients, prepared statements, the same writes in several round trips, on the same
server. Shares are given on the clock and by CPU time, since other programs may run on the machine.
"""

import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.database import fresh_database
from benchmarks.processor import Meter
from benchmarks.wire import asker, statements

WINDOWS, EACH, ROUNDS = 12, 40, 5
LIMIT_STATEMENTS, LIMIT_SHARE = 12, 0.15
TODAY = date(2016, 1, 11)
BLANKS = {"registration": "unemployment_registration@2015", "claim": "benefit_claim@2015"}
ANSWERS = {
    "registration": {
        "name": "王测试", "sex": "1", "id_number": "370299196905220010", "nation": "01", "education": "70",
        "phone": "13800000001", "home_address": "示范区北街某小区1号楼1单元101户", "reason": "20", "wants_work": "1",
        "living_address": "示范区北街某小区1号楼1单元101户", "notice_way": "1", "lost_work_on": "2015-12-31",
        "former_employer": "示范钢铁集团", "registered_on": "2016-01-11", "office": "北街",
    },
    "claim": {
        "name": "王测试", "sex": "1", "id_number": "370299196905220010", "phone": "13800000001",
        "bank_account": "6222020000000000001", "account_holder": "王测试", "ending": "36-E", "wants_work": "1",
        "home_address": "示范区北街某小区1号楼1单元101户", "living_address": "示范区北街某小区1号楼1单元101户",
        "periods": [{"employer": "示范钢铁集团", "from": "", "to": "2015-12"}], "deemed_months": 60,
        "total_months": 264, "notice_way": "1", "notice_phone": "13800000001",
    },
    "blanks": BLANKS, "presence": "in_person", "corrections": {},
}  # fmt: skip

_SCRIPT = """
SELECT * FROM bench_target WHERE n = (SELECT nextval('bench_next')) \\gset
BEGIN;
SELECT c.id, c.state, w.id, w.born, l.id, o.id, d.answers FROM hall_ticket t
    JOIN hall_window x ON x.id = t.window_id AND x.staff_id = :clerk JOIN roster_case c ON c.id = t.case_id
    JOIN roster_worker w ON w.id = c.worker_id JOIN roster_closure l ON l.id = c.closure_id
    JOIN offices_office o ON o.id = l.office_id LEFT JOIN claims_draft d ON d.case_id = c.id
    WHERE t.id = :ticket AND t.state = 'serving' FOR NO KEY UPDATE OF t, c;
INSERT INTO claims_ruling (id, sha256, body) SELECT :ruling, sha256(:ruling::text::bytea), body FROM bench_body;
INSERT INTO claims_registration (id, case_id, worker_id, number, registered_on, ticket_id, presence, blank, answers,
    made_by_id, made_at, current) SELECT :registration, :case_, :worker,
    '370213-2016-' || lpad(nextval('claims_registration_serial')::text, 7, '0'), '2016-01-11', :ticket, 'in_person',
    'unemployment_registration@2015', answers, :clerk, now(), true FROM bench_body;
INSERT INTO claims_claim (id, case_id, registration_id, applied_on, ruling_id, facts, eligible, outcome, differs,
    months_at_most, blank, answers, state, made_by_id, made_at, stop_reason) SELECT :claim, :case_, :registration,
    '2016-01-11', :ruling, facts, 'yes', 'grant', false, 24, 'benefit_claim@2015', answers, 'made', :clerk, now(), ''
    FROM bench_body;
INSERT INTO claims_payment (claim_id, month, draw, yuan, status, planned, state) SELECT :claim,
    ('2016-01-01'::date + n * interval '1 month')::date, n + 1, 950, 'verified', true, 'planned'
    FROM generate_series(0, 23) n;
UPDATE roster_case SET state = 'registered' WHERE id = :case_;
DELETE FROM claims_draft WHERE case_id = :case_;
UPDATE hall_ticket SET state = 'done', finished_at = now() WHERE id = :ticket;
INSERT INTO hall_ticketevent (ticket_id, act, at, recorded_at, window_id, by) SELECT :ticket, 'finish', now(), now(),
    window_id, :clerk FROM hall_ticket WHERE id = :ticket;
SELECT pg_notify('zaigang_hall', '{"a": "finish", "n": "G001", "w": 3}');
SELECT pg_advisory_xact_lock(hashtextextended(:case_::text, 7));
SELECT max(number) AS head FROM ledger_entry WHERE subject = :case_ \\gset
INSERT INTO ledger_entry (subject_kind, subject, number, verb, happened_at, recorded_at, actor, office, closure,
    on_behalf_of, facts, previous, hash) SELECT 'case', :case_, :head::int + k, v, now(), now(), :clerk, :office,
    :closure, :worker, jsonb_build_object('registration', :registration::text), '\\x00', sha256(:ruling::text::bytea)
    FROM unnest(ARRAY['claims.registered', 'claims.claimed', 'hall.served']) WITH ORDINALITY AS e(v, k);
COMMIT;
"""


class Setting:
    """The database filled: clerks, and for each confirmation somebody who stands at a window with filled forms."""

    def __init__(self, people: int) -> None:
        from tests.cast import make_cast, make_staff
        from tests.factories.rosters import imported, row, some_closure
        from zaigang.offices.enums import Role

        self.cast = make_cast()
        self.closure = some_closure(self.cast)
        with tempfile.TemporaryDirectory() as folder:
            rows = [row(n % 999 + 1, 身份证号=_id(n)) for n in range(people)]
            imported(self.cast, self.closure, Path(folder), rows)
        self.clerks = [
            make_staff(f"window{n}", f"窗口{n}", Role.CLERK, self.cast.north) for n in range(1, WINDOWS + 1)
        ]
        self.cases = list(self.closure.cases.select_related("worker", "closure__office").order_by("number"))
        self.tickets = self._stand()
        self._fill_in()

    def _stand(self) -> list[Any]:
        """One serving ticket for each case, each at a window of its own: a day for each turn of the twelve."""
        from zaigang.foundation import clock
        from zaigang.hall.models import ServiceDay, Ticket, Window

        now, tickets, windows, days = clock.now(), [], [], []
        for turn in range(-(-len(self.cases) // WINDOWS)):
            day = ServiceDay(
                office=self.cast.north, day=TODAY + timedelta(days=turn), opens_at="08:30", closes_at="17:00",
                state="open", opened_at=now, opened_by=self.cast.director,
            )  # fmt: skip
            days.append(day)
            for place, clerk in enumerate(self.clerks):
                windows.append(
                    Window(service_day=day, number=place + 1, serves=["A", "G"], staff=clerk, state="open")
                )
        for window, case in zip(windows, self.cases, strict=False):
            tickets.append(
                Ticket(
                    service_day=window.service_day, series="G", number=window.number, service="one_stop",
                    state="serving", case=case, window=window, taken_at=now, sort_at=now, called_at=now,
                    begun_at=now, calls=1,
                )
            )  # fmt: skip
        ServiceDay.objects.bulk_create(days)
        Window.objects.bulk_create(windows)
        Ticket.objects.bulk_create(tickets)
        return tickets

    def _fill_in(self) -> None:
        from zaigang.claims.models import Draft
        from zaigang.foundation import clock

        Draft.objects.bulk_create(
            Draft(case=case, answers=ANSWERS, saved_by=self.cast.clerk, saved_at=clock.now())
            for case in self.cases
        )

    def fields(self, n: int) -> dict[str, str]:
        """What the check page would send for the n-th person."""
        from zaigang.claims.one_stop.asking import answered, question

        asked = question(self.cases[n], on=TODAY, fixed=None, carried=None, corrections={})
        digest = answered(asked)[1].hex()
        return {"once": str(uuid4()), "digest": digest, "outcome": "grant", "reason": ""}

    def targets(self, first: int, last: int) -> None:
        """The people whom pgbench serves."""
        from django.db import connection

        from zaigang.claims.models import Claim

        claim = Claim.objects.select_related("ruling").first()
        assert claim
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE bench_target (n int PRIMARY KEY, ticket uuid, case_ uuid, worker uuid, clerk uuid,"
                " office uuid, closure uuid, ruling uuid, registration uuid, claim uuid)"
            )
            cursor.execute("CREATE SEQUENCE bench_next")
            cursor.execute(
                "CREATE TABLE bench_body AS SELECT r.body, c.facts, c.answers FROM claims_claim c"
                " JOIN claims_ruling r ON r.id = c.ruling_id WHERE c.id = %s",
                [claim.pk],
            )
            rows = [
                (n - first + 1, t.pk, t.case_id, t.case.worker_id, t.window.staff_id, self.cast.north.pk,
                 self.closure.pk, uuid4(), uuid4(), uuid4())
                for n, t in enumerate(self.tickets[first:last], start=first)
            ]  # fmt: skip
            cursor.executemany("INSERT INTO bench_target VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)", rows)
            cursor.execute("ANALYZE")


def _id(n: int) -> str:
    from tests.factories.rosters import id_number

    born = date(1960, 1, 1) + timedelta(days=n // 499)
    return id_number(n % 499 * 2 + 1, born=f"{born:%Y%m%d}")


def together(work: list[Callable[[], None]]) -> float:
    """Seconds on the clock until all are done."""
    threads = [threading.Thread(target=one) for one in work]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def confirm_all(setting: Setting, port: int, cookies: list[str], first: int) -> float:
    """Each window confirms its people one after the other; gives seconds."""
    from tests.serving import Client

    clients = [Client(port, cookie) for cookie in cookies]
    jobs = [
        [
            (setting.tickets[first + place + WINDOWS * turn], first + place + WINDOWS * turn)
            for turn in range(EACH)
        ]
        for place in range(WINDOWS)
    ]
    sent = [[(f"/window/submit/{ticket.pk}/", setting.fields(n)) for ticket, n in job] for job in jobs]

    def run(client: Client, forms: list[tuple[str, dict[str, str]]]) -> Callable[[], None]:
        def work() -> None:
            for path, fields in forms:
                answer = client.post(path, fields)
                assert answer.status == 302, answer

        return work

    seconds = together([run(client, forms) for client, forms in zip(clients, sent, strict=True)])
    for client in clients:
        client.close()
    return seconds


def pgbench(transactions: int) -> float:
    """Seconds on the clock of twelve clients."""
    from tests.serving import database_url
    from zaigang.foundation.postgres import find_binaries

    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "one_stop.sql"
        script.write_text(_SCRIPT)
        command = [
            str(find_binaries() / "pgbench"), "-n", "-c", str(WINDOWS), "-j", "2", "-M", "prepared", "-t",
            str(transactions), "-f", str(script), database_url(),
        ]  # fmt: skip
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-800:]
        return time.perf_counter() - started


def count_on_the_wire(setting: Setting, cookies: str, n: int) -> int:
    """Statements of one confirmation, BEGIN and COMMIT among them, with its sign-in."""
    ask = asker(f"/window/submit/{setting.tickets[n].pk}/", cookies, urlencode(setting.fields(n)).encode())
    return statements(ask, expected=302)[1]


def main() -> bool:
    """Print the table; whether both limits hold."""
    with fresh_database(own_server=True):
        from django.test.utils import override_settings

        from tests.serving import served, signed_in
        from zaigang.foundation import clock

        people = WINDOWS * EACH * (ROUNDS + 1) + WINDOWS
        with clock.at(TODAY), override_settings(SECOND_FACTOR_REQUIRED=True):
            setting = Setting(people * 2)
            cookies = [signed_in(clerk) for clerk in setting.clerks]
            wire = [count_on_the_wire(setting, cookies[n], n) for n in range(WINDOWS)]
            setting.targets(people, people * 2)
            with served(workers=2) as server:
                ours = measure_pages(setting, server.port, server.program.pid, cookies)
            theirs = measure_pgbench()
    return tell(wire[-1], ours, theirs)


Round = tuple[float, float]


def measure_pages(setting: Setting, port: int, program: int, cookies: list[str]) -> list[Round]:
    """Confirmations a second, and CPU ms of program and database for each; the first round warms up."""
    from benchmarks.processor import postmaster

    rounds, many = [], WINDOWS * EACH
    for turn in range(ROUNDS + 1):
        meter = Meter(program, postmaster())
        seconds = confirm_all(setting, port, cookies, WINDOWS + turn * many)
        rounds.append((many / seconds, 1000 * sum(meter.seconds()) / many))
    return rounds[1:]


def measure_pgbench() -> list[Round]:
    """The same of pgbench; its own CPU is not counted, which flatters it."""
    from benchmarks.processor import postmaster

    rounds, many = [], WINDOWS * EACH
    for _turn in range(ROUNDS + 1):
        meter = Meter(postmaster())
        seconds = pgbench(EACH)
        rounds.append((many / seconds, 1000 * sum(meter.seconds()) / many))
    return rounds[1:]


def tell(wire: int, ours: list[Round], theirs: list[Round]) -> bool:
    """Print what was seen."""
    mine, limit = (
        [statistics.median(column) for column in zip(*rounds, strict=True)] for rounds in (ours, theirs)
    )
    on_the_clock, by_cpu = mine[0] / limit[0], limit[1] / mine[1]
    print(
        f"  statements on the wire for one confirmation, sign-in included: {wire} (limit {LIMIT_STATEMENTS} without)"
    )
    print(f"  pages    {mine[0]:8.0f} a second   CPU {mine[1]:.2f} ms program and database")
    print(f"  pgbench  {limit[0]:8.0f} a second   CPU {limit[1]:.2f} ms database")
    print(
        f"  share of pgbench: {on_the_clock:.0%} on the clock, {by_cpu:.0%} by CPU (limit {LIMIT_SHARE:.0%})"
    )
    return wire <= LIMIT_STATEMENTS and max(on_the_clock, by_cpu) >= LIMIT_SHARE


if __name__ == "__main__":
    raise SystemExit(not main())
