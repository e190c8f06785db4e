"""Sessions whose row knows who signed in, so that one statement answers a request's first question: who asks?

The engine that `SESSION_ENGINE` names. The session itself is Django's, signed; the column beside it finds the person,
the postings and offices of today and whether there is a second factor, all read anew for every request. It grants
nothing: `who_asks` believes the person only if the signed session names the same one.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection, models
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from zaigang.foundation import clock
from zaigang.offices.models import Office, Posting, Session, Staff


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, read together with the person they belong to."""

    #: Who signed in, as the database has them now; None without sign-in, or before the session was read.
    staff: Staff | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be written, with the person that the session names."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.staff_id = data.get(auth.SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        """What the session holds; empty when it ended. One statement, which also sets `staff`."""
        today = clock.today()
        with connection.cursor() as cursor:
            cursor.execute(_who_asks_sql(), [today, today, self.session_key, clock.system_now()])
            rows = cursor.fetchall()
        if not rows:
            self._session_key = None
            return {}
        self.staff = _staff(rows)
        return dict(self.decode(rows[0][0]))


def who_asks(request: HttpRequest) -> Any:
    """The person who signed in, or Django's anonymous one.

    Every condition of `auth.get_user` is asked for here as well; where one fails, it decides, ends what must end and
    knows about secrets that were changed.
    """
    session: Any = request.session
    named = session.get(auth.SESSION_KEY)
    staff: Staff | None = session.staff
    if (
        staff is not None
        and named == str(staff.pk)
        and staff.is_active
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), staff.get_session_auth_hash())
    ):
        return staff
    return auth.get_user(request)


@cache
def _fields(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _who_asks_sql() -> str:
    """One row for each posting of today, at least one: session, second factor, person, posting, office."""

    def columns(model: type[models.Model], alias: str) -> str:
        return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)

    return f"""
SELECT s.session_data, EXISTS (SELECT FROM {Authenticator._meta.db_table} a WHERE a.user_id = w.id),
       {columns(Staff, "w")}, {columns(Posting, "p")}, {columns(Office, "o")}
FROM {Session._meta.db_table} s
LEFT JOIN {Staff._meta.db_table} w ON w.id = s.staff_id
LEFT JOIN {Posting._meta.db_table} p
    ON p.staff_id = w.id AND p.starts_on <= %s AND (p.until IS NULL OR p.until >= %s)
LEFT JOIN {Office._meta.db_table} o ON o.id = p.office_id
WHERE s.session_key = %s AND s.expire_date > %s
ORDER BY p.starts_on, p.id
"""  # noqa: S608 -- names of our own tables and columns


def _staff(rows: Sequence[tuple[Any, ...]]) -> Staff | None:
    """The person of these rows, with what would else be asked for: postings, their offices, second factor."""
    person, posting = 2, 2 + len(_fields(Staff))
    office = posting + len(_fields(Posting))
    first = rows[0]
    if first[person] is None:
        return None
    staff = Staff.from_db("default", _fields(Staff), first[person:posting])
    staff.has_second_factor = first[1]
    staff.current_postings = [
        _posting(staff, row[posting:office], row[office:]) for row in rows if row[posting] is not None
    ]
    return staff


def _posting(staff: Staff, values: Sequence[Any], office: Sequence[Any]) -> Posting:
    posting = Posting.from_db("default", _fields(Posting), values)
    posting.staff, posting.office = staff, Office.from_db("default", _fields(Office), office)
    return posting
