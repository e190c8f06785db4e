"""COPY for rows by the ten thousand; everything else goes through the ORM."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_into(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Append `rows` (values in the order of `fields`, already as the columns hold them); returns how many.

    Runs inside the caller's transaction. Constraints and triggers apply; field defaults and `pre_save` do not.
    """
    columns = {field.name: field.column for field in model._meta.concrete_fields if field.column}
    identifiers: list[sql.Composable] = [sql.Identifier(columns[name]) for name in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(identifiers)
    )
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
