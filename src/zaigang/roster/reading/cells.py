"""One cell: its text, and whether it says anything at all."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

# "Nothing" as people write it. 待定 and 年底 are answers that cannot be read, so they are not here.
_NOTHING = {
    "", "无", "没有", "暂无", "暂缺", "缺", "空", "空白", "待补", "待补充", "待填", "未填", "未提供",
    "不详", "未知",
    "-", "--", "---", "—", "——", "–", "_", "/", "//", "\\", "?", "??", "*", ".", "。", "、", "~", "...", "…",
    "N/A", "NA", "#N/A", "NULL", "NONE", "NIL", "NAN", "BLANK", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!",
    "#NULL!",
}  # fmt: skip
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202c\u202d\u202e")
)
_APOSTROPHES = "'’‘`＇"
_CSV_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
# Excel keeps 15 significant digits: a longer number has lost its tail.
EXACT_BELOW = 1e15


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Return the text without surrounding blanks, invisible marks and a leading apostrophe."""
    text = text.translate(_INVISIBLE).strip()
    if text[:1] == "=" and (formula := _CSV_FORMULA.fullmatch(text)):
        text = formula.group(1).strip()
    if text and text[0] in _APOSTROPHES:
        text = text.lstrip(_APOSTROPHES).strip()
    return text


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return the text with full-width characters made half-width and every blank removed."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


@lru_cache(maxsize=65536)
def says_nothing(text: str) -> bool:
    """Return whether the text is blank or a word for "nothing"."""
    return folded(text).upper().rstrip("。") in _NOTHING or clean(text) in _NOTHING


def number_text(value: float) -> str:
    """Return a number the way Excel shows it in an unformatted cell: 3.70299E+17, 204, 17.5."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if abs(value) >= 1e11 and abs(value) >= EXACT_BELOW:
        mantissa, exponent = f"{value:.5E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent):+03d}"
    return str(int(value)) if value == int(value) else repr(round(value, 10))


def shown(value: object) -> str:
    """Return the cell's text as it stands in the file; "" for an empty cell. Never raises."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(float(value)) if abs(value) < 1e300 else str(value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else f"{value}"


def text_of(value: object) -> str | None:
    """Return the cell's trimmed words, or None when it says nothing."""
    if value is None or value == "":
        return None
    text = clean(value if isinstance(value, str) else shown(value))
    return None if says_nothing(text) else text


def is_number(value: object) -> bool:
    """Return whether Excel holds a number here (a tick box is not one)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def blank(value: object) -> bool:
    """Return whether the cell says nothing."""
    return value is None or value == "" or (isinstance(value, str) and says_nothing(value))


Cells = Mapping[str, object]
