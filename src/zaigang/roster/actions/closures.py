from collections.abc import Iterable
from datetime import date

from django.db import transaction

from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Office, Staff
from zaigang.roster.enums import Verb
from zaigang.roster.models import Closure, Firm


@transaction.atomic
def open_closure(
    *,
    code: str,
    name: str,
    office: Office,
    closes_on: date,
    by: Staff,
    firms: Iterable[str] = (),
    expected_people: int | None = None,
    ground: str = "",
    note: str = "",
) -> Closure:
    """Put a closure on the calendar. Raises `ValidationError` when the code is taken or a date is missing."""
    closure = Closure(
        code=code, name=name, office=office, closes_on=closes_on, expected_people=expected_people, ground=ground,
        note=note,
    )  # fmt: skip
    closure.full_clean()
    closure.save()
    Firm.objects.bulk_create(Firm(closure=closure, name=firm) for firm in dict.fromkeys(firms))
    facts = {"closes_on": closes_on.isoformat(), "expected_people": expected_people, "ground": ground}
    entry = NewEntry(Verb.CLOSURE_OPENED, closure.pk, closure.pk, facts, SubjectKind.CLOSURE)
    record(entry, by=by, office=office.pk)
    return closure


def name_firm(*, closure: Closure, name: str) -> Firm:
    """The closure's firm of this name; a name met for the first time joins its list."""
    return Firm.objects.get_or_create(closure=closure, name=name.strip())[0]
