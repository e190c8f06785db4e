from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.http import HttpRequest

from zaigang.foundation import clock


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the office, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Changing how one signs in asks for it once more, except right after signing in."""
        records = get_authentication_records(context.request, context.request.user)
        age = clock.system_now().timestamp() - max((record["at"] for record in records), default=0)
        return bool(age > app_settings.REAUTHENTICATION_TIMEOUT)
