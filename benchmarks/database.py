"""A database of its own for each measurement, dropped at the end."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "zaigang_benchmark"


@contextmanager
def fresh_database(*, own_server: bool = False) -> Iterator[None]:
    """Django set up on an empty, migrated database: on the tests' server, or on one that nobody else uses and that
    writes to the disk as an office's does.
    """
    if own_server and "DATABASE_URL" not in os.environ:
        from zaigang.foundation.postgres import start

        folder = Path(tempfile.gettempdir()) / f"zaigang-bench-{os.getuid()}"
        os.environ["DATABASE_URL"] = start(folder).url("postgres")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    def run(statement: str) -> None:
        connection.settings_dict["NAME"] = "postgres"
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    run(f"CREATE DATABASE {NAME}")
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        run(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
