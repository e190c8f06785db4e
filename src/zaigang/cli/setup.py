"""Django and the database, for the commands that need them."""

import os

import click
import psycopg

from zaigang.foundation import clock
from zaigang.foundation.database import attach, chosen
from zaigang.foundation.errors import ZaigangError

#: The comment on a database that `zaigang demo` made, followed by its business date.
DEMO_MARK = "zaigang demo "


def connect(*, database: str | None = None) -> None:
    """Start or adopt the database, load Django, and make sure the tables are there.

    Raises `ZaigangError` when a server's database was never migrated; the embedded one is migrated here.
    """
    server = attach(database or chosen())
    mark = demo_mark()
    if mark is not None:
        os.environ["ZAIGANG_DEMO"] = "1"
        if mark:
            os.environ.setdefault(clock.BUSINESS_DATE, mark)
        click.echo("（示范数据库）", err=True)
    load_django()
    if unmigrated():
        if server is None:
            raise ZaigangError("数据库的表结构还没有更新", "DATABASE_URL", "请先执行 zaigang migrate")
        migrate_now()


def load_django() -> None:
    """Read the settings; DATABASE_URL must be known by now."""
    import django  # noqa: PLC0415 -- settings are read when Django is set up

    django.setup()


def demo_mark() -> str | None:
    """The business date of a database that `zaigang demo` made ("" while it is being made), None for any other."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    try:
        with psycopg.connect(os.environ["DATABASE_URL"].replace("postgres:", "postgresql:", 1)) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise ZaigangError("连不上数据库", reason, "请检查 DATABASE_URL 和数据库服务") from None
    comment = row[0] if row else None
    return comment[len(DEMO_MARK) :].strip() if comment and comment.startswith(DEMO_MARK.strip()) else None


def unmigrated() -> bool:
    """Whether tables are missing or old."""
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- after setup

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_now(*, verbosity: int = 0) -> None:
    """Bring the tables up to date; two programs at once wait for each other."""
    from django.core.management import call_command  # noqa: PLC0415 -- after setup
    from django.db import connection  # noqa: PLC0415 -- after setup

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('zaigang migrate'))")
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('zaigang migrate'))")
