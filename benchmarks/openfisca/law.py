"""Our parameter values in OpenFisca's form, so that the peer has no second copy of a number."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from zaigang.engines.entitlement.facts import CATEGORIES, ENDINGS
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import STATUSES, Rules

#: Licang has only the ceilings of the law, Shanghai a table of months and amounts by month of draw.
PLACES = {"licang": "370213", "shanghai": "310101"}
CLAIM = date(2026, 1, 1)
MOST_CONTRIBUTED = 500
_VERDICTS = {"no": 0, "yes": 1, "person": 2}


def write_law(folder: Path) -> None:
    """One YAML file for each parameter, nodes as folders. Values are those in force from the month of the claims on."""
    rules = {place: load_parameters().rules(code) for place, code in PLACES.items()}
    national = rules["licang"]
    for name in ("contribution_minimum_months", "months_cap"):
        _write(folder, name, _fixed(national.at(name, CLAIM).value))
    _write(folder, "extension_months", _fixed(national.at("extension_to_retirement", CLAIM).value.most))
    _write(folder, "months_ceiling", _scale(national.at("months_ceiling", CLAIM).value.months_for))
    table = rules["shanghai"].at("months_table", CLAIM).value
    _write(folder / "months_table", "shanghai", _scale(table.exact))
    for ending in ENDINGS:
        verdict = national.at("involuntary", CLAIM).value[ending]
        _write(folder / "involuntary", ending, _fixed(_VERDICTS[verdict]))
    _retirement(folder / "retirement", national)
    for place in PLACES:
        _amounts(folder, place, rules[place])


def _retirement(folder: Path, rules: Rules) -> None:
    ages = rules.at("retirement_age", CLAIM).value
    for category in CATEGORIES:
        age = ages[category]
        values = {
            "years": age.years,
            "delay_from": age.delay_from - 1970 * 12,
            "every": age.every,
            "most": age.most,
        }
        for name, value in values.items():
            _write(folder / name, category, _fixed(value))


def _amounts(folder: Path, place: str, rules: Rules) -> None:
    """By month of draw: up to the twelfth, from the thirteenth on, in the extension; and the status of it."""
    months = range(CLAIM.year * 12, CLAIM.year * 12 + 36)
    kinds = {"first": (1, False), "later": (13, False), "extension": (13, True)}
    for kind, (draw, extension) in kinds.items():
        found = {_day(month): {"value": rules.amount(month, draw, extension).yuan} for month in months}
        _write(folder / "benefit_amount" / kind, place, {"values": found})
    status = {_day(month): {"value": STATUSES.index(rules.amount(month, 1).status)} for month in months}
    _write(folder / "benefit_status", place, {"values": status})


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _fixed(value: float) -> dict[str, Any]:
    return {"values": {CLAIM: {"value": value}}}


def _scale(months_for: Any) -> dict[str, Any]:
    """The steps of a table, as a scale with one bracket for each."""
    brackets, last = [], None
    for contributed in range(MOST_CONTRIBUTED):
        months = months_for(contributed)
        if months != last:
            bracket = {"threshold": {CLAIM: {"value": contributed}}, "amount": {CLAIM: {"value": months}}}
            brackets.append(bracket)
            last = months
    return {"brackets": brackets, "metadata": {"type": "single_amount"}}


def _write(folder: Path, name: str, content: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"description": name, **content}, sort_keys=False)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
