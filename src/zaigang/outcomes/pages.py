"""What the director's page shows, as records for the components."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from zaigang.claims.budget import Assumption, Line
from zaigang.claims.queries.budget import budget_of
from zaigang.foundation import clock
from zaigang.look.components import FunnelRow
from zaigang.outcomes.enums import State
from zaigang.outcomes.funnel import Funnel, Sums, funnel, sums_of
from zaigang.roster.models import Closure

MONTHS_SHOWN = 3
#: Shown even when nobody is in them; the others once somebody is, or was the day before.
ALWAYS = (State.AWAITING_REPAIR, State.NOT_REACHED)


@dataclass(frozen=True, slots=True)
class MoneyAhead:
    """What the fund pays in the next months as assumed, and in all of them; `left` may draw and have not registered."""

    months: list[Line]
    total: Line
    left: int


def money_ahead(closure: Closure) -> MoneyAhead:
    """The forecast as of today, whatever day the page shows."""
    found = budget_of([closure], Assumption(), clock.today())
    return MoneyAhead(
        found.by_month()[:MONTHS_SHOWN], found.total(), sum(one.left for one in found.standings)
    )


@dataclass(frozen=True, slots=True)
class FunnelPage:
    """A closure as of a day, beside the day before."""

    closure: Closure
    funnel: Funnel
    before: dict[str, int]
    people_before: int

    @property
    def previous_day(self) -> date:
        return self.funnel.as_of - timedelta(days=1)

    @property
    def next_day(self) -> date | None:
        """None on the business date: there is nothing to know of tomorrow."""
        return self.funnel.as_of + timedelta(days=1) if self.funnel.as_of < clock.today() else None

    @property
    def headline(self) -> str:
        """One sentence that a director can say aloud."""
        if not self.funnel.people:
            return _("到这一天，名册里还没有人。")
        people, waiting = self.funnel.people, self.funnel.states[State.AWAITING_REPAIR]
        agree = _("名册 %(n)s 人，每一行都对得上。")
        sentence = (agree if self.funnel.reconciles else _("名册 %(n)s 人。")) % {"n": f"{people:,}"}
        if waiting:
            sentence += _("其中 %(n)s 人的资料还要补正。") % {"n": f"{waiting:,}"}
        return sentence + self._news() + self._served()

    def _served(self) -> str:
        """Who has been here; nothing before the first."""
        states = self.funnel.states
        reached = self.funnel.people - states[State.NOT_REACHED] - states[State.AWAITING_REPAIR]
        words = _("%(reached)s 人已经来办过，%(drawing)s 人在领失业保险金。")
        numbers = {"reached": f"{reached:,}", "drawing": f"{states[State.CLAIMING]:,}"}
        return words % numbers if reached else ""

    @property
    def change(self) -> int:
        """People more than the day before."""
        return self.funnel.people - self.people_before

    def _news(self) -> str:
        change = self.change
        if not change:
            return _("人数和前一天一样。")
        words = _("比前一天多 %(n)s 人。") if change > 0 else _("比前一天少 %(n)s 人。")
        return words % {"n": f"{abs(change):,}"}

    def rows(self, *, link: bool) -> list[FunnelRow]:
        """The funnel's lines; with `link`, every number that is not 0 opens its names."""
        states = self.funnel.states
        shown = [
            state for state in State if state in ALWAYS or self.funnel.states[state] or self.before[state]
        ]
        return [
            FunnelRow(
                label=state.label,
                count=states[state],
                change=states[state] - self.before[state],
                url=self.names_url(state) if link and states[state] else "",
            )
            for state in shown
        ]

    def names_url(self, state: str) -> str:
        """Where the people of a state are named; `all` for everybody."""
        return f"{reverse('outcomes:names', args=[self.closure.code, state])}?on={self.funnel.as_of:%Y-%m-%d}"


def funnel_page(closure: Closure, on: date) -> FunnelPage:
    """The closure at the end of `on`, and the day before."""
    yesterday = sums_of([closure.pk], on - timedelta(days=1))[closure.pk]
    return FunnelPage(closure, funnel(closure.pk, on), yesterday.states, yesterday.people)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day on which something happened, with the sums at its end."""

    day: date
    sums: Sums


def eventful_days(closure: UUID, on: date, *, limit: int = 8) -> list[DayLine]:
    """The last days up to `on` on which something happened to people of the closure, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT (happened_at AT TIME ZONE %s)::date AS day FROM ledger_entry"
            " WHERE closure = %s AND subject_kind = 'case' AND happened_at < %s ORDER BY day DESC LIMIT %s",
            [str(clock.ZONE), closure, clock.end_of(on), limit],
        )
        days = sorted(day for (day,) in cursor.fetchall())
    return [DayLine(day, sums_of([closure], day)[closure]) for day in days]
