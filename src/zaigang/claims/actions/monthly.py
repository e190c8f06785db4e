"""The month's run: what needs no person is released, piece by piece, with the same result however often it is run."""

from datetime import date
from uuid import UUID

from django.db import transaction

from zaigang.claims.actions.paying import begun, let_go
from zaigang.claims.enums import Verb
from zaigang.claims.models import MonthlyRule
from zaigang.claims.queries.monthly import RUN, due, not_own, runs_of, subject_of
from zaigang.foundation import clock
from zaigang.jobs.actions import ask
from zaigang.jobs.models import Job
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.actions import operator
from zaigang.offices.models import Office, Staff


def start_run(*, office: Office, month: date, by: Staff) -> Job:
    """Have the month run in the background; the run that is open already is given again. Raises `NotDue`."""
    month = begun(month)
    subject = subject_of(office, month)
    return ask(RUN, subject=subject, office=office, by=by, month=f"{month:%Y-%m}")


@transaction.atomic
def release_due(*, office: Office, month: date, at_most: int, run: UUID | None, by: Staff) -> int:
    """Release the next `at_most` months that need no person, up to and including `month`; gives how many."""
    wanted = not_own(due(office, begun(month)), by)
    locked = wanted.select_for_update(of=("self",)).select_related("claim__case").order_by("pk")[:at_most]
    return let_go(list(locked), office, by, **({"job": str(run)} if run else {}))


def start_due_runs() -> list[Job]:
    """Start this month's run of every office whose day has come and that has none yet; in the operator's name."""
    today, started = clock.today(), []
    rules = MonthlyRule.objects.filter(starts_on_day__lte=today.day).select_related("office")
    for rule in rules.order_by("office__code"):
        if not runs_of(rule.office, today.replace(day=1)).exists():
            started.append(start_run(office=rule.office, month=today, by=operator()))
    return started


@transaction.atomic
def set_monthly_rule(
    *, office: Office, cut_off_day: int | None, starts_on_day: int | None, by: Staff
) -> MonthlyRule:
    """Choose the cut-off and the day on which the run starts by itself; None for neither. Raises `ValidationError`."""
    # Two people who choose at the same moment find one row.
    MonthlyRule.objects.bulk_create([MonthlyRule(office=office)], ignore_conflicts=True)
    rule = MonthlyRule.objects.select_for_update().get(office=office)
    if (rule.cut_off_day, rule.starts_on_day) == (cut_off_day, starts_on_day):
        return rule
    rule.cut_off_day, rule.starts_on_day = cut_off_day, starts_on_day
    rule.full_clean()
    rule.save()
    facts = {"office": str(office.pk), "cut_off_day": cut_off_day, "starts_on_day": starts_on_day}
    entry = NewEntry(Verb.MONTHLY_RULE_SET, by.pk, facts=facts, kind=SubjectKind.STAFF)
    record(entry, by=by, office=office.pk)
    return rule
