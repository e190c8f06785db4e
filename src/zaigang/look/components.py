"""What the components are given: frozen records, made by views, drawn by templates/look/components/."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# Kind of status -> default word. Shape and colour follow from the kind; the word is always there.
KINDS: dict[str, Text] = {
    "done": _("已办好"),
    "progress": _("办理中"),
    "needs": _("需要处理"),
    "stopped": _("无法完成"),
    "idle": _("不用办"),
}


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary card. `value` None or "" is shown as 未填写; `change_url` makes a 更改 link."""

    label: Text
    value: object
    change_url: str = ""
    note: Text = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of a task list. Without `url` it cannot be done yet and `note` says why."""

    label: Text
    kind: str
    word: Text
    url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event of a case. `by` is who: person, clerk, system or other (another office)."""

    when: datetime
    what: Text
    who: Text
    by: str = "clerk"
    note: Text = ""
    url: str = ""
    link_text: Text = ""
    corrected: Text = ""


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One state of the funnel. `change` is the difference to the day before; `url` opens the names."""

    label: Text
    count: int
    url: str = ""
    change: int | None = None


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of a forecast: any day in the month, the value, and a note for the table."""

    month: date
    value: float
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and, optionally, where its names are."""

    label: Text
    value: object
    unit: Text = ""
    url: str = ""
    note: Text = ""


def by_day(entries: Iterable[TimelineEntry]) -> list[tuple[date, list[TimelineEntry]]]:
    """Newest first, grouped by local calendar day."""
    newest = sorted(entries, key=lambda entry: entry.when, reverse=True)
    return [(day, list(group)) for day, group in groupby(newest, key=lambda entry: _local(entry.when).date())]


def _local(when: datetime) -> datetime:
    return timezone.localtime(when) if timezone.is_aware(when) else when


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """A funnel row with what is computed for it: the state before, and all."""

    row: FunnelRow
    before: int | None
    total: int


def funnel_lines(rows: Sequence[FunnelRow], total: int) -> list[FunnelLine]:
    """Each row beside the count of the row above it (None for the first) and the whole."""
    above = [None, *(row.count for row in rows[:-1])]
    return [FunnelLine(row, before, total) for row, before in zip(rows, above, strict=True)]


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A month bar in SVG units, 0 at the top."""

    bar: MonthBar
    x: float
    y: float
    width: float
    height: float
    labelled: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


def draw_bars(
    bars: Sequence[MonthBar], *, width: int = 720, height: int = 160, top: float = 0
) -> list[DrawnBar]:
    """Bars side by side over the whole width; at most twelve of them carry a label below.

    `top`: the value of the full height, for bars that share a scale; else the highest bar's.
    """
    if not bars:
        return []
    top = max(top or max(bar.value for bar in bars), 1e-9)
    step, every = width / len(bars), -(-len(bars) // 12)
    return [
        DrawnBar(
            bar,
            x=round(index * step + step * 0.1, 1),
            y=round(height - height * bar.value / top, 1),
            width=round(step * 0.8, 1),
            height=round(height * bar.value / top, 1),
            labelled=index % every == 0,
        )
        for index, bar in enumerate(bars)
    ]
