import click

from zaigang.cli.output import as_json_option, print_json
from zaigang.cli.setup import connect, load_django, migrate_now
from zaigang.foundation.database import OFFICE, attach, choose


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 32))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages."""
    connect()
    run_server(host, port, workers)


def run_server(host: str, port: int, workers: int = 1) -> None:
    """Serve until interrupted. Settings and database must be known."""
    from granian import Granian  # noqa: PLC0415 -- slow to load, and only this command needs it
    from granian.constants import Interfaces  # noqa: PLC0415 -- as above

    Granian(
        "config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, websockets=False, log_access=False, respawn_failed_workers=True,
    ).serve()  # fmt: skip


@click.command()
def migrate() -> None:
    """Bring the office's own database up to date, and let later commands work on it."""
    if attach(OFFICE) is not None:
        choose(OFFICE)
    load_django()
    migrate_now(verbosity=1)


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
