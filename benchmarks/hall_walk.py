"""The hall's walk of one person: number at the kiosk, call, begin, finish, each a signed-in request with CSRF check.

Statements are counted on the wire; walks a second and CPU for each with twelve windows on two server processes, beside
pgbench doing the same four commits with bare statements (eight series, as the notes measured it).
"""

import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

from benchmarks.database import fresh_database
from benchmarks.processor import Meter, postmaster
from benchmarks.wire import asker, statements

WINDOWS, EACH, ROUNDS = 12, 40, 5
LIMIT_STATEMENTS = 16
TODAY = date(2016, 1, 11)

_SCRIPT = """
\\set s random(1, 8)
\\set w random(1, 1000000)
WITH c AS (INSERT INTO bench_counter VALUES (:s, 1) ON CONFLICT (s) DO UPDATE SET n = bench_counter.n + 1 RETURNING n)
    INSERT INTO bench_ticket (s, n) SELECT :s, n FROM c RETURNING id \\gset
UPDATE bench_ticket SET state = 1, w = :w WHERE id = (SELECT id FROM bench_ticket WHERE state = 0 ORDER BY id LIMIT 1
    FOR UPDATE SKIP LOCKED) RETURNING coalesce(id, 0) AS t \\gset
UPDATE bench_ticket SET state = 2 WHERE id = :t AND state = 1 AND w = :w;
UPDATE bench_ticket SET state = 3 WHERE id = :t AND state = 2 AND w = :w;
"""
_TABLES = """
CREATE TABLE bench_counter (s int PRIMARY KEY, n int);
CREATE TABLE bench_ticket (id bigserial PRIMARY KEY, s int, n int, state int DEFAULT 0, w int, UNIQUE (s, n));
CREATE INDEX ON bench_ticket (id) WHERE state = 0;
INSERT INTO bench_ticket (s, n) SELECT 9, n FROM generate_series(1, 500) n;
"""


class Hall:
    """An open day, twelve clerks at twelve windows, and the kiosk's address."""

    def __init__(self) -> None:
        from tests.cast import make_cast, make_staff
        from tests.factories.halls import BOTH
        from tests.serving import signed_in
        from zaigang.hall import actions
        from zaigang.hall.checklist import Check
        from zaigang.hall.devices import Device, device_token
        from zaigang.offices.enums import Role

        self.cast = make_cast()
        day = actions.prepare_day(office=self.cast.north, day=TODAY, by=self.cast.director)
        clerks = [
            make_staff(f"window{n}", f"窗口{n}", Role.CLERK, self.cast.north) for n in range(1, WINDOWS + 1)
        ]
        self.windows = []
        for number, clerk in enumerate(clerks, start=1):
            window = actions.set_window(service_day=day, number=number, serves=BOTH, by=self.cast.director)
            self.windows.append(actions.sit_down(window=window, by=clerk))
        actions.open_day(service_day=day, checked=Check.values, by=self.cast.director)
        self.cookies = [signed_in(clerk) for clerk in clerks]
        self.kiosk = f"/hall/kiosk/{device_token(Device.KIOSK, self.cast.north.pk)}/"

    def standing(self, place: int) -> UUID:
        """The ticket that stands at a window. Read here, outside the walk: a clerk's page holds it."""
        from zaigang.hall.models import Ticket

        return Ticket.objects.get(window=self.windows[place], state__in=("called", "serving")).pk


def walk(hall: Hall, place: int, post: Callable[[str, dict[str, object]], None]) -> None:
    """One person from number to finish."""
    post(hall.kiosk, {"service": "jobs", "once": uuid4()})
    post("/window/call/", {"window": hall.windows[place].pk})
    ticket = hall.standing(place)
    post("/window/act/begin/", {"ticket": ticket})
    post("/window/act/finish/", {"ticket": ticket})


def on_the_wire(hall: Hall) -> int:
    """Statements of one walk, once everything is warm."""
    counts: list[int] = []

    def post(path: str, fields: dict[str, object]) -> None:
        ask = asker(path, hall.cookies[0], urlencode(fields).encode())
        counts.append(statements(ask, expected=302)[1])

    for _warm in range(8):
        counts.clear()
        walk(hall, 0, post)
    print(
        f"  statements on the wire: take {counts[0]}, call {counts[1]}, begin {counts[2]}, finish {counts[3]}"
    )
    return sum(counts)


def all_walk(hall: Hall, port: int) -> float:
    """Seconds on the clock for twelve windows."""
    from tests.serving import Client
    from zaigang.foundation import clock

    def window(place: int) -> None:
        client = Client(port, hall.cookies[place])

        def post(path: str, fields: dict[str, object]) -> None:
            answer = client.post(path, fields)
            assert answer.status == 302, (path, answer)

        with clock.at(TODAY):
            for _walk in range(EACH):
                walk(hall, place, post)
        client.close()

    threads = [threading.Thread(target=window, args=(place,)) for place in range(WINDOWS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def pgbench() -> float:
    """Seconds on the clock of twelve clients with bare statements."""
    from tests.serving import database_url
    from zaigang.foundation.postgres import find_binaries

    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "walk.sql"
        script.write_text(_SCRIPT)
        command = [
            str(find_binaries() / "pgbench"), "-n", "-c", str(WINDOWS), "-j", "2", "-M", "prepared", "-t",
            str(EACH * 5), "-f", str(script), database_url(),
        ]  # fmt: skip
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-500:]
        return time.perf_counter() - started


def main() -> bool:
    """Print the table; whether the walk keeps to its statements."""
    with fresh_database(own_server=True):
        from django.db import connection
        from django.test.utils import override_settings

        from tests.serving import served
        from zaigang.foundation import clock

        with clock.at(TODAY), override_settings(SECOND_FACTOR_REQUIRED=True):
            hall = Hall()
            wire = on_the_wire(hall)
            pages, bare = [], []
            with connection.cursor() as cursor:
                cursor.execute(_TABLES)
            with served(workers=2) as server:
                for _round in range(ROUNDS + 1):
                    meter = Meter(server.program.pid, postmaster())
                    seconds = all_walk(hall, server.port)
                    pages.append((WINDOWS * EACH / seconds, 1000 * sum(meter.seconds()) / (WINDOWS * EACH)))
                    meter = Meter(postmaster())
                    seconds = pgbench()
                    many = WINDOWS * EACH * 5
                    bare.append((many / seconds, 1000 * sum(meter.seconds()) / many))
    mine = [statistics.median(column) for column in zip(*pages[1:], strict=True)]
    limit = [statistics.median(column) for column in zip(*bare[1:], strict=True)]
    print(f"  statements on the wire for a walk: {wire} (limit {LIMIT_STATEMENTS})")
    print(f"  pages    {mine[0]:8.0f} walks a second   CPU {mine[1]:.2f} ms program and database")
    print(f"  pgbench  {limit[0]:8.0f} walks a second   CPU {limit[1]:.2f} ms database")
    print(f"  share of pgbench: {mine[0] / limit[0]:.1%} on the clock, {limit[1] / mine[1]:.1%} by CPU")
    return wire <= LIMIT_STATEMENTS


if __name__ == "__main__":
    raise SystemExit(not main())
