"""What every part of the page is told from, and the records that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.claims.citing import cited
from zaigang.claims.enums import Confidence
from zaigang.claims.models import FirstDecision
from zaigang.claims.sentences import status_by_source
from zaigang.desk.phone.page import Standing
from zaigang.engines.entitlement import BadFacts
from zaigang.engines.entitlement.parameters import Dated, Library


@dataclass(frozen=True, slots=True)
class Said:
    """A plain sentence; `source`: where it says so; `mark`: how sure, in a word, where that is not sure."""

    text: str
    source: str = ""
    mark: str = ""
    bring: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One person's standing and answer, with the law of `today`: rights and duties are those of the day of reading."""

    here: Standing
    answer: FirstDecision
    today: date
    law: Library

    @property
    def body(self) -> Mapping[str, Any]:
        body: Mapping[str, Any] = self.answer.ruling.body
        return body

    @property
    def facts(self) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self.answer.facts
        return facts

    @property
    def reasons(self) -> dict[str, Mapping[str, Any]]:
        """Code -> the engine's first reason of that code."""
        found: dict[str, Mapping[str, Any]] = {}
        for item in self.body["reasons"]:
            found.setdefault(item["code"], item)
        return found

    @property
    def asks(self) -> frozenset[str]:
        return frozenset(item["code"] for item in self.body["needs_human"])

    def rule(self, name: str, on: date | None = None) -> Dated | None:
        """The value in force today, or on the day that is given, where it is known."""
        try:
            found = self.law.rules(self.facts["territory"]).at(name, on or self.today)
        except BadFacts:
            return None
        return found if found.known else None

    def marks(self) -> dict[str, str]:
        """Source in words -> how sure, where it is not verified."""
        found = status_by_source(self.body)
        return {source: str(one.label) for source, one in found.items() if one != Confidence.VERIFIED}


def under(rule: Dated, text: str) -> Said:
    """A sentence with the source of a rule, and its mark where it is inferred."""
    mark = "" if rule.status == "verified" else str(Confidence(rule.status).label)
    return Said(text, cited(rule.source.as_json()), mark)
