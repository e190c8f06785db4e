from base64 import b64decode, b64encode

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from zaigang.foundation import clock
from zaigang.foundation.crypto import open_sealed, seal

#: allauth names neither row nor column when it seals, so one place stands for all its secrets.
PLACE = "mfa_authenticator.secret"


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Changing how one signs in asks for it once more, except right after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        age = clock.system_now().timestamp() - max((record["at"] for record in records), default=0)
        return bool(age > app_settings.REAUTHENTICATION_TIMEOUT)


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds of second factors and recovery codes lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(b64decode(encrypted_text), PLACE).decode()
