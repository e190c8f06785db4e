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


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    path = Path(__file__).parent / "reasons.yaml"
    texts: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return texts


def _written(name: str, value: Any, language: Language) -> Any:
    if isinstance(value, date):
        if language == "en":
            return value.isoformat()[: 7 if name.startswith("month") else 10]
        month = f"{value.year}年{value.month}月"
        return month if name.startswith("month") else f"{month}{value.day}日"
    if name in ("ending", "event"):
        return _texts()["words"][value][language]
    return value


@dataclass(frozen=True, slots=True)
class Line:
    """`shelf` is the part of reasons.yaml: reasons, needs_human, would_change or severance."""

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
