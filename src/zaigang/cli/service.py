import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

import click

from zaigang.cli.output import as_json_option, print_json
from zaigang.cli.setup import connect, load_django, migrate_now
from zaigang.foundation.beside import kept_beside
from zaigang.foundation.database import OFFICE, attach, choose
from zaigang.foundation.parent import PARENT

#: Where browsers find the live stream (config.settings.base reads it).
LIVE = "ZAIGANG_LIVE"
LAST_PORT = 65535


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, LAST_PORT))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 32))
@click.option(
    "--live-port", type=click.IntRange(1, LAST_PORT), help="Of the live stream; the port after --port."
)
@click.option("--no-jobs", is_flag=True, help="Do no jobs here: `zaigang jobs work` runs apart.")
def serve(host: str, port: int, workers: int, live_port: int | None, no_jobs: bool) -> None:
    """Serve the pages, and beside them the live stream of the hall's screens and a worker for the jobs."""
    announce_live(host, port, live_port)
    connect()
    run_server(host, port, workers, live_port, jobs=not no_jobs)


def announce_live(host: str, port: int, live_port: int | None = None) -> None:
    """Let the pages know where the stream is, before the settings are read. A server behind a proxy says so itself."""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if not settings.endswith(".prod") and host not in ("0.0.0.0", "::"):  # noqa: S104 -- compared, not bound
        os.environ.setdefault(
            LIVE, f"http://{f'[{host}]' if ':' in host else host}:{live_port or _next(port)}"
        )


def run_server(
    host: str, port: int, workers: int = 1, live_port: int | None = None, *, jobs: bool = True
) -> None:
    """Serve until interrupted. Settings and database must be known."""
    from granian import Granian  # noqa: PLC0415 -- slow to load, and only this command needs it
    from granian.constants import Interfaces  # noqa: PLC0415 -- as above

    signal.signal(signal.SIGTERM, _leave)  # until the server listens for it itself
    os.environ[PARENT] = str(os.getpid())  # the workers end with this process, however it ends
    command = [sys.executable, "-m", "zaigang.cli.working", str(os.getpid())]
    worker = kept_beside(command) if jobs else nullcontext()
    with _live_beside(host, live_port or _next(port)), worker:
        Granian(
            "config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
            blocking_threads=4, websockets=False, log_access=False, respawn_failed_workers=True,
            # One told to stop while it is still starting may not have heard it.
            workers_kill_timeout=10,
        ).serve()  # fmt: skip


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End by way of the blocks that are open, so that what was started beside this process is stopped too."""
    sys.exit(0)


def _next(port: int) -> int:
    return port + 1 if port < LAST_PORT else port - 1


@contextmanager
def _live_beside(host: str, port: int) -> Iterator[None]:
    """The stream's own process. It also ends by itself when this one is gone without a word."""
    command = [sys.executable, "-m", "zaigang.cli.streaming", host, str(port), str(os.getpid())]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 -- our own module
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@click.command()
def migrate() -> None:
    """Bring the office's own database up to date, and let later commands work on it."""
    if attach(OFFICE) is not None:
        choose(OFFICE)
    load_django()
    migrate_now(verbosity=1)
    from zaigang.engines.entitlement.many import warm as warm_the_law  # noqa: PLC0415 -- the compiler is slow to load
    from zaigang.engines.matching.warming import warm as warm_the_planner  # noqa: PLC0415 -- as above

    warm_the_planner()
    warm_the_law()  # an update has changed the sources: nobody shall wait for the compiler at a page


@click.command()
@as_json_option
def doctor(as_json: bool) -> None:
    """Look for what is broken: database, keys, ledger chain, references, replay. Exit 1 when something is."""
    connect()
    from zaigang.cli.examination import examine  # noqa: PLC0415 -- models load after connect

    findings = examine()
    if as_json:
        print_json([{"name": f.name, "ok": f.ok, "detail": f.detail} for f in findings])
    else:
        for finding in findings:
            click.echo(f"{'✓' if finding.ok else '✕'} {finding.name}：{finding.detail}")
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)
