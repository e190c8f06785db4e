"""The one form in which a mobile number is kept, compared and indexed."""

import re
import unicodedata

from zaigang.foundation.crypto import blind_index

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_WRITTEN = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")


def mobile(phone: str) -> str:
    """The eleven digits of a Chinese mobile number however it is written; empty for everything else."""
    text = unicodedata.normalize("NFKC", phone)
    digits = _WRITTEN.sub("", "".join(ch for ch in text if ch in "+0123456789"))
    return digits if _MOBILE.fullmatch(digits) else ""


def phone_index(number: str) -> bytes:
    """32 bytes by which a number (as `mobile` gives it) is found again."""
    return blind_index(number, "phone")
