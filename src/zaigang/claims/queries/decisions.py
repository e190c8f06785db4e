"""The first decisions of a closure, their sums, and where their amounts come from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from zaigang.claims.enums import Eligible, Obstacle
from zaigang.claims.models import AgencyMonths, FirstDecision
from zaigang.roster.enums import NOT_A_PERSON, CaseState
from zaigang.roster.models import Case, Closure


def decisions_of(closure: Closure, *, eligible: str = "", reason: str = "") -> QuerySet[FirstDecision]:
    """The decisions in force of a closure in the roster's order: all, one answer, or one reason's code."""
    found = FirstDecision.objects.in_force().filter(case__closure=closure)
    if eligible:
        found = found.filter(eligible=eligible)
    if reason:
        found = found.filter(ruling__body__reasons__contains=[{"code": reason}])
    return found.select_related("case__worker", "ruling").order_by("case__number")


def decision_of(case: Case) -> FirstDecision | None:
    """What the person is due, as last worked out; None while the row waits for repair."""
    found = FirstDecision.objects.in_force().filter(case=case)
    return found.select_related("ruling", "decided_by", "case__closure__office").first()


def agency_months_of(case: Case) -> AgencyMonths | None:
    """The months that the agency has fixed, if it has."""
    return AgencyMonths.objects.filter(case=case, current=True).select_related("by").first()


@dataclass(frozen=True, slots=True)
class Summary:
    """People of a closure by answer, and those who are due by the months they get at most.

    `waiting` rows have no decision until they are repaired.
    """

    people: int
    eligible: dict[str, int]
    months: list[tuple[int | None, int]]
    waiting: int


def summary(closure: Closure) -> Summary:
    """Count a closure's decisions in two queries."""
    decisions = FirstDecision.objects.in_force().filter(case__closure=closure).order_by()
    counted = decisions.values_list("eligible", "months_exact", "months_at_most").annotate(n=Count("pk"))
    eligible = dict.fromkeys(Eligible.values, 0)
    months: dict[int | None, int] = {}
    for answer, exact, at_most, people in counted:
        eligible[answer] += people
        if answer == Eligible.YES:
            most = at_most if exact is None else exact
            months[most] = months.get(most, 0) + people
    ordered = sorted(months.items(), key=lambda item: -(item[0] or 0))
    waiting = closure.cases.filter(state=CaseState.AWAITING_REPAIR).count()
    return Summary(sum(eligible.values()), eligible, ordered, waiting)


# How many people have each ruling; whoever is due is counted, a row that is no person of its own is not.
_COUNTED = """
WITH counted AS (
    SELECT d.ruling_id, count(*) AS people
    FROM claims_firstdecision d JOIN roster_case c ON c.id = d.case_id
    WHERE c.closure_id = %(closure)s AND c.state <> ALL(%(states)s)
        AND d.current AND d.eligible = ANY(%(eligible)s)
    GROUP BY d.ruling_id
)
"""
_OBSTACLES = f"""{_COUNTED}
SELECT reason ->> 'code', sum(people)::int
FROM counted JOIN claims_ruling r ON r.id = ruling_id, jsonb_array_elements(r.body -> 'reasons') reason
GROUP BY 1 ORDER BY 2 DESC, 1
"""  # noqa: S608 -- joined from constants
_AMOUNTS = f"""{_COUNTED}
SELECT min(p ->> 'month'), max(p ->> 'month'), (p ->> 'yuan')::numeric, p ->> 'status',
    p -> 'source' ->> 'title', p -> 'source' ->> 'article', p -> 'source' ->> 'document'
FROM counted JOIN claims_ruling r ON r.id = ruling_id, jsonb_array_elements(r.body -> 'payments') p
GROUP BY 3, 4, 5, 6, 7 ORDER BY 1, 2, 3
"""  # noqa: S608 -- as above


def _rows(statement: str, closure: UUID, eligible: list[str]) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "closure": closure,
        "eligible": eligible,
        "states": [str(state) for state in NOT_A_PERSON],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def obstacles(closure: Closure, *, eligible: str = "") -> list[tuple[Obstacle, int]]:
    """What stands in people's way and how many of them, the most frequent first; of one answer or of all."""
    rows = _rows(_OBSTACLES, closure.pk, [eligible] if eligible else list(Eligible.values))
    return [(Obstacle(code), people) for code, people in rows if code in Obstacle.values]


@dataclass(frozen=True, slots=True)
class AmountSource:
    """A monthly amount, from the first to the last month in which it is planned, and where it is written."""

    first: date
    last: date
    yuan: Decimal | None
    status: str
    title: str | None
    article: str | None
    document: str | None


def amounts(closure: Closure) -> list[AmountSource]:
    """Every amount behind a closure's forecast with its source, in order of time."""
    rows = _rows(_AMOUNTS, closure.pk, [str(Eligible.YES)])
    return [AmountSource(_month(first), _month(last), *rest) for first, last, *rest in rows]


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
