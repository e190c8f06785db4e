"""The only ways into the ledger. Call them inside the transaction of the act that they record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from zaigang.foundation import clock
from zaigang.foundation.copying import copy_into
from zaigang.ledger import chain, verbs
from zaigang.ledger.models import Entry, Read, SubjectKind

COLUMNS = (
    "subject_kind", "subject", "number", "verb", "happened_at", "recorded_at",
    "actor", "office", "closure", "on_behalf_of", "facts", "previous", "hash",
)  # fmt: skip


class Actor(Protocol):
    """Whoever acts: a member of staff (or the named system operator)."""

    @property
    def pk(self) -> UUID: ...

    @property
    def office_pk(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What happened to one subject. `facts` hold codes, numbers, dates and UUIDs, never personal data."""

    verb: str
    subject: UUID
    closure: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    kind: str = SubjectKind.CASE
    on_behalf_of: UUID | None = None


def record(entry: NewEntry, *, by: Actor, office: UUID | None = None, at: datetime | None = None) -> None:
    """Append one entry at the business time (or `at`), under `office` (or the actor's own)."""
    record_many([entry], by=by, office=office, at=at)


# Without a savepoint: an entry that cannot be written undoes the act that it records.
@transaction.atomic(savepoint=False)
def record_many(
    entries: Iterable[NewEntry],
    *,
    by: Actor,
    office: UUID | None = None,
    at: datetime | None = None,
    fresh: bool = False,
) -> int:
    """Append entries in their order; returns how many.

    `fresh` promises that no subject has an entry yet, which saves the look-up. Two programs that append to one
    subject at once are kept apart by a lock on the subject (few subjects) or by the chain's constraint (many).
    """
    listed = list(entries)
    heads = {} if fresh else _heads({entry.subject for entry in listed})
    happened, recorded = at or clock.now(), clock.system_now()
    return copy_into(Entry, COLUMNS, _rows(listed, heads, happened, recorded, by.pk, office or by.office_pk))


def _rows(
    entries: list[NewEntry],
    heads: dict[UUID, tuple[int, bytes]],
    happened: datetime,
    recorded: datetime,
    actor: UUID,
    office: UUID,
) -> Iterable[tuple[Any, ...]]:
    told, written = chain.moment(happened), chain.moment(recorded)
    for new in entries:
        if not verbs.is_known(new.verb):
            raise ValueError(f"{new.verb} is not declared: see ledger.verbs")
        before, previous = heads.get(new.subject, (0, None))
        number = before + 1
        digest = chain.digest(
            subject=new.subject, number=number, verb=new.verb, happened_at=told, recorded_at=written, actor=actor,
            office=office, closure=new.closure, on_behalf_of=new.on_behalf_of, facts=new.facts, previous=previous,
        )  # fmt: skip
        heads[new.subject] = (number, digest)
        yield (
            str(new.kind), new.subject, number, str(new.verb), happened, recorded,
            actor, office, new.closure, new.on_behalf_of, Jsonb(new.facts), previous, digest,
        )  # fmt: skip


FEW = 500


def _heads(subjects: set[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """Number and hash of each subject's last entry."""
    with connection.cursor() as cursor:
        ordered = sorted(subjects)
        if len(ordered) <= FEW:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(s::text, 7)) FROM unnest(%s::uuid[]) s",
                [ordered],
            )
        cursor.execute(
            "SELECT DISTINCT ON (subject) subject, number, hash FROM ledger_entry"
            " WHERE subject = ANY(%s) ORDER BY subject, number DESC",
            [ordered],
        )
        return {subject: (number, bytes(digest)) for subject, number, digest in cursor.fetchall()}


def record_read(
    *,
    subject: UUID,
    page: str,
    by: Actor,
    kind: str = SubjectKind.CASE,
    revealed: Iterable[str] = (),
    reason: str = "",
) -> Read:
    """Note that `by` looked at `subject` on `page`, and which full numbers were shown."""
    return Read.objects.create(
        subject=subject, subject_kind=kind, page=page, revealed=list(revealed), reason=reason,
        reader=by.pk, office=by.office_pk,
    )  # fmt: skip
