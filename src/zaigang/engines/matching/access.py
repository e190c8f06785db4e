"""Which options a lawful status opens or closes, by which article, and for how many of the cohort.

Only statuses decide here (`reserved` and `barred` of an option): the law derives them, and who uses one must say
where it stands. Sex and age are none; a status used without an article is a finding, never filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates.columns import Options, Workers
from zaigang.engines.matching.candidates.verdict import Verdict
from zaigang.engines.matching.errors import BadColumns
from zaigang.engines.matching.explain import Line

Effect = Literal["reserved", "barred"]
EFFECTS: tuple[Effect, ...] = ("reserved", "barred")
CODES = 64
#: What no status may be called: the law may derive one from these, and then it has a name of its own.
NO_STATUS = {"sex", "gender", "male", "female", "性别", "男", "女", "男性", "女性", "age", "年龄"}


@dataclass(frozen=True, slots=True)
class Article:
    """Where it stands: the document and the article of it."""

    document: str
    article: str

    @property
    def complete(self) -> bool:
        return bool(self.document.strip() and self.article.strip())


@dataclass(frozen=True, slots=True)
class Status:
    """A status in plain words; the article that reserves options for it, and the one that bars it from some.

    One does not stand for the other: a law that keeps posts for people does not keep them out of others.
    """

    name: str
    reserves: Article | None = None
    bars: Article | None = None

    def article(self, effect: Effect) -> Article | None:
        found = self.reserves if effect == "reserved" else self.bars
        return found if found is not None and found.complete else None


@dataclass(frozen=True, slots=True)
class Access:
    """One status that decides about one option: how many of the cohort it lets in, and how many it keeps out."""

    option: int
    status: int
    name: str | None
    effect: Effect
    article: Article | None
    lets_in: int
    keeps_out: int

    def line(self) -> Line:
        counts = {"option": self.option, "lets_in": self.lets_in, "keeps_out": self.keeps_out}
        named = {"status": self.name or str(self.status)}
        if self.article is None:
            return Line(f"access_{self.effect}_unfounded", counts | named)
        where = {"document": self.article.document, "article": self.article.article}
        return Line(f"access_{self.effect}", counts | named | where)


@dataclass(frozen=True, slots=True)
class AccessAudit:
    """`lines` in the order of the options; `unfounded` are those without an article: problems to be solved."""

    lines: tuple[Access, ...]

    @property
    def unfounded(self) -> tuple[Access, ...]:
        return tuple(line for line in self.lines if line.article is None)


def audit_access(workers: Workers, options: Options, statuses: Mapping[int, Status]) -> AccessAudit:
    """Every option whose access depends on a status. `statuses`: by the number of the bit, 0..63.

    BadColumns where a number is none, or a status is called by sex or age.
    """
    _check(statuses)
    have = [int((workers.statuses >> np.uint64(code) & np.uint64(1)).sum()) for code in range(CODES)]
    lines = [
        _access(option, code, effect, have[code], len(workers), statuses.get(code))
        for effect in EFFECTS
        for option, code in _uses(getattr(options, effect))
    ]
    lines.sort(key=lambda line: (line.option, EFFECTS.index(line.effect), line.status))
    return AccessAudit(tuple(lines))


def groups_by_status(workers: Workers, statuses: Mapping[int, Status]) -> dict[int, NDArray[np.bool_]]:
    """Who has which status (N, bool): the groups for whom floors may be set, by the number of the bit.

    Floors know people by such a column alone; this is where it comes from. BadColumns as `audit_access`.
    """
    _check(statuses)
    return {code: (workers.statuses >> np.uint64(code) & np.uint64(1)).astype(np.bool_) for code in statuses}


def _check(statuses: Mapping[int, Status]) -> None:
    for code, status in statuses.items():
        if not 0 <= code < CODES:
            raise BadColumns("没有这个身份编号", f"status {code}", f"编号从0到{CODES - 1}。")
        if status.name.strip().lower() in NO_STATUS:
            raise BadColumns(
                "性别和年龄不是身份", f"status {code}", "请写法律规定的身份，例如就业困难人员，并写明条款。"
            )


def articles(verdict: Verdict, statuses: Mapping[int, Status]) -> tuple[Line, ...]:
    """Beside `why_not`: the article of each status that keeps this worker from this option, or that none is named."""
    found: list[Line] = []
    for effect in EFFECTS:
        for code in getattr(verdict, effect):
            status = statuses.get(code)
            named = {"status": status.name if status else str(code)}
            article = status.article(effect) if status else None
            where = {"document": article.document, "article": article.article} if article else {}
            found.append(Line("by_article" if article else "by_no_article", named | where))
    return tuple(found)


def _uses(sets: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """(option, code) of every bit that is set."""
    found: list[tuple[int, int]] = []
    for code in range(CODES):
        rows = np.flatnonzero(sets >> np.uint64(code) & np.uint64(1))
        found += [(int(row), code) for row in rows]
    return found


def _access(
    option: int, code: int, effect: Effect, have: int, workers: int, status: Status | None
) -> Access:  # fmt: skip
    inside, outside = (have, workers - have) if effect == "reserved" else (workers - have, have)
    article = status.article(effect) if status else None
    return Access(option, code, status.name if status else None, effect, article, inside, outside)
