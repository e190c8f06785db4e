"""From the roster's reason for leaving to the codes of the paper (grounds.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from zaigang.claims.blanks.reading import keys, one_of, read_yaml, words

Involuntary = Literal["yes", "no", "person"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What to propose for a reason for leaving.

    `reason`: code of the list unemployment_reason; `article`: code of ending_ground. Either is "" where the paper must
    be asked. `choices`: the articles that can stand behind the reason, none where any can. `involuntary` "person": a
    clerk decides.
    """

    left_because: str
    reason: str
    article: str
    choices: tuple[str, ...]
    involuntary: Involuntary

    @property
    def facts(self) -> dict[str, object]:
        """As `prefill` takes them."""
        return {"ground.reason": self.reason, "ground.article": self.article}


def ground_of(left_because: str) -> Ground:
    """The ground of a roster's LeftBecause; where that is empty or unknown, one in which everything is asked."""
    return _grounds().get(left_because) or Ground(left_because, "", "", (), "person")


@lru_cache(maxsize=1)
def _grounds() -> Mapping[str, Ground]:
    path = Path(__file__).with_name("grounds.yaml")
    raw = keys(read_yaml(path), ("grounds",), (), path.name)["grounds"]
    return {name: _ground(name, entry, f"{path.name} {name}") for name, entry in raw.items()}


def _ground(name: str, raw: Any, where: str) -> Ground:
    entry = keys(raw, ("reason", "article", "choices", "involuntary"), (), where)
    choices = words(entry["choices"], where) if entry["choices"] else ()
    article = one_of(entry["article"], ("", *choices), where)
    involuntary: Involuntary = one_of(entry["involuntary"], get_args(Involuntary), where)
    return Ground(name, str(entry["reason"]), article, choices, involuntary)
