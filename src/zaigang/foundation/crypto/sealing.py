"""AES-256-GCM with the place of the value as associated data, and HMAC-SHA-256 blind indexes.

A sealed value is: key id (1 byte), nonce (12), ciphertext and tag. The associated data name table, column and row,
so a value copied to another row or column does not open there.
"""

import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from zaigang.foundation.crypto.keys import Keys
from zaigang.foundation.errors import ZaigangError


class CannotOpen(ZaigangError):
    """A sealed value does not open: wrong key, moved, or changed."""


def _keys() -> Keys:
    keys: Keys = settings.ZAIGANG_KEYS
    return keys


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, place: str) -> bytes:
    """Seal `plain` for `place` ("table.column.row")."""
    keys = _keys()
    nonce = os.urandom(12)
    sealed = _cipher(keys.fields[keys.current]).encrypt(nonce, plain, place.encode())
    return bytes((keys.current,)) + nonce + sealed


def open_sealed(sealed: bytes, place: str) -> bytes:
    """The plain bytes. Raises `CannotOpen`, whose words hold no part of the value."""
    key = _keys().fields.get(sealed[0]) if sealed else None
    if key is None:
        raise CannotOpen("加密内容所用的密钥不在密钥文件里", place.rsplit(".", 1)[0], "请恢复原来的密钥文件")
    try:
        return _cipher(key).decrypt(sealed[1:13], sealed[13:], place.encode())
    except InvalidTag:
        raise CannotOpen(
            "加密内容无法打开，可能被移动或改动", place.rsplit(".", 1)[0], "请从备份恢复"
        ) from None


def blind_index(value: str, purpose: str) -> bytes:
    """32 bytes that are equal for equal values of one purpose, and tell nothing without the key."""
    return hmac.digest(_keys().index, f"{purpose}:{value}".encode(), "sha256")
