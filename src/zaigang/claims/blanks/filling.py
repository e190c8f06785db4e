"""What is known already, put into a blank: from facts by their dotted names to initial values."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.claims.blanks.blank import Blank, Field
from zaigang.claims.blanks.forms import Answers, is_empty, is_required
from zaigang.claims.blanks.periods import LINES

Facts = Mapping[str, object]


def prefill(blank: Blank, facts: Facts) -> Answers:
    """Initial values, JSON-ready, of the cells whose `source` is among the facts.

    A fact may be a code, an option's label or another word for it (男, male, 大专), a date, a number, a list. One that
    fits no option on offer is left out, so that it is asked. Insured periods (`case.periods`, a list of mappings with
    employer, from, to) start with the closing firm (`case.firm`, `case.laid_off_on`) where nothing better is known.
    """
    known = {**facts}
    if is_empty(known.get("case.periods")):
        known["case.periods"] = _closing_firm(facts)
    values = {field.code: _value(field, known.get(field.source)) for field in blank.fields if field.source}
    return {code: value for code, value in values.items() if not is_empty(value)}


def missing(blank: Blank, initial: Mapping[str, Any]) -> list[Field]:
    """The required cells that have no value yet."""
    return [one for one in blank.fields if is_required(one, initial) and is_empty(initial.get(one.code))]


def facts_of(blank: Blank, answers: Mapping[str, Any]) -> dict[str, object]:
    """The answers of one blank as facts for the next: `unemployment_registration.phone` and so on."""
    return {f"{blank.code}.{code}": value for code, value in answers.items()}


def _closing_firm(facts: Facts) -> list[dict[str, object]]:
    firm = facts.get("case.firm")
    return [{"employer": firm, "to": facts.get("case.laid_off_on")}] if firm else []


def _value(field: Field, fact: object) -> Any:
    if is_empty(fact):
        return None
    if field.kind == "code":
        return _code(field, str(fact))
    if field.kind == "codes":
        found = (_code(field, str(one)) for one in _several(fact))
        return [code for code in found if code is not None]
    if field.kind == "periods":
        return [_line(line) for line in _several(fact)][:LINES]
    return _plain(fact)


def _several(fact: object) -> Sequence[Any]:
    return fact if isinstance(fact, list | tuple) else [fact]


def _code(field: Field, fact: str) -> str | None:
    """The code on offer that the fact is, or is a word for."""
    for option in field.options:
        if fact == option.code:
            return option.code
    for option in field.options:
        if fact in (option.label, *option.also):
            return option.code
    return None


def _line(line: Mapping[str, object]) -> dict[str, str]:
    return {
        "employer": str(line.get("employer") or ""),
        "from": _month(line.get("from")),
        "to": _month(line.get("to")),
    }


def _month(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value or "")


def _plain(fact: object) -> Any:
    if isinstance(fact, date):
        return f"{fact:%Y-%m-%d}"
    if isinstance(fact, Decimal):
        return f"{fact:.2f}"
    return fact if isinstance(fact, bool | int | str) else str(fact)
