"""Where the law says something, how sure that is, and texts that exist in both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from zaigang.claims.enums import Confidence

#: Confidence of a value -> kind of status tag (zaigang.look.components.KINDS).
CONFIDENCE_KIND = {
    Confidence.VERIFIED: "done",
    Confidence.INFERRED: "progress",
    Confidence.UNVERIFIED: "needs",
    Confidence.MISSING: "needs",
}


def in_language(item: Mapping[str, Any]) -> str:
    """The Chinese or the English text of something that has both."""
    english = (get_language() or "").startswith("en")
    return str(item["en"] if english and item.get("en") else item["zh"])


def cited(source: Mapping[str, Any] | None) -> str:
    """Title, article and document of a legal source in one line; a title that the document repeats is left out."""
    title, article, document = ((source or {}).get(name) or "" for name in ("title", "article", "document"))
    parts = (document, article) if document.startswith(title) else (title, article, document)
    return " ".join(part for part in parts if part)
