import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any, TypeVar

import click
import psycopg
from psycopg import sql

from zaigang.cli.output import as_json_option, print_json
from zaigang.cli.service import announce_live, run_server
from zaigang.cli.setup import DEMO_MARK, demo_mark, load_django, migrate_now
from zaigang.foundation import clock
from zaigang.foundation.database import DEMO, attach, choose
from zaigang.foundation.errors import ZaigangError
from zaigang.foundation.home import zaigang_home

T = TypeVar("T")


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--days", default=10, show_default=True, type=click.IntRange(0, 10),
    help="Service days to live through; 0 stops on the eve of the first.",
)  # fmt: skip
@click.option("--no-serve", is_flag=True, help="Build the demo and stop.")
@as_json_option
def demo(port: int, days: int, no_serve: bool, as_json: bool) -> None:
    """An invented closure of 1,419 people, in a database of its own that each run makes anew."""
    started = monotonic()
    embedded = _prepare_database()
    os.environ["ZAIGANG_DEMO"] = "1"
    announce_live("127.0.0.1", port)
    load_django()
    migrate_now()
    from zaigang.demo.replay import MONTH_END, replay  # noqa: PLC0415 -- models load after the database

    seconds = {"prepare": round(monotonic() - started, 2)}
    replayed = replay(
        zaigang_home() / "demo", progress=_quietly if as_json else _with_bar, days=days,
        address=f"http://127.0.0.1:{port}", now=lambda: datetime.combine(MONTH_END, clock.now().timetz()),
    )  # fmt: skip
    _mark(replayed.today)
    os.environ[clock.BUSINESS_DATE] = replayed.today.isoformat()
    if embedded:
        choose(DEMO)
    seconds |= replayed.seconds | {"all": round(monotonic() - started, 2)}
    answer = _answer(replayed, seconds)
    if as_json:
        print_json(answer)
    else:
        _tell(answer)
    if not no_serve:
        _invite(port)
        run_server("127.0.0.1", port)


def _prepare_database() -> bool:
    """An empty database that belongs to the demo; True when it is in the embedded server.

    Raises `ZaigangError` rather than touch a database that another program made.
    """
    server = attach("postgres")
    if server is None:
        _empty_named_database()
        return False
    if DEMO in server.databases():
        os.environ["DATABASE_URL"] = server.url(DEMO)
        if demo_mark() is None:
            raise ZaigangError("已有一个不是示范建的数据库", DEMO, "请先改名或换一个 ZAIGANG_HOME")
        server.drop_database(DEMO)
    server.create_database(DEMO)
    os.environ["DATABASE_URL"] = server.url(DEMO)
    _mark(None)
    return True


def _empty_named_database() -> None:
    """The database of DATABASE_URL: only when it is empty, or a demo of an earlier run."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        if row and row[0] and demo_mark() is None:
            raise ZaigangError("数据库里有别的数据", "DATABASE_URL", "示范只用空的数据库；请换一个")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    _mark(None)


def _mark(day: date | None) -> None:
    comment = f"{DEMO_MARK}{day.isoformat() if day else ''}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        name = connection.info.dbname
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(comment))
        connection.execute(statement)


def _with_bar(label: str, items: Iterable[T]) -> Iterator[T]:
    listed: Sequence[T] = list(items)
    with click.progressbar(listed, label=label, file=sys.stderr) as bar:
        yield from bar


def _quietly(label: str, items: Iterable[T]) -> Iterable[T]:
    return items


def _answer(replayed: Any, seconds: dict[str, float]) -> dict[str, Any]:
    from zaigang.claims.models import Claim  # noqa: PLC0415 -- models load after the database
    from zaigang.hall.models import Ticket  # noqa: PLC0415 -- as above
    from zaigang.outcomes.funnel import funnel  # noqa: PLC0415 -- as above

    figures = funnel(replayed.closure.pk, replayed.today)
    return {
        "closure": replayed.closure.code,
        "rows": figures.rows,
        "duplicate_rows": figures.duplicate_rows,
        "people": figures.people,
        "awaiting_repair": figures.states["awaiting_repair"],
        "repaired_rows": replayed.repaired_rows,
        "reconciles": figures.reconciles,
        "tickets": Ticket.objects.count(),
        "claims": Claim.objects.count(),
        "payments": _payments(replayed.payments),
        "seconds": seconds,
    }


def _payments(made: Any) -> dict[str, Any]:
    """The month's list; yuan as a JSON number, whole where it is."""
    if made is None:
        return {"month": None, "persons": 0, "yuan": 0}
    whole = made.control_sum == made.control_sum.to_integral_value()
    yuan = int(made.control_sum) if whole else float(made.control_sum)
    return {"month": f"{made.month:%Y-%m}", "persons": made.persons, "yuan": yuan}


def _tell(answer: dict[str, Any]) -> None:
    click.echo(
        f"{answer['closure']}：花名册 {answer['rows']} 行 = {answer['people']} 人 + {answer['duplicate_rows']} 行重复，"
        f"补正 {answer['repaired_rows']} 行，{'账目相符' if answer['reconciles'] else '账目不符'}"
        f"（{answer['seconds']['all']} 秒）"
    )
    paid = answer["payments"]
    if paid["month"]:
        click.echo(
            f"办事大厅：取号 {answer['tickets']} 个，失业登记和申领 {answer['claims']} 人；"
            f"{paid['month']} 发放名册 {paid['persons']} 人，共 {paid['yuan']} 元"
        )


def _invite(port: int) -> None:
    from zaigang.demo.accounts import PASSWORD, SHOWN  # noqa: PLC0415 -- models load after the database
    from zaigang.offices.models import Posting  # noqa: PLC0415 -- as above

    click.echo(f"\n打开  http://127.0.0.1:{port}/   （Ctrl+C 停止）")
    click.echo(f"密码都是 {PASSWORD} ，第二步的验证码写在登录页上。用户名：")
    postings = Posting.objects.filter(staff__username__in=SHOWN).select_related("staff", "office")
    for posting in postings.order_by("office__path", "staff__username"):
        click.echo(f"  {posting.staff.username:<14}{posting.get_role_display()}  {posting.office.name}")
