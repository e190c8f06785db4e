"""Chinese numerals in dates and spans: 二〇一五年十二月三十一日, 十七年."""

import re

_DIGITS = dict(zip("〇零○一二三四五六七八九两", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_RUN = re.compile("[〇○零一二三四五六七八九两十百]+")


def _value(run: str) -> str:
    if "十" not in run and "百" not in run:
        return "".join(str(_DIGITS[c]) for c in run)
    total, last = 0, None
    for c in run:
        if c in _DIGITS:
            last = _DIGITS[c]
        else:
            total += (1 if last is None else last) * (10 if c == "十" else 100)
            last = None
    return str(total + (last or 0))


def from_chinese(text: str) -> str:
    """Return the text with its Chinese numerals as digits; 零 between 年 and a digit is dropped."""
    if not _RUN.search(text):
        return text
    return _RUN.sub(
        lambda found: _value(found.group()), re.sub("年零(?=[0-9一二三四五六七八九十])", "年", text)
    )
