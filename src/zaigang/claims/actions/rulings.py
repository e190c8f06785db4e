"""Keeping the engine's answers: one row for all whose answer is equal to the letter."""

from collections.abc import Mapping
from uuid import UUID

from zaigang.claims.facts import Answer
from zaigang.claims.models import Ruling


def keep(answers: Mapping[bytes, Answer]) -> dict[bytes, UUID]:
    """Digest -> the ruling that holds that answer, written where there was none."""
    # Somebody else may be keeping the same answer at this moment: the database lets the first one stand,
    # and one order for everybody rules out that two wait for each other.
    rows = [Ruling(sha256=sha, body=answers[sha]) for sha in sorted(answers)]
    Ruling.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    found = Ruling.objects.filter(sha256__in=list(answers)).values_list("sha256", "pk")
    return {bytes(sha): pk for sha, pk in found}
