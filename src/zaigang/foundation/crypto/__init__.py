"""Identity and bank numbers are written to the database sealed, and found again by a keyed index."""

from zaigang.foundation.crypto.fields import SealedJSONField, SealedTextField, sealed_value
from zaigang.foundation.crypto.keys import Keys, load_keys
from zaigang.foundation.crypto.sealing import CannotOpen, blind_index, open_sealed, seal

__all__ = [
    "CannotOpen",
    "Keys",
    "SealedJSONField",
    "SealedTextField",
    "blind_index",
    "load_keys",
    "open_sealed",
    "seal",
    "sealed_value",
]
