"""Why a worker got this option and not that one: codes with facts now, words only when somebody reads them.

What a change would cost everybody together is proved from the prices: no plan that holds the pair (i, j) is worth more
than the bound less `max(0, best_i) - (v_ij - p_j)`, where best_i is the most that i's pairs leave after their prices.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml

from zaigang.engines.matching.auction import Plan
from zaigang.engines.matching.candidates import Opening, Rejection, Verdict
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market

Language = Literal["zh", "en"]
_OPTIONS = ("option", "other")  # arguments that are numbers of options

_CHANGES = {
    Rejection.DISTANCE: "kilometres",
    Rejection.WAGE: "yuan",
    Rejection.CERTIFICATE: "certificate",
}


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Mapping[str, str]]:
    text = (Path(__file__).parent / "explain.yaml").read_text(encoding="utf-8")
    texts: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return texts


@dataclass(frozen=True, slots=True)
class Line:
    """One reason. `text` takes functions that name an option, a certificate, a class; else they are numbers from 0."""

    code: str
    args: Mapping[str, Any]

    def text(
        self,
        language: Language,
        name: Callable[[int], str] = str,
        certificate: Callable[[int], str] = str,
        training: Callable[[int], str] = str,
    ) -> str:
        named: dict[str, Callable[[int], str]] = dict.fromkeys(_OPTIONS, name)
        named |= {"certificate": certificate, "training": training}
        written = {key: named[key](value) if key in named else value for key, value in self.args.items()}
        return _texts()[self.code][language].format(**written)


def why(plan: Plan, market: Market, worker: int, *, openings: tuple[Opening, ...] = ()) -> tuple[Line, ...]:
    """What the worker got, what the seat is worth, who else wants it, and what the next best would cost everybody.

    Who got nothing hears by `openings` (candidates.openings, or candidates.counted) what stands in the way and what
    would open more.
    """
    _check(plan, market, worker)
    option, here = int(plan.choice[worker]), _pairs(market, worker)
    if not here:
        return (Line("no_pair", {}), *_in_the_way(openings))
    if option < 0:
        nearest = _least_loss(plan, market, worker, but=-1)
        found = Line("unplaced", {"options": len(here)}), *_competition(plan, market, nearest)
        return (*found, *_in_the_way(openings))
    lines = Line("placed", {"option": option, "value": here[option]}), *_competition(plan, market, option)
    if len(here) == 1:
        return (*lines, Line("only_pair", {}))
    other = _least_loss(plan, market, worker, but=option)
    return (*lines, _compared(plan, market, worker, other))


def why_not(
    plan: Plan, market: Market, worker: int, option: int, *, verdict: Verdict | None = None
) -> tuple[Line, ...]:  # fmt: skip
    """Why the worker does not hold this option. `verdict` (candidates.verdict) tells the rules of a pair left out."""
    _check(plan, market, worker, option)
    if verdict is not None and (verdict.worker, verdict.option) != (worker, option):
        raise BadMarket("判定说的是另一对", "verdict", "请对同一个人和同一个岗位重新判定。")
    here = _pairs(market, worker)
    if option in here:
        if plan.choice[worker] == option:
            return (Line("this_is_it", {"option": option}),)
        taken = Line("possible", {"option": option, "value": here[option]})
        return (taken, *_competition(plan, market, option), _compared(plan, market, worker, option))
    if verdict is None:
        return (Line("not_a_pair", {"option": option}),)
    if not verdict.rejections:
        return (Line("not_among_best", {"option": option, "score": verdict.score, "kept": len(here)}),)
    return tuple(_rule(verdict, rule) for rule in Rejection if rule in verdict.rejections)


def _check(plan: Plan, market: Market, worker: int, option: int | None = None) -> None:
    if len(plan.choice) != market.workers or len(plan.price) != market.options:
        raise BadMarket("方案和市场对不上", "plan", "请用同一个市场求出的方案。")
    if not 0 <= worker < market.workers:
        raise BadMarket("没有这个人", f"worker {worker}", "请核对编号。")
    if option is not None and not 0 <= option < market.options:
        raise BadMarket("没有这个岗位", f"option {option}", "请核对编号。")


def _pairs(market: Market, worker: int) -> dict[int, int]:
    """The worker's options, with their values."""
    span = slice(int(market.first[worker]), int(market.first[worker + 1]))
    return dict(zip(market.option[span].tolist(), market.value[span].tolist(), strict=True))


