"""What a signed-in POST costs before its view does anything: statements on the wire and CPU.

The whole of the program answers, through its WSGI door: every middleware, CSRF check, second factor required, right
demanded. The view is empty. Beside it the same view without sign-in: what the middleware costs by itself. Statements
are counted twice: by Django, which does not see a health check, and on the wire by libpq's own trace, which sees all.
"""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.database import fresh_database
from benchmarks.wire import asker, statements

REQUESTS = 1_500
ROUNDS = 5
LIMIT_STATEMENTS = 2
_TICKS = os.sysconf("SC_CLK_TCK")
_SECRET = "JBSWY3DEPHPK3PXP"
urlpatterns: list[Any] = []


def _views() -> None:
    """Two empty views: one behind a permission, one for everybody."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import include, path
    from django.views.decorators.http import require_POST

    from zaigang.desk.permissions import VIEW_HOME
    from zaigang.offices.permissions import public, requires

    def nothing(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)

    urlpatterns[:] = [
        path("signed-in/", requires(VIEW_HOME)(require_POST(nothing))),
        path("anybody/", public("a measurement")(require_POST(nothing))),
        path("", include("config.urls")),
    ]


def _cookies() -> str:
    """The cookies of a clerk who signed in by password and second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
    from django.test import Client

    from tests.cast import PASSWORD, make_cast

    clerk, client = make_cast().clerk, Client(SERVER_NAME="localhost")
    TOTP.activate(clerk, _SECRET)
    client.post("/accounts/login/", {"login": clerk.username, "password": PASSWORD})
    code = format_hotp_value(hotp_value(_SECRET, int(time.time()) // 30))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    client.get("/")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _server_cpu() -> float:
    """CPU seconds that this connection's server process has used."""
    from django.db import connection

    pid = connection.connection.info.backend_pid
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _milliseconds(ask: Callable[[], int]) -> tuple[float, float, float]:
    """Medians of the rounds, per request: CPU of the program, CPU of the server, time on the clock."""
    rounds = []
    for _round in range(ROUNDS):
        server, cpu, clock = _server_cpu(), time.process_time(), time.perf_counter()
        for _request in range(REQUESTS):
            assert ask() == 204
        used = (time.process_time() - cpu, _server_cpu() - server, time.perf_counter() - clock)
        rounds.append([1000 * seconds / REQUESTS for seconds in used])
    return tuple(statistics.median(column) for column in zip(*rounds, strict=True))  # type: ignore[return-value]


def main() -> bool:
    """Print the table; whether a signed-in request keeps to its statements."""
    with fresh_database():
        from django.test.utils import override_settings

        _views()
        with override_settings(ROOT_URLCONF="benchmarks.sign_in", SECOND_FACTOR_REQUIRED=True):
            cookies = _cookies()
            counts = []
            anonymous = "; ".join(pair for pair in cookies.split("; ") if pair.startswith("csrftoken="))
            for label, path, sent in (
                ("without sign-in", "/anybody/", anonymous),
                ("signed in", "/signed-in/", cookies),
            ):
                ask = asker(path, sent)
                for _warm in range(20):
                    ask()
                seen, wire = statements(ask)
                counts.append(wire)
                program, server, clock = _milliseconds(ask)
                print(
                    f"  {label:<16} {wire} statements on the wire ({len(seen)} seen by Django)"
                    f"   CPU {program:.3f} + {server:.3f} ms   {clock:.3f} ms a request"
                )
    return counts[-1] <= LIMIT_STATEMENTS


if __name__ == "__main__":
    import benchmarks.sign_in  # the address table is looked up in the module of this name

    raise SystemExit(not benchmarks.sign_in.main())
