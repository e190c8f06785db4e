from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.cast import Cast
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record, record_many, record_read
from zaigang.ledger.models import Entry, Read
from zaigang.ledger.queries import Break, broken_links, of_closure, timeline
from zaigang.roster.enums import Verb


def test_entries_of_a_subject_are_numbered_and_chained(cast: Cast) -> None:
    subject = uuid4()
    for verb in (Verb.ROW_REFUSED, Verb.ROW_CORRECTED, Verb.ROW_REPAIRED):
        record(NewEntry(verb, subject), by=cast.clerk)
    entries = list(Entry.objects.filter(subject=subject).order_by("number"))
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous and bytes(entry.previous) for entry in entries] == [
        None, bytes(entries[0].hash), bytes(entries[1].hash),
    ]  # fmt: skip
    assert list(broken_links()) == []


def test_an_entry_names_who_where_and_when(cast: Cast) -> None:
    subject, closure = uuid4(), uuid4()
    record(NewEntry(Verb.CASE_OPENED, subject, closure, {"row": 7}), by=cast.clerk)
    entry = Entry.objects.get(subject=subject)
    assert (entry.actor, entry.office, entry.closure, entry.facts) == (
        cast.clerk.pk, cast.north.pk, closure, {"row": 7},
    )  # fmt: skip
    assert entry.happened_at == datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)
    assert entry.recorded_at.year >= 2026


@pytest.mark.parametrize("statement", ["UPDATE {} SET office = office", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_read"])
def test_the_database_refuses_to_change_what_was_written(cast: Cast, statement: str, table: str) -> None:
    record(NewEntry(Verb.CASE_OPENED, uuid4()), by=cast.clerk)
    record_read(subject=uuid4(), page="desk.case", by=cast.clerk)
    before = (Entry.objects.count(), Read.objects.count())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert (Entry.objects.count(), Read.objects.count()) == before


@pytest.mark.parametrize("text", ["王建国", "13800001234", "370299196905229010", "工"])
def test_the_database_refuses_personal_data_in_facts(cast: Cast, text: str) -> None:
    with pytest.raises(IntegrityError, match="ledger_entry_facts_hold_codes"), transaction.atomic():
        record(NewEntry(Verb.CASE_OPENED, uuid4(), facts={"name": text}), by=cast.clerk)
    assert Entry.objects.filter(facts__has_key="name").count() == 0


def test_uuids_of_digits_are_no_personal_data(cast: Cast) -> None:
    record(
        NewEntry(Verb.CASE_OPENED, uuid4(), facts={"file": "12345678-1234-4234-8234-123456789012"}),
        by=cast.clerk,
    )
    assert Entry.objects.filter(facts__has_key="file").count() == 1


def test_an_undeclared_verb_is_a_programming_error(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not declared"):
        record(NewEntry("roster.invented", uuid4()), by=cast.clerk)


def test_a_changed_entry_is_found(cast: Cast) -> None:
    subject = uuid4()
    record_many([NewEntry(Verb.ROW_REFUSED, subject), NewEntry(Verb.ROW_REPAIRED, subject)], by=cast.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE ledger_entry SET verb = 'roster.row_withdrawn' WHERE number = 1 AND subject = %s",
            [subject],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    assert list(broken_links()) == [Break(subject, 1)]


def test_a_removed_entry_is_found(cast: Cast) -> None:
    subject = uuid4()
    record_many([NewEntry(Verb.ROW_REFUSED, subject), NewEntry(Verb.ROW_REPAIRED, subject)], by=cast.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM ledger_entry WHERE number = 1 AND subject = %s", [subject])
        cursor.execute("SET session_replication_role = DEFAULT")
    assert list(broken_links()) == [Break(subject, 2)]


def test_a_closure_is_read_as_of_the_end_of_a_day(cast: Cast) -> None:
    closure, early, late = uuid4(), uuid4(), uuid4()
    record(
        NewEntry(Verb.CASE_OPENED, early, closure),
        by=cast.clerk,
        at=datetime(2016, 1, 4, 23, 59, tzinfo=clock.ZONE),
    )
    record(
        NewEntry(Verb.CASE_OPENED, late, closure),
        by=cast.clerk,
        at=datetime(2016, 1, 5, 0, 0, tzinfo=clock.ZONE),
    )
    assert [entry.subject for entry in of_closure(closure, on=date(2016, 1, 4))] == [early]
    assert [entry.subject for entry in of_closure(closure)] == [early, late]


def test_a_timeline_is_newest_first(cast: Cast) -> None:
    subject = uuid4()
    record_many([NewEntry(Verb.ROW_REFUSED, subject), NewEntry(Verb.ROW_REPAIRED, subject)], by=cast.clerk)
    assert [entry.verb for entry in timeline(subject)] == [Verb.ROW_REPAIRED, Verb.ROW_REFUSED]