def _loss(plan: Plan, market: Market, worker: int, option: int) -> float:
    """By how much the bound falls when the worker holds this option."""
    left = {j: value - float(plan.price[j]) for j, value in _pairs(market, worker).items()}
    # Where everybody is placed first, staying out is worth far less than nothing.
    outside = -math.inf if plan.placed_first else 0.0
    return max(outside, *left.values()) - left[option]


def _least_loss(plan: Plan, market: Market, worker: int, *, but: int) -> int:
    """The option that would cost everybody least, of equals the smaller number."""
    return min((_loss(plan, market, worker, j), j) for j in _pairs(market, worker) if j != but)[1]


def _compared(plan: Plan, market: Market, worker: int, other: int) -> Line:
    proof, here = plan.certificate, _pairs(market, worker)
    at_least = _loss(plan, market, worker, other) - max(0.0, proof.bound - proof.objective)
    held = int(plan.choice[worker])
    more = here[other] - (here[held] if held >= 0 else 0)
    # A value is a whole number, so a loss of 0.2 is a loss of 1; the rest is the error of float sums.
    loss = max(0, math.ceil(at_least - 1e-6))
    # There a number would add people and points together, which nobody can read.
    if plan.placed_first and loss:
        return Line("costs_places", {"other": other})
    kind = "costs" if loss else "no_proof"
    side = "better" if more > 0 else "worse" if more < 0 else "same"
    return Line(f"{kind}_{side}", {"other": other, "difference": abs(more), "loss": loss})


def _competition(plan: Plan, market: Market, option: int) -> tuple[Line, ...]:
    """How many hold a seat or would be better off there, how many seats there are, and what one is worth."""
    edges = np.flatnonzero(market.option == option)
    people = np.searchsorted(market.first, edges, side="right") - 1
    wanting = [
        i
        for i, value in zip(people.tolist(), market.value[edges].tolist(), strict=True)
        if _wants(plan, market, i, option, value)
    ]
    seats, price = int(market.capacity[option]), round(float(plan.price[option]))
    wanted = Line("wanted", {"option": option, "people": len(wanting), "seats": seats})
    if plan.placed_first and price:
        return wanted, Line("price_places", {})
    return wanted, Line("price" if price else "no_price", {"price": price})


def _wants(plan: Plan, market: Market, worker: int, option: int, value: int) -> bool:
    held = int(plan.choice[worker])
    return held == option or held < 0 or value > _pairs(market, worker)[held]


def _in_the_way(openings: tuple[Opening, ...]) -> tuple[Line, ...]:
    """Each rule with how many options it costs, how many of them it alone, and what the least change would open."""
    lines: list[Line] = []
    for one in openings:
        rule = str(one.rule.name).lower()
        lines.append(Line(f"hinder_{rule}", {"broken": one.broken}))
        if one.alone:
            lines.append(Line("only_this", {"alone": one.alone}))
        if one.by is not None:
            unit, by = _CHANGES[one.rule], one.by // 1000 if one.rule is Rejection.DISTANCE else one.by
            lines.append(Line(f"opens_{rule}", {unit: by, "opened": one.opened}))
    return tuple(lines)


def _rule(verdict: Verdict, rule: Rejection) -> Line:
    """The rule, with the facts of this pair."""
    kilometres = {"away": round(verdict.distance / 1000, 1), "reach": round(verdict.reach / 1000, 1)}
    facts: dict[Rejection, dict[str, Any]] = {
        Rejection.DISTANCE: kilometres,
        Rejection.WAGE: {"wage": verdict.wage, "floor": verdict.wage_floor},
        Rejection.CERTIFICATE: {"count": len(verdict.certificates), "codes": verdict.certificates},
        Rejection.OCCUPATION: {},
        Rejection.SKILLS: {"required": verdict.required, "held": verdict.required_held},
        Rejection.RESERVED: {"codes": verdict.reserved},
        Rejection.BARRED: {"codes": verdict.barred},
        Rejection.EXCLUDED: {"codes": verdict.traits},
    }
    return Line(f"rule_{str(rule.name).lower()}", {"option": verdict.option} | facts[rule])
