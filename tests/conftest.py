from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, make_cast
from tests.factories.rosters import some_closure
from zaigang.foundation import clock
from zaigang.roster.models import Closure

#: The Monday on which the hall of most tests opens.
TODAY = date(2016, 1, 11)
#: Tables of the job queue, whose models Django does not manage.
QUEUE_TABLES = [f"procrastinate_{name}" for name in ("jobs", "workers", "periodic_defers", "events")]


@pytest.fixture(autouse=True)
def business_date() -> Iterator[None]:
    """Every test lives on the same day."""
    with clock.at(TODAY):
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_ledger() -> Iterator[None]:
    """Tests with real transactions end with TRUNCATE, which the ledger's triggers refuse to everybody else.

    Django leaves alone the queue's tables, whose models it does not manage: they are emptied beside.
    """
    operations = type(connection.ops)
    real = operations.execute_sql_flush

    def flush(self, sql_list):  # type: ignore[no-untyped-def]
        real(
            self,
            [
                "SET session_replication_role = replica",
                *sql_list,
                f"TRUNCATE {', '.join(QUEUE_TABLES)}",
                "SET session_replication_role = DEFAULT",
            ],
        )

    operations.execute_sql_flush = flush
    yield
    operations.execute_sql_flush = real


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of tests/cast.py."""
    return make_cast()


@pytest.fixture
def closure(cast: Cast) -> Closure:
    """A closure of the north street, without people yet."""
    return some_closure(cast)


@pytest.fixture
def sign_in(client: Client):  # type: ignore[no-untyped-def]
    """`sign_in(staff)` gives the client signed in as that person."""

    def as_staff(staff):  # type: ignore[no-untyped-def]
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_staff
