"""What all answers around the benefit have in common: sentences with source and status, and what is missing."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import Dated, Library, Rules, Status
from zaigang.engines.entitlement.reasons import Line

Verdict = Literal["yes", "no", "undecided"]
Lacking = Literal["fact", "rule"]
_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, the rule it stands on and how sure we are of that rule."""

    line: Line
    status: Status
    rule: Dated

    def as_json(self) -> dict[str, Any]:
        """`from` is the rule's first day, or with `first_seen` the day on which it was first seen in force."""
        since = self.rule.since.isoformat()
        return self.line.as_reason() | {
            "status": self.status,
            "from": since,
            "first_seen": self.rule.first_seen,
        }


@dataclass(frozen=True, slots=True)
class Lack:
    """Why something cannot be decided here: a fact that nobody gave, or a rule whose text was not found."""

    kind: Lacking
    line: Line

    def as_json(self) -> dict[str, Any]:
        return self.line.as_reason() | {"kind": self.kind}


@dataclass(frozen=True, slots=True)
class Findings:
    """The grounds of one answer, in the order in which a person would tell them."""

    reasons: tuple[Reason, ...]
    missing: tuple[Lack, ...]
    needs_human: tuple[Line, ...]
    parameters: tuple[Dated, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "reasons": [reason.as_json() for reason in self.reasons],
            "missing": [lack.as_json() for lack in self.missing],
            "needs_human": [line.as_json() for line in self.needs_human],
            "parameters": [dated.as_json() for dated in self.parameters],
        }


@dataclass(slots=True)
class Notebook:
    """The rules of one place on one day, and what the answering leaves behind."""

    rules: Rules
    on: date
    _reasons: list[Reason] = field(default_factory=list)
    _missing: list[Lack] = field(default_factory=list)
    _asks: list[Line] = field(default_factory=list)
    _used: dict[tuple[str, date], Dated] = field(default_factory=dict)

    def rule(self, name: str, on: date | None = None) -> Dated:
        """The rule of that name on `on`, by default the day of the question."""
        return self.rules.at(name, on or self.on)

    def because(
        self,
        code: str,
        rule: Dated,
        *,
        status: Status | None = None,
        article: str | None = None,
        **args: Any,
    ) -> None:
        """A sentence and its rule. `status` where it is less sure than the rule, `article` where narrower."""
        source = rule.source if article is None else replace(rule.source, article=article)
        reason = Reason(Line("around", code, args, source), status or rule.status, rule)
        if reason not in self._reasons:
            self._reasons.append(reason)
        self._used[rule.name, rule.since] = rule

    def lacks_rule(self, code: str, rule: Dated, **args: Any) -> None:
        self._lacks(Lack("rule", Line("around", code, args, rule.source)))
        self._used[rule.name, rule.since] = rule

    def lacks_fact(self, code: str, rule: Dated | None = None, **args: Any) -> None:
        """`rule` is the one that asks for the fact."""
        self._lacks(Lack("fact", Line("around", code, args, rule.source if rule else None)))

    def _lacks(self, lack: Lack) -> None:
        if lack not in self._missing:
            self._missing.append(lack)

    def asks(self, code: str, **args: Any) -> None:
        line = Line("around", code, args)
        if line not in self._asks:
            self._asks.append(line)

    def findings(self) -> Findings:
        return Findings(
            tuple(self._reasons), tuple(self._missing), tuple(self._asks), tuple(self._used.values())
        )


def notebook(territory: str, on: date, parameters: Library | None) -> Notebook:
    """`parameters` defaults to the files of this package. BadFacts for an impossible territory code."""
    if not 1999 <= on.year <= 2100:
        raise BadFacts(f"日期 {on} 不在可判断的年份", "on", "请核对年份。")
    return Notebook((parameters or load_parameters()).rules(territory), on)


def money(value: Any, where: str) -> Decimal:
    """Yuan of at least 0, to the fen. BadFacts for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 <= value < 10**8:
        raise BadFacts(f"应为不小于0的金额（元），现在是 {value!r}", where, "请核对金额。")
    exact = Decimal(str(value))
    if exact != fen(exact):
        raise BadFacts(f"金额最多写到分，现在是 {value!r}", where, "请核对金额。")
    return exact


def fen(yuan: Decimal) -> Decimal:
    return yuan.quantize(_FEN, ROUND_HALF_UP)


def plain(yuan: Decimal | None) -> int | float | None:
    """A JSON number, without a decimal point where there are no fen."""
    if yuan is None:
        return None
    rounded = fen(yuan)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
