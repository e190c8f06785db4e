"""The page of the fund's forecast: by month, by closure, and the assumption in words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from zaigang.claims.budget import COMING_MONTHS, Assumption, Budget, Line, Standing
from zaigang.claims.enums import Confidence, Curve
from zaigang.claims.explaining import CONFIDENCE_KIND, cited
from zaigang.claims.queries import AmountSource, amounts
from zaigang.claims.queries.budget import budget_of
from zaigang.look.components import DrawnBar, MonthBar, draw_bars
from zaigang.roster.models import Closure


@dataclass(frozen=True, slots=True)
class Tag:
    """How well an amount is known: kind of status tag, and the word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ClosureLine:
    """One closure's sums, and how its people are assumed to come."""

    closure: Closure
    line: Line
    standing: Standing
    words: list[str]


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """Months with their tags, closures with their words. `high` and `likely` are bars on one scale."""

    budget: Budget
    months: list[tuple[Line, list[Tag]]]
    closures: list[ClosureLine]
    sources: list[tuple[AmountSource, Tag, str]]
    likely: list[DrawnBar]
    high: list[DrawnBar]
    total: Line

    @property
    def unknown_months(self) -> int:
        return sum(1 for line, _tags in self.months if line.unknown)


def budget_page(
    closures: Sequence[Closure], assumption: Assumption, today: date, *, sources: Closure | None = None
) -> BudgetPage:
    """Everything the page shows; where the amounts come from for the closure `sources`."""
    found = budget_of(closures, assumption, today)
    months = found.by_month()
    top = float(max((line.total_high for line in months), default=0))
    return BudgetPage(
        budget=found,
        months=[(line, _tags(line.statuses)) for line in months],
        closures=list(_closure_lines(closures, found)),
        sources=[
            (one, _tag(one.status), cited(asdict(one))) for one in (amounts(sources) if sources else ())
        ],
        likely=draw_bars([MonthBar(_of(line), float(line.total)) for line in months], top=top),
        high=draw_bars([MonthBar(_of(line), float(line.total_high)) for line in months], top=top),
        total=found.total(),
    )


def _of(line: Line) -> date:
    assert line.month is not None
    return line.month


def _tags(statuses: Iterable[str]) -> list[Tag]:
    return [_tag(status) for status in Confidence.values if status in statuses]


def _tag(status: str) -> Tag:
    confidence = Confidence(status)
    return Tag(CONFIDENCE_KIND[confidence], str(confidence.label))


def _closure_lines(closures: Sequence[Closure], found: Budget) -> Iterable[ClosureLine]:
    sums = {line.closure: line for line in found.by_closure()}
    standings = {one.closure: one for one in found.standings}
    for closure in closures:
        standing = standings[closure.pk]
        line = sums.get(closure.pk, Line(closure.pk, None))
        if line.total_high or line.unknown or standing.left or standing.undecided:
            yield ClosureLine(closure, line, standing, coming_words(standing, found.assumption))


def coming_words(standing: Standing, assumption: Assumption) -> list[str]:
    """How one closure's people are assumed to come, and who is not in the sums."""
    words = [_curve_words(standing, assumption)] if standing.left else [_("可以领取的人都登记了。")]
    if standing.beyond:
        text = _("%(n)s 人在今后 %(months)s 个月里还不会来，没有算进来。")
        words.append(text % {"n": f"{standing.beyond:,}", "months": COMING_MONTHS})
    if standing.late:
        text = _("%(n)s 人来的时候可能超过申领时限，或者还不能决定，没有算进来。")
        words.append(text % {"n": f"{standing.late:,}"})
    if standing.undecided:
        words.append(_("另有 %(n)s 人还不能决定，没有算进来。") % {"n": f"{standing.undecided:,}"})
    return words


def _curve_words(standing: Standing, assumption: Assumption) -> str:
    values = {"n": f"{standing.left:,}", "pace": f"{standing.pace:,}", "share": assumption.share}
    if standing.curve == Curve.PACE:
        return _("还有 %(n)s 人没登记；最近四周登记了 %(pace)s 人，假设照这个速度来。") % values
    if standing.curve == Curve.SHARE:
        return _("还有 %(n)s 人没登记；假设每个月来剩下的 %(share)s%%。") % values
    if assumption.curve == Curve.PACE:
        return _("还有 %(n)s 人没登记；最近四周没有人来登记，假设下个月全都来。") % values
    return _("还有 %(n)s 人没登记；假设下个月全都来。") % values
