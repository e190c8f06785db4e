"""Lines for people: a code with its facts now, words in Chinese or English only when somebody reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from zaigang.engines.entitlement.parameters import Source

Language = Literal["zh", "en"]
_FILES = ("reasons.yaml", "reasons_around.yaml", "sentences.yaml")
_WORDS = ("ending", "event", "word")  # arguments that are codes on the shelf of words


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    texts: dict[str, Any] = {}
    for name in _FILES:
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        for shelf, lines in yaml.load(text, Loader=yaml.CSafeLoader).items():
            texts.setdefault(shelf, {}).update(lines)
    return texts


def _written(name: str, value: Any, language: Language) -> Any:
    if isinstance(value, tuple):  # the first and the last of several months
        first, last = (_written(name, one, language) for one in value)
        return first if first == last else f"{first} to {last}" if language == "en" else f"{first}至{last}"
    if isinstance(value, date):
        if language == "en":
            return value.isoformat()[: 7 if name.startswith("month") else 10]
        month = f"{value.year}年{value.month}月"
        return month if name.startswith("month") else f"{month}{value.day}日"
    if name in _WORDS:
        return _texts()["words"][value][language]
    return value


@dataclass(frozen=True, slots=True)
class Line:
    """`shelf` is the part of the text files: reasons, needs_human, would_change, severance or around."""

    shelf: str
    code: str
    args: Mapping[str, Any]
    source: Source | None = None

    def text(self, language: Language) -> str:
        template: str = _texts()[self.shelf][self.code][language]
        return template.format(**{k: _written(k, v, language) for k, v in self.args.items()})

    @property
    def zh(self) -> str:
        return self.text("zh")

    @property
    def en(self) -> str:
        return self.text("en")

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "zh": self.zh, "en": self.en}

    def as_reason(self) -> dict[str, Any]:
        return self.as_json() | {"source": self.source.as_json() if self.source else None}


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would change the answer, and how."""

    fact: str
    line: Line

    def as_json(self) -> dict[str, str]:
        return {"fact": self.fact, "zh": self.line.zh, "en": self.line.en}
