"""Signed links that open a page for one person of a closure, without signing in.

A link names the case by its UUID and is signed with the installation's secret: it holds nothing about the person, and
nobody makes one by guessing. It is short, for it stands in a text message.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import salted_hmac

#: Bytes of the signature: with the 16 of the UUID they fill 40 characters without a bit left over.
SIGNED = 14


class Link(StrEnum):
    """What a link opens, by the name of its page. It is part of the signature: no link opens another page."""

    SLOT = "desk:slot"
    PAGE = "desk:phone"


def token_of(link: Link, case: UUID) -> str:
    """The part of the address, 40 characters."""
    return urlsafe_b64encode(case.bytes + _signature(link, case.bytes)).decode()


def path_of(link: Link, case: UUID) -> str:
    """The address on this server."""
    return reverse(link.value, args=[token_of(link, case)])


def case_named(link: Link, token: str) -> UUID | None:
    """The case that a link names; None when the link is not ours, or of another page."""
    try:
        packed = urlsafe_b64decode(token)
    except (Error, ValueError):
        return None
    if len(token) != 40 or len(packed) != 16 + SIGNED:
        return None
    case, signature = packed[:16], packed[16:]
    return UUID(bytes=case) if compare_digest(signature, _signature(link, case)) else None


def _signature(link: Link, case: bytes) -> bytes:
    return salted_hmac(f"zaigang.{link}", case, algorithm="sha256").digest()[:SIGNED]
