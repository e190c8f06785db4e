"""Signing in with password and second factor, as the office's settings demand it."""

import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast
from zaigang.offices.models import Session, Staff

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _second_factor(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    settings.SECOND_FACTOR_REQUIRED = True
    yield
    cache.clear()


def _code(secret: str, ago: int = 0) -> str:
    """The code of this half minute, or of one so many before it."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago)))


def _password(client: Client, staff: Staff, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return client.post("/accounts/login/", {"login": staff.username, "password": password})


@pytest.mark.django_db(transaction=True)  # allauth waits for the commit
def test_first_sign_in_sets_up_the_second_factor_and_shows_recovery_codes(client: Client, cast: Cast) -> None:
    assert _password(client, cast.clerk).url == "/"
    assert client.get("/").url == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert "设置手机验证器" in page.text
    done = client.post("/accounts/2fa/totp/activate/", {"code": _code(secret)})
    assert done.url == "/accounts/2fa/recovery-codes/"
    assert client.get(done.url).text.count('<li class="code">') == 10
    assert client.get("/").status_code == 200


def test_later_the_code_is_asked_for_before_anything_is_shown(client: Client, cast: Cast) -> None:
    TOTP.activate(cast.clerk, SECRET)
    assert _password(client, cast.clerk).url == "/accounts/2fa/authenticate/"
    assert client.get("/").url == "/accounts/login/?next=/"
    page = client.get("/accounts/2fa/authenticate/")
    assert "输入验证码" in page.text and _code(SECRET) not in page.text
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200 and 'class="field field-wrong"' in wrong.text
    assert client.post("/accounts/2fa/authenticate/", {"code": _code(SECRET)}).url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("ago", "status"), [(0, 302), (1, 302), (-1, 302), (2, 200), (-2, 200)])
def test_a_code_typed_slowly_still_does_and_an_older_one_does_not(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, ago: int, status: int
) -> None:
    now = time.time()
    # No half minute ends between making the code and typing it.
    monkeypatch.setattr(time, "time", lambda: now)
    TOTP.activate(cast.clerk, SECRET)
    _password(client, cast.clerk)
    answer = client.post("/accounts/2fa/authenticate/", {"code": _code(SECRET, ago)})
    assert answer.status_code == status


@pytest.mark.django_db(transaction=True)  # allauth waits for the commit
def test_setting_up_the_second_factor_ends_other_sessions_that_had_none(client: Client, cast: Cast) -> None:
    stranger, colleague = Client(), Client()
    for someone, staff in ((stranger, cast.clerk), (colleague, cast.second_clerk), (client, cast.clerk)):
        assert _password(someone, staff).url == "/"
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": _code(secret)})
    assert client.get("/").status_code == 200
    assert stranger.get("/accounts/2fa/").url == "/accounts/login/?next=/accounts/2fa/"
    assert colleague.get("/").url == "/accounts/2fa/totp/activate/"
    assert set(Session.objects.values_list("staff__username", flat=True)) == {"liu", "bai"}


def test_a_session_by_password_alone_is_asked_for_the_code(client: Client, cast: Cast) -> None:
    _password(client, cast.clerk)
    TOTP.activate(cast.clerk, SECRET)
    assert client.get("/").url == "/accounts/2fa/reauthenticate/"
    wrong = client.post("/accounts/2fa/reauthenticate/", {"code": "000000"})
    assert (wrong.status_code, client.get("/").url) == (200, "/accounts/2fa/reauthenticate/")
    client.post("/accounts/2fa/reauthenticate/", {"code": _code(SECRET)})
    assert client.get("/").status_code == 200


def _taken_away(staff: Staff) -> None:
    Authenticator.objects.filter(user=staff).delete()


def _switched_off(staff: Staff) -> None:
    Staff.objects.filter(pk=staff.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("revoke", "sent_to"),
    [(_taken_away, "/accounts/2fa/totp/activate/"), (_switched_off, "/accounts/login/?next=/")],
)
def test_what_is_taken_away_is_missed_by_the_next_request(
    revoke: Callable[[Staff], None], sent_to: str, client: Client, cast: Cast
) -> None:
    TOTP.activate(cast.clerk, SECRET)
    _password(client, cast.clerk)
    client.post("/accounts/2fa/authenticate/", {"code": _code(SECRET)})
    assert client.get("/").status_code == 200
    revoke(cast.clerk)
    assert client.get("/").url == sent_to


def test_the_demo_shows_the_code_of_the_moment(client: Client, cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    TOTP.activate(cast.clerk, SECRET)
    _password(client, cast.clerk)
    page = client.get("/accounts/2fa/authenticate/").text
    shown = page.split('<b class="code">')[1][:6]
    assert client.post("/accounts/2fa/authenticate/", {"code": shown}).url == "/"


def test_a_recovery_code_counts_once(client: Client, cast: Cast) -> None:
    TOTP.activate(cast.clerk, SECRET)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    [first, *_rest] = RecoveryCodes.activate(cast.clerk).get_unused_codes()
    _password(client, cast.clerk)
    assert client.post("/accounts/2fa/authenticate/", {"code": first}).url == "/"
    client.logout()
    _password(client, cast.clerk)
    assert client.post("/accounts/2fa/authenticate/", {"code": first}).status_code == 200
    assert Authenticator.objects.filter(user=cast.clerk).count() == 2


def test_wrong_passwords_lock_the_name_out_in_words(client: Client, cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
    answers = [_password(client, cast.clerk, "wrong password").status_code for _ in range(8)]
    assert answers[:7] == [200] * 7 and answers[7] == 429
    assert "暂时不能登录" in _password(client, cast.clerk).text


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "password/set/"])
def test_pages_that_an_office_does_not_need_are_not_there(path: str, client: Client, db: None) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
