"""What comes when, month by month and drawn together: the payments of a claim, or before it what was worked out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.enums import Eligible
from zaigang.desk.phone.page import months_of
from zaigang.desk.why.told import Told
from zaigang.look.formats import month_words, yuan


@dataclass(frozen=True, slots=True)
class Month:
    """One month, or several alike. `mark`: the amount is inferred; `word` and `kind`: how far the payment is."""

    when: str
    count: int
    amount: str
    mark: str
    kind: str
    word: str


def runs(told: Told) -> tuple[Month, ...]:
    """Months in a row with the same amount and state."""
    if told.here.claim is not None:
        return tuple(
            Month(
                _span(run.first, run.last),
                run.months,
                _amount(run.yuan, run.months),
                _mark(run.yuan, run.sure),
                run.kind,
                run.word,
            )
            for run in months_of(told.here.payments)
        )
    return tuple(_drawn_together(list(_worked_out(told))))


def single(told: Told) -> tuple[Month, ...]:
    """Every month by itself."""
    if told.here.claim is None:
        return tuple(month for _day, _known, month in _worked_out(told))
    return tuple(
        Month(
            _span(one.first, one.last), 1, _amount(one.yuan, 1), _mark(one.yuan, one.sure), one.kind, one.word
        )
        for payment in told.here.payments
        for one in months_of([payment])
    )


def _worked_out(told: Told) -> Iterator[tuple[date, Decimal | None, Month]]:
    if told.body["eligible"] != Eligible.YES:
        return
    for line in told.body["payments"]:
        day = date.fromisoformat(f"{line['month']}-01")
        known = None if line["yuan"] is None else Decimal(str(line["yuan"]))
        mark = _mark(known, line["status"] == "verified")
        yield day, known, Month(_span(day, day), 1, _amount(known, 1), mark, "", "")


def _drawn_together(months: Sequence[tuple[date, Decimal | None, Month]]) -> Iterator[Month]:
    for (known, mark), run in groupby(months, key=lambda one: (one[1], one[2].mark)):
        days = [day for day, _known, _month in run]
        yield Month(_span(days[0], days[-1]), len(days), _amount(known, len(days)), mark, "", "")


def _span(first: date, last: date) -> str:
    language = get_language() or "zh-hans"
    begin, end = month_words(first, language), month_words(last, language)
    return begin if begin == end else _("%(first)s 到 %(last)s") % {"first": begin, "last": end}


def _amount(known: Decimal | None, months: int) -> str:
    if known is None:
        return _("金额还没有查到")
    return _("每月 %(yuan)s") % {"yuan": yuan(known)} if months > 1 else yuan(known)


def _mark(known: Decimal | None, sure: bool) -> str:
    return "" if known is None or sure else _("推断，发前要核实")


def total(told: Told) -> str:
    """What all known months come to, in words; empty without any."""
    if told.here.claim is not None:
        due = [one for one in told.here.payments if one.state != "stopped"]
        amounts, planned = [one.yuan for one in due], any(one.planned for one in due)
    else:
        lines = told.body["payments"] if told.body["eligible"] == Eligible.YES else []
        amounts = [None if one["yuan"] is None else Decimal(str(one["yuan"])) for one in lines]
        planned = any(one.get("planned") for one in lines)
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return ""
    if len(known) < len(amounts):
        words = _("知道金额的月份，合计最多 %(yuan)s") if planned else _("知道金额的月份，合计 %(yuan)s")
    else:
        words = _("合计最多 %(yuan)s") if planned else _("合计 %(yuan)s")
    return words % {"yuan": yuan(sum(known, Decimal()))}
