"""Identity numbers: 18 characters with a check digit, or the older 15 digits.

A number is taken only when it is certain. The place code is not judged: holders are often older than their
county's present code. A date that no calendar has makes the number wrong even when its check digit fits, so
it is reported as `id_check_digit` too.
Source: GB 11643-1999 (structure, weights 2^(18-i) mod 11, characters 1 0 X 9 8 7 6 5 4 3 2).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zaigang.roster.reading.cells import EXACT_BELOW, blank, folded, is_number
from zaigang.roster.reading.codes import Code

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_SCIENTIFIC = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]{2}")
_NOISE = str.maketrans({**dict.fromkeys("-－—–·.,，。_"), "х": "X", "Х": "X", "χ": "X", "Χ": "X", "×": "X"})


@dataclass(frozen=True, slots=True)
class Identity:
    """What an ID cell says: `id` (18 characters), `born` and `sex` are None unless the number is certain."""

    id: str | None
    born: date | None = None
    sex: str | None = None
    codes: tuple[str, ...] = ()


def check_digit(first17: str) -> str:
    """Return the 18th character for the first 17 digits."""
    return _CHECK[sum(w * int(c) for w, c in zip(_WEIGHTS, first17, strict=True)) % 11]


@lru_cache(maxsize=65536)
def _born(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _certain(number: str, codes: tuple[str, ...]) -> Identity:
    born = _born(number[6:14])
    if born is None:
        return Identity(None, codes=(Code.ID_CHECK_DIGIT,))
    return Identity(number, born, "male" if int(number[16]) % 2 else "female", codes)


def _eighteen(text: str) -> Identity:
    if text[17] != check_digit(text[:17]):
        # 000 at the end is what Excel leaves of a number, and also a typing error that can happen.
        lost = (Code.ID_DIGITS_LOST,) if text.endswith("000") else ()
        return Identity(None, codes=(*lost, Code.ID_CHECK_DIGIT))
    return _certain(text, ())


def _fifteen(text: str) -> Identity:
    first17 = text[:6] + "19" + text[6:]
    return _certain(first17 + check_digit(first17), (Code.ID_UPGRADED_FROM_15,))


def _number_cell(value: float) -> str:
    return str(int(value)) if value == value and 0 <= value < EXACT_BELOW else ""


def read_identity(value: object) -> Identity:
    """Read an ID cell (text, or the number that Excel made of it). Never raises."""
    if blank(value):
        return Identity(None, codes=(Code.ID_MISSING,))
    if is_number(value):
        text = _number_cell(float(str(value)))
        if not text:
            return Identity(None, codes=(Code.ID_DIGITS_LOST,))
    else:
        text = folded(str(value)).upper()
        if _SCIENTIFIC.fullmatch(text):
            return Identity(None, codes=(Code.ID_DIGITS_LOST,))
        text = text.translate(_NOISE)
    if _EIGHTEEN.fullmatch(text):
        return _eighteen(text)
    if _FIFTEEN.fullmatch(text):
        return _fifteen(text)
    return Identity(None, codes=(Code.ID_CHECK_DIGIT if len(text) == 18 else Code.ID_LENGTH,))


def looks_like_identity(value: object) -> bool:
    """Return whether a cell holds what could be an ID, right or wrong (for finding tables and rows)."""
    if is_number(value):
        return float(str(value)) >= 1e14
    if not isinstance(value, str) or len(value) < 6:
        return False
    text = folded(value).upper()
    return bool(_EIGHTEEN.fullmatch(text) or _FIFTEEN.fullmatch(text) or _SCIENTIFIC.fullmatch(text))
