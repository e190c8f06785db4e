"""The legal sentence number by number: each figure of an answer with the values of the law that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zaigang.claims.citing import CONFIDENCE_KIND, cited, in_language
from zaigang.claims.enums import Confidence


@dataclass(frozen=True, slots=True)
class Basis:
    """A value of the law in words. `in_force`: first and last day; `kind`, `status`: how well it is known."""

    name: str
    says: str
    in_force: str
    kind: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One number in its sentence. Without a basis it is arithmetic on the sentences before it."""

    code: str
    text: str
    kind: str
    status: str
    bases: tuple[Basis, ...]


def sentences_of(body: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """In the order of the answer; none for answers that were given before numbers had sentences."""
    return tuple(_sentence(item) for item in body.get("sentences", ()))


def _sentence(item: Mapping[str, Any]) -> Sentence:
    confidence = Confidence(item["status"])
    bases = tuple(_basis(basis) for basis in item["bases"])
    kind = CONFIDENCE_KIND[confidence]
    return Sentence(item["code"], in_language(item), kind, str(confidence.label), bases)


def _basis(item: Mapping[str, Any]) -> Basis:
    confidence = Confidence(item["status"])
    says = in_language({"zh": item["says_zh"], "en": item["says_en"]}) if item["says_zh"] else ""
    return Basis(
        name=in_language(item), says=says or _unsaid(confidence), in_force=_in_force(item),
        kind=CONFIDENCE_KIND[confidence], status=str(confidence.label), source=cited(item["source"]),
    )  # fmt: skip


def _unsaid(confidence: Confidence) -> str:
    return _("没有查到") if confidence == Confidence.MISSING else _("没有核实，不写数字")


def _in_force(item: Mapping[str, Any]) -> str:
    """2015-07-01 至 2016-06-30; a first day that is only the earliest sighting says so."""
    first, last = item["from"], item["to"]
    if first is None:
        return ""
    since = _("最早见于 %(day)s") if item["first_seen"] else _("%(day)s 起")
    if last is None:
        return since % {"day": first}
    words = _("最早见于 %(first)s，至 %(last)s") if item["first_seen"] else _("%(first)s 至 %(last)s")
    return words % {"first": first, "last": last}


def status_by_source(body: Mapping[str, Any]) -> dict[str, Confidence]:
    """Source in words -> how well the least known of its values in this answer is known, apart from missing ones."""
    found: dict[str, Confidence] = {}
    order = list(Confidence)
    for item in body.get("sentences", ()):
        for basis in item["bases"]:
            source, status = cited(basis["source"]), Confidence(basis["status"])
            found[source] = max(found.get(source, status), status, key=order.index)
    return found
