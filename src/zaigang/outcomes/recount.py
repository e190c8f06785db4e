"""The second count, another way than the funnel's: openings less departures, and the files row by row."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zaigang.foundation import clock
from zaigang.outcomes.effects import DUPLICATE_SEEN, OPENINGS, TO_DUPLICATE, TO_NOTHING


@dataclass(frozen=True, slots=True)
class Recount:
    """Sums, to be compared with the funnel's.

    `people`: cases begun, less those that turned out to be none. `rows`: rows of imported files that the
    ledger names, less those withdrawn. `unaccounted`: rows of files imported by then whose person is not in it.
    """

    people: int
    rows: int
    unaccounted: int


# An entry that stands for a row names file and row: each is a row of an imported file, and counts once.
_ROWS = """
SELECT count(*) FROM (
    SELECT DISTINCT r.id
    FROM ledger_entry e
    JOIN roster_rosterrow r ON r.file_id = (e.facts->>'file')::uuid AND r.ordinal = (e.facts->>'row')::int
    JOIN roster_rosterfile f ON f.id = r.file_id AND f.state = 'imported' AND f.closure_id = e.closure
    WHERE e.closure = %(closure)s AND e.verb = ANY(%(naming)s::text[]) AND e.happened_at < %(end)s
) named
"""
# Newer editions of a list bring the same rows again: those belong to a case that was begun before.
_UNACCOUNTED = """
SELECT count(*)
FROM roster_rosterrow r JOIN roster_rosterfile f ON f.id = r.file_id
WHERE f.closure_id = %(closure)s AND f.state = 'imported' AND f.imported_at < %(end)s
AND (r.case_id IS NULL OR r.case_id NOT IN (
    SELECT subject FROM ledger_entry
    WHERE closure = %(closure)s AND verb = ANY(%(openings)s::text[]) AND happened_at < %(end)s
))
"""
_ENTRIES = """
SELECT count(*) FILTER (WHERE verb = ANY(%(openings)s::text[])),
    count(DISTINCT subject) FILTER (WHERE verb = ANY(%(leavings)s::text[])),
    count(DISTINCT subject) FILTER (WHERE verb = ANY(%(withdrawals)s::text[]))
FROM ledger_entry WHERE closure = %(closure)s AND happened_at < %(end)s
"""


def recount(closure: UUID, on: date) -> Recount:
    """Count the closure again, at the end of `on`."""
    values: dict[str, Any] = {
        "closure": closure,
        "end": clock.end_of(on),
        "openings": list(OPENINGS),
        "naming": [*OPENINGS, DUPLICATE_SEEN],
        "leavings": [*TO_DUPLICATE, *TO_NOTHING],
        "withdrawals": list(TO_NOTHING),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, values)
        begun, left, withdrawn = cursor.fetchone()
        cursor.execute(_ROWS, values)
        [named] = cursor.fetchone()
        cursor.execute(_UNACCOUNTED, values)
        [unaccounted] = cursor.fetchone()
    return Recount(people=begun - left, rows=named - withdrawn, unaccounted=unaccounted)
