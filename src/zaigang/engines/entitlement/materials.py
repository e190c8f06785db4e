"""The papers a person must bring, by the rule of the day."""

from dataclasses import dataclass
from datetime import date

from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import Library, Source, Status


@dataclass(frozen=True, slots=True)
class Material:
    """One paper; `required` is false for what is made at the desk or only asked for in some places."""

    code: str
    zh: str
    en: str
    source: Source
    status: Status
    required: bool


def materials(territory: str, on: date, *, parameters: Library | None = None) -> list[Material]:
    """What to bring for registration and claim on that day; empty when no rule of that day is known.

    `parameters` defaults to the files of this package.
    """
    rule = (parameters or load_parameters()).rules(territory).at("materials", on)
    return [Material(source=rule.source, **item) for item in rule.value or ()]
