"""Reads of the ledger. Scoping is the caller's: a subject or closure is passed that the reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from zaigang.foundation import clock
from zaigang.ledger import chain
from zaigang.ledger.models import Entry, Read


def timeline(subject: UUID) -> QuerySet[Entry]:
    """Entries of one subject, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-happened_at", "-number")


def of_closure(closure: UUID, *, on: date | None = None) -> QuerySet[Entry]:
    """Entries of a closure in the order of happening; with `on`, what had happened by the end of that day."""
    entries = Entry.objects.filter(closure=closure).order_by("happened_at", "id")
    return entries if on is None else entries.filter(happened_at__lt=clock.end_of(on))


def last_day(closure: UUID) -> date | None:
    """The day of the latest thing that happened in a closure."""
    last = Entry.objects.filter(closure=closure).aggregate(last=Max("happened_at"))["last"]
    return last.astimezone(clock.ZONE).date() if last else None


def reads_of(subject: UUID) -> QuerySet[Read]:
    """Who looked at the subject, newest first."""
    return Read.objects.filter(subject=subject)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    subject: UUID
    number: int


def broken_links() -> Iterator[Break]:
    """Recompute every hash; yields each entry that differs or has lost its predecessor."""
    previous: Entry | None = None
    for entry in Entry.objects.order_by("subject", "number").iterator(chunk_size=5000):
        follows = previous is not None and previous.subject == entry.subject
        before = bytes(previous.hash) if previous is not None and follows else None
        expected_number = previous.number + 1 if previous is not None and follows else 1
        if entry.number != expected_number or bytes(entry.hash) != _digest(entry, before):
            yield Break(entry.subject, entry.number)
        previous = entry


def _digest(entry: Entry, previous: bytes | None) -> bytes:
    return chain.digest(
        subject=entry.subject,
        number=entry.number,
        verb=entry.verb,
        happened_at=chain.moment(entry.happened_at),
        recorded_at=chain.moment(entry.recorded_at),
        actor=entry.actor,
        office=entry.office,
        closure=entry.closure,
        on_behalf_of=entry.on_behalf_of,
        facts=entry.facts,
        previous=previous,
    )
