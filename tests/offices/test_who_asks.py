"""A signed-in request asks the database once who asks, and sees every revocation at once."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from tests.cast import Cast
from tests.conftest import TODAY
from zaigang.desk.permissions import VIEW_HOME
from zaigang.foundation import clock
from zaigang.offices.enums import Role
from zaigang.offices.models import Posting, Session, Staff
from zaigang.offices.permissions import requires

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.urls(__name__)


def _who(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Staff)
    return HttpResponse(f"{request.user} {request.user.office}")


urlpatterns = [
    path("who/", requires(VIEW_HOME)(require_POST(_who))),
    path("", include("config.urls")),
]


def _client(staff: Staff) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff, backend=BACKEND)
    client.cookies["csrftoken"] = "c" * 32
    return client


def _ask(client: Client) -> Any:
    return client.post("/who/", headers={"X-CSRFToken": "c" * 32})


def _outcome(client: Client) -> str | int:
    """Whom the server took the request for, "to sign in", or another status."""
    answer = _ask(client)
    if answer.status_code == 302:
        assert answer.url == "/accounts/login/?next=/who/"
        return "to sign in"
    return str(answer.text) if answer.status_code == 200 else int(answer.status_code)


def _on_the_wire(act: Callable[[], Any], trace: Path) -> int:
    """How many statements libpq sends while `act` runs: BEGIN, COMMIT and health checks count."""
    with trace.open("wb") as file:
        connection.connection.pgconn.trace(file.fileno())
        act()
        connection.connection.pgconn.untrace()
    rows = [line.split("\t")[1:4] for line in trace.read_text(errors="replace").splitlines() if "\t" in line]
    return sum(1 for row in rows if row[0] == "F" and row[2] in ("Query", "Execute"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second_factor", [False, True])
def test_a_signed_in_post_costs_one_statement(
    second_factor: bool, cast: Cast, tmp_path: Path, settings: Any
) -> None:
    client = _client(cast.clerk)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "id": 1, "type": "totp"}]
    session["account_authentication_methods_user"] = str(cast.clerk.pk)
    session.save()
    cast.clerk.authenticator_set.create(type="totp", data={})
    settings.SECOND_FACTOR_REQUIRED = second_factor
    assert _outcome(client) == "柳经办 北街"
    connection.close_if_unusable_or_obsolete()  # a request begins: the connection is to be checked once more
    connection.close_if_health_check_failed()  # it may have rested for long
    connection.close_if_unusable_or_obsolete()
    assert _on_the_wire(lambda: _ask(client), tmp_path / "trace") == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_after_the_server_ended_the_connection_succeeds(cast: Cast) -> None:
    client, other = _client(cast.clerk), connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    other.close()
    connection.close_if_unusable_or_obsolete()  # the test's client does not say that a request begins
    assert _outcome(client) == "柳经办 北街"


def test_the_token_is_still_asked_for(cast: Cast) -> None:
    assert _client(cast.clerk).post("/who/").status_code == 403


def test_nobody_costs_nothing(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert _outcome(_nobody()) == "to sign in"


def _nobody() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "c" * 32
    return client


def test_the_person_is_whom_the_model_would_read(cast: Cast) -> None:
    lent = Posting.objects.create(
        staff=cast.clerk,
        office=cast.south,
        role=Role.OFFICER,
        starts_on=TODAY,
        until=TODAY,
        lent_by=cast.north,
    )
    Posting.objects.create(
        staff=cast.clerk, office=cast.station, role=Role.CLERK, starts_on=TODAY + timedelta(1)
    )
    session = _client(cast.clerk).session
    assert session[SESSION_KEY] == str(cast.clerk.pk)
    read, known = session.staff, Staff.objects.get(pk=cast.clerk.pk)
    fields = [field.attname for field in Staff._meta.concrete_fields]
    assert [getattr(read, name) for name in fields] == [getattr(known, name) for name in fields]
    assert [posting.pk for posting in read.current_postings] == [
        known.postings.earliest("starts_on").pk,
        lent.pk,
    ]
    assert _plain(read.current_postings) == _plain(known.current_postings)
    assert read.has_second_factor is known.has_second_factor is False
    assert all(posting.staff is read for posting in read.current_postings)


def _plain(postings: list[Posting]) -> list[dict[str, Any]]:
    return [
        {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
        for posting in postings
        for thing in (posting, posting.office)
    ]


def _deactivate(staff: Staff, client: Client) -> None:
    Staff.objects.filter(pk=staff.pk).update(is_active=False)


def _new_password(staff: Staff, client: Client) -> None:
    staff.set_password("another for tests 2")
    staff.save()


def _posting_ended(staff: Staff, client: Client) -> None:
    staff.postings.update(until=TODAY - timedelta(1))


def _signed_out_elsewhere(staff: Staff, client: Client) -> None:
    other = Client()
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    other.post("/accounts/logout/")


def _expired(staff: Staff, client: Client) -> None:
    Session.objects.update(expire_date=clock.system_now() - timedelta(seconds=1))


def _session_changed(staff: Staff, client: Client) -> None:
    row = Session.objects.get()
    row.session_data = row.session_data[:-1] + ("A" if row.session_data[-1] != "A" else "B")
    row.save()


def _staff_deleted_row(staff: Staff, client: Client) -> None:
    staff.postings.all().delete()
    staff.delete()


@pytest.mark.parametrize(
    ("revoke", "outcome"),
    [
        (_deactivate, "to sign in"),
        (_new_password, "to sign in"),
        (_posting_ended, 403),
        (_signed_out_elsewhere, "to sign in"),
        (_expired, "to sign in"),
        (_session_changed, "to sign in"),
        (_staff_deleted_row, "to sign in"),
    ],
)
def test_what_is_revoked_ends_with_the_next_request(
    revoke: Callable[[Staff, Client], None], outcome: str | int, cast: Cast
) -> None:
    client = _client(cast.clerk)
    assert _outcome(client) == "柳经办 北街"
    revoke(cast.clerk, client)
    assert _outcome(client) == outcome


def test_a_posting_begins_with_the_next_request(cast: Cast) -> None:
    cast.clerk.postings.all().delete()
    client = _client(cast.clerk)
    assert _outcome(client) == 403
    Posting.objects.create(staff=cast.clerk, office=cast.south, role=Role.CLERK, starts_on=TODAY)
    assert _outcome(client) == "柳经办 南街"


def test_a_posting_ends_with_the_business_day(cast: Cast) -> None:
    cast.clerk.postings.update(until=TODAY)
    client = _client(cast.clerk)
    assert _outcome(client) == "柳经办 北街"
    with clock.at(TODAY + timedelta(1)):
        assert _outcome(client) == 403


def test_the_column_beside_the_session_grants_nothing(cast: Cast) -> None:
    client = _client(cast.clerk)
    Session.objects.update(staff=cast.director)
    assert _outcome(client) == "柳经办 北街"
    Session.objects.update(staff=None)
    assert _outcome(client) == "柳经办 北街"


def test_a_way_to_sign_in_that_was_closed_lets_nobody_in(cast: Cast, settings: Any) -> None:
    client = _client(cast.clerk)
    settings.AUTHENTICATION_BACKENDS = [name for name in settings.AUTHENTICATION_BACKENDS if name != BACKEND]
    assert _outcome(client) == "to sign in"


def test_sessions_outlive_a_changed_secret_as_long_as_the_old_one_is_kept(cast: Cast, settings: Any) -> None:
    client = _client(cast.clerk)
    settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer one for tests"
    before = client.cookies["sessionid"].value
    assert _outcome(client) == "柳经办 北街"
    assert client.cookies["sessionid"].value != before  # renewed under the new secret
    settings.SECRET_KEY_FALLBACKS = []
    assert _outcome(client) == "柳经办 北街"


def test_signing_in_changes_the_key_and_keeps_who_it_is_beside_it(client: Client, cast: Cast) -> None:
    session = client.session
    session["before"] = "sign-in"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.force_login(cast.clerk, backend=BACKEND)
    [row] = Session.objects.all()
    assert row.session_key == client.cookies["sessionid"].value != before
    assert row.staff_id == cast.clerk.pk
    assert row.get_decoded()[SESSION_KEY] == str(cast.clerk.pk)
    client.logout()
    assert not Session.objects.exists()


@pytest.mark.parametrize("starts_on", [date(2015, 1, 1), TODAY])
def test_two_people_are_never_mixed_up(starts_on: date, cast: Cast) -> None:
    cast.outsider.postings.update(starts_on=starts_on)
    ours, theirs = _client(cast.clerk), _client(cast.outsider)
    seen = [_outcome(client) for client in (ours, theirs, ours, theirs)]
    assert seen == ["柳经办 北街", "外经办 南街"] * 2
