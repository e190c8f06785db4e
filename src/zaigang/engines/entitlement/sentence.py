"""One number of an answer, the sentence that holds it, and the values of the law on which it stands."""

from dataclasses import dataclass
from typing import Any

from zaigang.engines.entitlement.parameters import Dated, Status, worst
from zaigang.engines.entitlement.reasons import Line


@dataclass(frozen=True, slots=True)
class Basis:
    """A value of the law that a sentence rests on: its name in words, and what it says of this person."""

    dated: Dated
    says: Line | None

    def as_json(self) -> dict[str, Any]:
        """`from` and `to` are ISO days, `to` null while the value is in force; `from` null where nothing is known."""
        dated, name = self.dated, Line("parameter", self.dated.name, {})
        found = dated.status != "missing"
        return {
            "name": dated.name,
            "zh": name.zh,
            "en": name.en,
            "says_zh": self.says.zh if self.says else None,
            "says_en": self.says.en if self.says else None,
            "from": dated.since.isoformat() if found else None,
            "to": dated.until.isoformat() if dated.until else None,
            "first_seen": dated.first_seen,
            "status": dated.status,
            "source": dated.source.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """`line` holds the number; without a basis it is plain arithmetic on the sentences before it."""

    line: Line
    bases: tuple[Basis, ...]
    status: Status

    def as_json(self) -> dict[str, Any]:
        return self.line.as_json() | {
            "status": self.status,
            "bases": [basis.as_json() for basis in self.bases],
        }


def basis(dated: Dated, code: str = "", **args: Any) -> Basis:
    """`args` are the parts of the value that counted for this person; nothing is said of a value not well known."""
    if not dated.known:
        return Basis(dated, None)
    return Basis(dated, Line("rule", code or dated.name, {"value": dated.value, **args}))


def sentence(code: str, bases: tuple[Basis, ...], status: Status | None = None, **args: Any) -> Sentence:
    """As sure as the least sure of its bases, unless `status` says how sure it is."""
    known = status or worst("verified", *(one.dated.status for one in bases))
    return Sentence(Line("sentence", code, args), bases, known)
