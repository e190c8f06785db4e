"""What a heading means: each field with the words that speak for it and the words that speak against it.

The rules are data, in `headings.yaml`. A heading is read without blanks, line breaks and brackets. All
rules are tried; a heading's best score says what it means, and in a table each field goes to the column with
the best score.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from zaigang.roster.reading.cells import folded

# Longer texts are sentences, not headings.
LONGEST = 32


@dataclass(frozen=True, slots=True)
class Rule:
    """`exact` texts or `words` (a pattern, searched) speak for `field`, unless `unless` is found."""

    field: str
    score: int
    exact: frozenset[str]
    words: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def fits(self, text: str) -> bool:
        """Return whether the heading (plain) means this field."""
        said = text in self.exact or (self.words is not None and self.words.search(text) is not None)
        return said and not (self.unless and self.unless.search(text))


def _pattern(words: list[str], groups: dict[str, str]) -> re.Pattern[str] | None:
    text = "|".join(words)
    for name, group in groups.items():
        text = text.replace(f"${name}", group)
    return re.compile(text) if text else None


def _rule(entry: dict[str, Any], groups: dict[str, str]) -> Rule:
    words, unless = (_pattern(entry.get(key, []), groups) for key in ("words", "unless"))
    return Rule(entry["field"], entry["score"], frozenset(entry.get("exact", ())), words, unless)


_DATA = yaml.safe_load(Path(__file__).with_name("headings.yaml").read_text(encoding="utf-8"))
_GROUPS = {name: "|".join(words) for name, words in _DATA["groups"].items()}
RULES = tuple(_rule(entry, _GROUPS) for entry in _DATA["rules"])
# What a column can mean. Months in a column of years and further phones have fields of their own.
FIELDS: tuple[str, ...] = (
    *dict.fromkeys(rule.field for rule in RULES),
    "phone_2",
    "phone_3",
    "contribution_years",
    "deemed_years",
)

# A heading such as 时间 means something only under the one above it.
_NEEDS_PARENT = re.compile("|".join(f"^{word}$" for word in _DATA["needs_parent"]))
_SOMEBODY_ELSE = re.compile(_GROUPS["others"] + "|联系人")
_NEW_JOB = re.compile(_GROUPS["new_job"])
_OTHER_INSURANCE = re.compile(_GROUPS["other_insurance"])
_ABOUT_A_JOB = frozenset(_DATA["about_a_job"])
_ABOUT_A_PERSON = frozenset(_DATA["about_a_person"])
_ABOUT_MONTHS = frozenset(("contribution_months", "deemed_months"))
_SENTENCE = re.compile("[。;；!！?？]|请|不要|不得")
_BRACKETS = re.compile(r"[()\[\]【】〔〕{}《》<>「」『』:：*★●]")
_BRACKETED = re.compile(r"[(\[【〔].*?[)\]】〕]")


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Return the heading without blanks, brackets and stars, the words in brackets kept."""
    return _BRACKETS.sub("", folded(heading)).lower()


@lru_cache(maxsize=4096)
def _scores(text: str) -> dict[str, int]:
    best: dict[str, int] = {}
    for rule in RULES:
        if rule.score > best.get(rule.field, 0) and rule.fits(text):
            best[rule.field] = rule.score
    return best


def _own_scores(heading: str) -> dict[str, int]:
    """Score a heading by all its words; where they fit nothing, by those outside its brackets."""
    found = _scores(plain(heading))
    outside = _BRACKETED.sub("", folded(heading))
    if found or outside == folded(heading):
        return found
    inside = plain(heading).replace(plain(outside), "", 1)
    if _SOMEBODY_ELSE.search(inside) or _NEW_JOB.search(inside):
        return {}
    return {field: score - 1 for field, score in _scores(plain(outside)).items() if "视同" not in inside}


@lru_cache(maxsize=4096)
def meaning(heading: str, parents: tuple[str, ...] = ()) -> dict[str, int]:
    """Return the fields that a heading can mean with their scores (1 to 12), {} for none.

    `parents` are the group headings above it, topmost first.
    """
    if not 0 < len(plain(heading)) <= LONGEST or _SENTENCE.search(plain(heading)):
        return {}
    found = dict(_own_scores(heading))
    above = "".join(plain(parent) for parent in parents)
    if not above:
        return found
    if _NEEDS_PARENT.match(plain(heading)):
        found = _scores(above + plain(heading)) or found
    banned: set[str] = set()
    if _SOMEBODY_ELSE.search(above) and "本人" not in plain(parents[-1]):
        banned |= _ABOUT_A_PERSON
    if _NEW_JOB.search(above):
        banned |= _ABOUT_A_JOB
    if _OTHER_INSURANCE.search(above) and "失业" not in above + plain(heading):
        banned |= _ABOUT_MONTHS
    return {field: score for field, score in found.items() if field not in banned}


def best_field(heading: str, parents: tuple[str, ...] = ()) -> str | None:
    """Return the field that the heading most likely means, None for none."""
    found = meaning(heading, parents)
    return max(found, key=lambda field: found[field]) if found else None


def counts_years(heading: str, parents: tuple[str, ...] = ()) -> bool:
    """Return whether a months column may count years: 年限 or 年数 without a word about months."""
    text = "".join(plain(p) for p in parents) + plain(heading)
    return bool(re.search("年限|年数|工龄|\\(年\\)|年$", text)) and "月" not in text
