"""The pages of first decisions and of the forecast."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal

from zaigang.claims.enums import Confidence, Eligible
from zaigang.claims.explaining import CONFIDENCE_KIND, KIND, cited, months_words, why
from zaigang.claims.models import FirstDecision
from zaigang.claims.queries import AmountSource, MonthForecast, Summary, amounts, forecast, summary
from zaigang.look.components import DrawnBar, MonthBar, draw_bars
from zaigang.roster.models import Closure


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of the list."""

    decision: FirstDecision
    kind: str
    months: str
    why: str


def rows_of(decisions: Iterable[FirstDecision]) -> list[DecisionRow]:
    """Lines for a page of decisions."""
    return [
        DecisionRow(d, KIND[Eligible(d.eligible)], months_words(d.months_exact, d.months_at_most), why(d))
        for d in decisions
    ]


@dataclass(frozen=True, slots=True)
class Tag:
    """How well an amount is known: kind of status tag, and the word."""

    kind: str
    word: str


def _tag(status: str) -> Tag:
    confidence = Confidence(status)
    return Tag(CONFIDENCE_KIND[confidence], str(confidence.label))


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """A closure's months of payment. `total` sums what is known; `all_known` tells whether that is all."""

    months: list[tuple[MonthForecast, list[Tag]]]
    sources: list[tuple[AmountSource, Tag, str]]
    bars: list[DrawnBar]
    total: Decimal
    all_known: bool
    summary: Summary

    @property
    def due(self) -> int:
        """People who may draw."""
        return self.summary.eligible[Eligible.YES]

    @property
    def undecided(self) -> int:
        return self.summary.eligible[Eligible.UNDECIDED]


def forecast_page_of(closure: Closure) -> ForecastPage:
    """Months, sources and bars in four queries."""
    months = forecast(closure)
    return ForecastPage(
        months=[(month, [_tag(status) for status in month.statuses]) for month in months],
        sources=[(source, _tag(source.status), cited(asdict(source))) for source in amounts(closure)],
        bars=draw_bars([MonthBar(month.month, float(month.yuan)) for month in months]),
        total=sum((month.yuan for month in months), Decimal()),
        all_known=not any(month.unknown for month in months),
        summary=summary(closure),
    )
