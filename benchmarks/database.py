"""A database of its own for each measurement, on the tests' server, dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

NAME = "zaigang_benchmark"


@contextmanager
def fresh_database() -> Iterator[None]:
    """Django set up on an empty, migrated database."""
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

    run(f"DROP DATABASE IF EXISTS {NAME}")
    run(f"CREATE DATABASE {NAME}")
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        run(f"DROP DATABASE IF EXISTS {NAME}")
