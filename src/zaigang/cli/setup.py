"""Django and the database, for the commands that need them."""

import os

import click

from zaigang.foundation.database import attach, chosen
from zaigang.foundation.errors import ZaigangError


def connect(*, database: str | None = None, settings: str = "config.settings.dev") -> None:
    """Start or adopt the database, load Django, and make sure the tables are there.

    Raises `ZaigangError` when a server's database was never migrated; the embedded one is migrated here.
    """
    name = database or chosen()
    server = attach(name, settings=settings)
    import django  # noqa: PLC0415 -- settings are read when Django is set up, after the database is known

    django.setup()
    if name != "zaigang" and server is not None:
        click.echo(f"（数据库：{name}）", err=True)
    if _unmigrated():
        if server is None and not os.environ.get("ZAIGANG_MIGRATE"):
            raise ZaigangError("数据库的表结构还没有更新", "DATABASE_URL", "请先执行 zaigang migrate")
        migrate_now()


def _unmigrated() -> bool:
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
