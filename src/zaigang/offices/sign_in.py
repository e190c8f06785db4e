from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the office, never by whoever finds the page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
