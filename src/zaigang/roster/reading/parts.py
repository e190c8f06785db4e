"""A date or a span of time that lies in two or three columns: 年 | 月 | 日 below one group heading."""

from collections.abc import Sequence

from zaigang.roster.reading.cells import blank, shown
from zaigang.roster.reading.headings import plain

_UNITS = (("年", "年份"), ("月", "月份", "个月"), ("日", "号"))
_MARKS = ("年", "月", "日")


def parts_at(texts: Sequence[str], parents: Sequence[tuple[str, ...]], start: int) -> int:
    """Return how many headings from `start` on are 年, 月 (and 日) below one group, 0 for none."""
    count = 0
    for offset, words in enumerate(_UNITS):
        at = start + offset
        if at >= len(texts) or plain(texts[at]) not in words or parents[at] != parents[start]:
            break
        count += 1
    return count if count >= 2 and parents[start] else 0


def join(cells: Sequence[object], *, is_span: bool) -> str:
    """Return the parts as one text: 17年3个月 for a span, 2015年12月31日 for a date, "" for nothing."""
    texts = ["" if blank(cell) else shown(cell).strip().rstrip("年月日个") for cell in cells]
    if not any(texts):
        return ""
    if is_span:
        return f"{texts[0] or 0}年{(texts[1] if len(texts) > 1 else 0) or 0}个月"
    return "".join(text + mark for text, mark in zip(texts, _MARKS, strict=False) if text)
