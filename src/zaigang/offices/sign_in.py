from base64 import b64decode, b64encode
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from zaigang.foundation import clock
from zaigang.foundation.crypto import open_sealed, seal
from zaigang.offices.models import Session, Staff

#: allauth names neither row nor column when it seals, so one place stands for all its secrets.
PLACE = "mfa_authenticator.secret"


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the office, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Changing how one signs in asks for it once more, except right after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        age = clock.system_now().timestamp() - max((record["at"] for record in records), default=0)
        return bool(age > app_settings.REAUTHENTICATION_TIMEOUT)


class SealedSecrets(DefaultMFAAdapter):
    """Seeds of second factors and recovery codes lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(b64decode(encrypted_text), PLACE).decode()


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or confirmed, with a second factor: it says so itself, signed."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def second_factor_set_up(request: HttpRequest, user: Staff, authenticator: Any, **_more: Any) -> None:
    """Whoever sets up a second factor has just used it. The person's other sessions, which have not, end."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        Session.objects.filter(staff=user).exclude(session_key=request.session.session_key).delete()
