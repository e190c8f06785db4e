"""Benefit paid for months in which it was not due: which, how much, and how it comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, fen, money, notebook, plain
from zaigang.engines.entitlement.calendar import (
    add_months,
    first_day,
    last_month_due,
    month_of,
    month_text,
    parse_month,
)
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import EVENTS, read_choice
from zaigang.engines.entitlement.parameters import Library, worst

Yuan = int | float | Decimal
STOPS = tuple(kind for kind in EVENTS if kind != "unemployed_again")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class OverpaidMonth:
    """One calendar month (a month number, see calendar.py), in yuan; `over` is more than nothing."""

    month: int
    paid: Decimal
    due: Decimal

    @property
    def over(self) -> Decimal:
        return self.paid - self.due

    def as_json(self) -> dict[str, Any]:
        yuan = {"paid": plain(self.paid), "due": plain(self.due), "over": plain(self.over)}
        return {"month": month_text(self.month), **yuan}


@dataclass(frozen=True, slots=True)
class Fine:
    """The least and the most that a person may decide, in yuan. Never imposed by the program."""

    least: Decimal
    most: Decimal

    def as_json(self) -> dict[str, Any]:
        return {"least": plain(self.least), "most": plain(self.most)}


@dataclass(frozen=True, slots=True)
class Overpayment:
    """`answer`: was too much paid; undecided while it is unknown when the benefit stopped.

    `repayment` holds the ways the law allows: return | instalments | set_off; empty where the rule of that
    day is missing. `report_within_working_days`: the person's duty to report the stop, None where none is known.
    """

    answer: Verdict
    months: tuple[OverpaidMonth, ...]
    returned: Decimal
    repayment: tuple[str, ...]
    fine: Fine | None
    report_within_working_days: int | None
    findings: Findings

    @property
    def total(self) -> Decimal:
        return sum((entry.over for entry in self.months), NOTHING)

    @property
    def outstanding(self) -> Decimal:
        """What is still to be returned; nothing when more came back than was owed."""
        return max(NOTHING, self.total - self.returned)

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "months": [entry.as_json() for entry in self.months],
            "total_yuan": plain(self.total),
            "returned_yuan": plain(self.returned),
            "outstanding_yuan": plain(self.outstanding),
            "repayment": list(self.repayment),
            "fine": self.fine.as_json() if self.fine else None,
            "report_within_working_days": self.report_within_working_days,
            **self.findings.as_json(),
        }


def overpayment(
    paid: Iterable[tuple[str | date, Yuan]],
    *,
    territory: str,
    on: date,
    stopped_on: date | None = None,
    stopped_by: str | None = None,
    resumed_on: date | None = None,
    last_month: str | None = None,
    due: Mapping[str, Yuan] | None = None,
    returned: Yuan = 0,
    fraud: bool = False,
    parameters: Library | None = None,
) -> Overpayment:
    """Which of the months paid were not due, and by how much.

    `paid`: (calendar month, yuan) for each payment; a month is `YYYY-MM` or any day in it, and may occur
    more than once (back-pay, reversals of an earlier return are not payments). `on`: the day of deciding; it
    chooses the rule of repayment.

    What was due:
    * `stopped_on`: the day of the event that ended the benefit (art. 51). A month is due when the person was
      unemployed on its first day: a stop on the 1st takes that month too, a later one begins with the next.
      `stopped_by`: the kind of event (facts.EVENTS), for the words and the evidence that a clerk needs.
    * `resumed_on`: unemployed again; months from the month of that day on are due again, unless a job of
      twelve months or more lay between (then only a new claim gives benefit).
    * `last_month`: `YYYY-MM`, the last month due for another reason (months used up, retirement age).
    * `due`: yuan that were right for single months (`YYYY-MM`), where the amount itself was wrong.
    At least one of `stopped_on`, `last_month` and `due` is needed, else the answer is `undecided`.

    `returned`: yuan already paid back. `fraud`: a person found that the money was got by deceit; then `fine`
    bounds what that person may decide (2 to 5 times, from 2023-12-01).
    BadFacts: amounts below 0 or finer than a fen, no such month, a restart without or before its stop.
    Source: 社会保险法 arts. 50(3), 51; 社会保险经办条例 arts. 25, 46, 55.
    """
    book = notebook(territory, on, parameters)
    _check(stopped_on, stopped_by, resumed_on)
    sums = _by_month(paid)
    corrected = {_month(text, "due"): money(yuan, "due") for text, yuan in (due or {}).items()}
    end = None if last_month is None else _month(last_month, "last_month")
    _say_the_stop(book, stopped_on, stopped_by, end, corrected)
    again = _first_again(book, stopped_on, stopped_by, resumed_on)
    months = tuple(
        OverpaidMonth(month, yuan, _due(month, yuan, stopped_on, again, end, corrected))
        for month, yuan in sorted(sums.items())
    )
    over = tuple(entry for entry in months if entry.over > 0)
    _say_the_restart(book, resumed_on, again)
    settled = stopped_on is not None or end is not None or bool(corrected)
    answer: Verdict = "undecided" if not settled else "yes" if over else "no"
    ways = _repayment(book, over, money(returned, "returned"))
    fine = _fine(book, over) if fraud else None
    days = _duty_to_report(book, stopped_on)
    return Overpayment(answer, over, money(returned, "returned"), ways, fine, days, book.findings())


def _check(stopped_on: date | None, stopped_by: str | None, resumed_on: date | None) -> None:
    if stopped_by is not None:
        read_choice(stopped_by, STOPS, "stopped_by")
    if resumed_on is None:
        return
    if stopped_on is None or resumed_on <= stopped_on:
        raise BadFacts("恢复领取之前没有停领的日期", "resumed_on", "请先填停领日期，恢复要在它之后。")


def _month(value: str | date, where: str) -> int:
    if isinstance(value, date):
        return month_of(value)
    try:
        return parse_month(value)
    except (ValueError, TypeError):
        raise BadFacts(f"不是年月：{value!r}", where, "请写成 2016-12 的样子。") from None


def _by_month(paid: Iterable[tuple[str | date, Yuan]]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for when, yuan in paid:
        month = _month(when, "paid")
        sums[month] = sums.get(month, NOTHING) + money(yuan, "paid")
    return sums


def _first_again(
    book: Notebook, stopped_on: date | None, stopped_by: str | None, resumed_on: date | None
) -> int | None:
    """The first month due again: that of the new registration, or the next where the place pays so.

    None where nothing resumes, also after a job so long that only a new claim gives benefit again.
    """
    if resumed_on is None or stopped_on is None:
        return None
    limit = book.rule("resume_unused_months", resumed_on)
    if stopped_by == "employed" and limit.known and add_months(stopped_on, limit.value) <= resumed_on:
        book.because("overpaid_new_claim", limit, on=resumed_on)
        return None
    return month_of(resumed_on) + (book.rule("first_payment", resumed_on).value or 0)


def _due(
    month: int,
    paid: Decimal,
    stopped_on: date | None,
    again: int | None,
    end: int | None,
    corrected: Mapping[int, Decimal],
) -> Decimal:
    """Never more than was paid: what was paid too little is back-pay, not this question."""
    stopped = stopped_on is not None and month > last_month_due(stopped_on)
    resumed = again is not None and month >= again
    if (stopped and not resumed) or (end is not None and month > end):
        return NOTHING
    return min(paid, corrected.get(month, paid))


def _say_the_stop(
    book: Notebook,
    stopped_on: date | None,
    stopped_by: str | None,
    end: int | None,
    corrected: Mapping[int, Decimal],
) -> None:
    if stopped_on is not None:
        stops, start = book.rule("stops", stopped_on), book.rule("first_payment", stopped_on)
        last = first_day(last_month_due(stopped_on))
        word = stopped_by or "stop_unnamed"
        status = worst(stops.status, start.status)
        book.because("overpaid_stop", stops, status=status, on=stopped_on, word=word, month_last=last)
        if stops.known and stopped_by is not None and stops.value[stopped_by] == "person":
            book.asks("overpaid_stop_evidence", word=stopped_by)
    if end is not None:
        book.because("overpaid_end", book.rule("months_cap", first_day(end)), month_last=first_day(end))
    for month, yuan in sorted(corrected.items()):
        rule = book.rule("benefit_amount", first_day(month))
        book.because("overpaid_amount", rule, month_first=first_day(month), yuan=plain(yuan))
    if stopped_on is None and end is None and not corrected:
        book.lacks_fact("overpaid_stop_unknown", book.rule("stops"))


def _say_the_restart(book: Notebook, resumed_on: date | None, again: int | None) -> None:
    if resumed_on is not None and again is not None:
        rule = book.rule("resume_unused_months", resumed_on)
        book.because("overpaid_resumed", rule, on=resumed_on, month_first=first_day(again))


def _repayment(book: Notebook, over: tuple[OverpaidMonth, ...], returned: Decimal) -> tuple[str, ...]:
    rule = book.rule("overpayment")
    if not over:
        return ()
    total = sum((entry.over for entry in over), NOTHING)
    book.asks("overpaid_check")
    if returned > total:
        book.asks("overpaid_returned_too_much", yuan=plain(returned - total))
    if not rule.known:
        book.lacks_rule("overpaid_rule_missing", rule, months=len(over), yuan=plain(total))
        return ()
    book.because("overpaid_return", rule, months=len(over), yuan=plain(total))
    if len(rule.value) > 1 and returned < total:
        book.because("overpaid_ways", rule)
    return tuple(rule.value)


def _fine(book: Notebook, over: tuple[OverpaidMonth, ...]) -> Fine | None:
    """The law of the day on which a month was paid bounds its fine; earlier months are left out and named."""
    least = most = NOTHING
    for entry in over:
        rule = book.rule("benefit_fraud", first_day(entry.month))
        if not rule.known:
            book.lacks_rule("fraud_rule_missing", rule)
            continue
        times = rule.value["fine_times"]
        least, most = least + entry.over * times[0], most + entry.over * times[1]
        book.because("fraud_fine", rule, least=times[0], most=times[1])
    if over:
        book.asks("fraud_for_person")
    return Fine(fen(least), fen(most)) if most else None


def _duty_to_report(book: Notebook, stopped_on: date | None) -> int | None:
    if stopped_on is None:
        return None
    rule = book.rule("report_stop_working_days", stopped_on)
    if not rule.known:
        return None
    book.because("report_stop", rule, days=rule.value)
    return int(rule.value)
