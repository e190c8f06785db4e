"""The QR code on the paper: a signed name of the record, so that anybody may ask whether the paper is genuine."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from django.core.signing import BadSignature, Signer

from zaigang.claims.models import Registration

_SALT = "zaigang.desk.paper"


def token_of(registration: Registration) -> str:
    """For the address on the paper. Holds the record's random key, and nothing of the person."""
    return Signer(salt=_SALT).sign(urlsafe_b64encode(registration.pk.bytes).decode().rstrip("="))


def registration_of(token: str) -> Registration | None:
    """The record that the token names; None for a token that this office did not sign."""
    try:
        key = UUID(bytes=urlsafe_b64decode(Signer(salt=_SALT).unsign(token) + "=="))
    except (BadSignature, Error, ValueError):
        return None
    found = Registration.objects.select_related("case__worker", "case__closure__office", "claim")
    return found.filter(pk=key).first()
