"""Signed links: a screen in the hall, and the phone of whoever holds a number, open their page without signing in.

A link says which office (and which number) and is signed with the installation's secret. Knows no model, so that the
live stream can read links too.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Device(TextChoices):
    """What a link of an office opens. The name is part of the signature: no link opens another kind of page."""

    KIOSK = "kiosk", _("取号机")
    BOARD = "board", _("叫号屏")


TICKET = "ticket"


def device_token(device: Device, office: UUID) -> str:
    """The part of the address that opens a screen of the office."""
    return _sign(device.value, office)


def office_of(token: str, device: Device) -> UUID | None:
    """The office of a screen's link; None when the link is not ours, or of another kind of screen."""
    read = _read(device.value, token, 1)
    return read[0] if read else None


def ticket_token(ticket: UUID, office: UUID) -> str:
    """The part of the address that shows one number on its holder's phone."""
    return _sign(TICKET, ticket, office)


def ticket_of(token: str) -> tuple[UUID, UUID] | None:
    """Ticket and office of a phone's link; None when the link is not ours."""
    read = _read(TICKET, token, 2)
    return (read[0], read[1]) if read else None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"zaigang.hall.devices.{kind}", sep=".")


def _sign(kind: str, *ids: UUID) -> str:
    packed = b"".join(one.bytes for one in ids)
    return _signer(kind).sign(urlsafe_b64encode(packed).decode().rstrip("="))


def _read(kind: str, token: str, count: int) -> list[UUID] | None:
    try:
        text = _signer(kind).unsign(token)
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (BadSignature, Error, ValueError):
        return None
    if len(packed) != 16 * count:
        return None
    return [UUID(bytes=packed[at : at + 16]) for at in range(0, len(packed), 16)]
