"""Which calendar months are paid: from registration on, around stops and restarts, up to retirement."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zaigang.engines.entitlement.calendar import add_months, first_day, last_month_due, month_of
from zaigang.engines.entitlement.parameters import Dated
from zaigang.engines.entitlement.retirement import Retirement
from zaigang.engines.entitlement.situation import Situation

FAR = 10**6
#: The first day of the reformed retirement ages.
REFORM = date(2025, 1, 1)


class PlanMonth(NamedTuple):
    """`draw` counts the person's months from 1; `doubtful` months carry no amount."""

    month: int
    draw: int
    extension: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Months in a row that may be paid, both ends included; `last` is FAR when nothing ends it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Course:
    """What the events make of the time after registration. `new_claim`: the resumption was too late."""

    segments: tuple[Segment, ...]
    new_claim: bool


def course_of(case: Situation) -> Course:
    """A month is paid when the person is unemployed on its first day, or (re-)registers in it."""
    offset: int = case.rule("first_payment").value or 0
    first = month_of(case.start) + offset
    segments: list[Segment] = []
    stopped: date | None = None
    since_job: date | None = None
    for event in case.facts.events:
        if event.on <= case.start:
            continue
        if event.kind != "unemployed_again":
            since_job = event.on if event.kind == "employed" else since_job
            if stopped is None:
                segments.append(Segment(first, last_month_due(event.on)))
                stopped = event.on
        else:
            # checked facts: after the start nobody is unemployed again who was not stopped before
            if since_job is not None and _too_long(case, since_job, event.on):
                return Course(tuple(segments), True)
            first = max(month_of(event.on) + offset, segments[-1].last + 1)
            stopped = since_job = None
    if stopped is None:
        segments.append(Segment(first, FAR))
    return Course(tuple(segments), False)


def _too_long(case: Situation, hired: date, again: date) -> bool:
    limit = case.rule("resume_unused_months")
    return limit.known and add_months(hired, limit.value) <= again


def plan_for(
    case: Situation, course: Course, count: int, exact: bool, found: Retirement
) -> tuple[PlanMonth, ...]:
    """Up to `count` months for one retirement category, then the extension where one is due."""
    limit = _retirement_limit(case, found)
    months: list[PlanMonth] = []
    for segment in course.segments:
        for month in range(segment.first, min(segment.last, limit, segment.first + count) + 1):
            if len(months) == count:
                break
            months.append(PlanMonth(month, len(months) + 1, False, _in_doubt(case, month, found)))
    if exact and months and len(months) == count and limit < FAR:
        months += _extension(case, months[-1], found, _end_of_segment(course, months[-1].month))
    return tuple(months)


def _end_of_segment(course: Course, month: int) -> int:
    """Drawing goes on after the last month only as long as nothing stops it; a restart does not bring it back."""
    return next(s.last for s in course.segments if s.first <= month <= s.last)


def _in_doubt(case: Situation, month: int, found: Retirement) -> bool:
    """Whether only the unverified transition rule says if somebody who drew before the reform may go on."""
    return (
        case.start < REFORM <= first_day(month) and month > month_of(found.old_on) and found.delay_months > 0
    )


def _retirement_limit(case: Situation, found: Retirement) -> int:
    """The month in which the age is reached; none for people above it whom the law lets draw."""
    return FAR if found.on <= case.start else month_of(found.on)


def extension_rule(case: Situation, last_month: int, found: Retirement) -> Dated | None:
    """The rule by which drawing goes on after `last_month`, if it applies."""
    after = first_day(last_month + 1)
    rule = case.rules.at("extension_to_retirement", after)
    if not rule.known or found.on < after:
        return None
    return rule if found.on < add_months(after, rule.value.within_months) else None


def _extension(case: Situation, last: PlanMonth, found: Retirement, end: int) -> list[PlanMonth]:
    rule = extension_rule(case, last.month, found)
    if rule is None:
        return []
    until = min(month_of(found.on), last.month + rule.value.most, end)
    months = []
    for number, month in enumerate(range(last.month + 1, until + 1), start=1):
        months.append(PlanMonth(month, last.draw + number, True, _in_doubt(case, month, found)))
    return months
