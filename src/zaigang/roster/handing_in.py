"""A checked file goes straight in, as the command line and the demo do it: no preview, one transaction."""

from collections import Counter
from datetime import date

from django.db import transaction

from zaigang.foundation import clock
from zaigang.offices.actions import receiving_office
from zaigang.offices.models import Staff
from zaigang.roster.actions import import_file, open_closure
from zaigang.roster.actions.files import prepare_file
from zaigang.roster.actions.importing import Summary
from zaigang.roster.models import Closure, Firm
from zaigang.roster.people import one_at_a_time
from zaigang.roster.reading import CheckedRoster


@transaction.atomic
def hand_in(
    checked: CheckedRoster,
    *,
    closure_code: str,
    file_name: str,
    sha256: str,
    by: Staff,
    closure_name: str | None = None,
    office_code: str | None = None,
    firm: str | None = None,
) -> Summary:
    """Import a file; a closure whose code is new is opened first, with the commonest last day."""
    one_at_a_time()
    closure = Closure.objects.filter(code=closure_code).first() or open_closure(
        code=closure_code, name=closure_name or closure_code, office=receiving_office(office_code),
        closes_on=_commonest_last_day(checked), by=by,
    )  # fmt: skip
    found = Firm.objects.get_or_create(closure=closure, name=firm)[0] if firm else None
    file, planned = prepare_file(
        closure=closure, checked=checked, name=file_name, sha256=sha256, by=by, firm=found
    )
    return import_file(file=file, by=by, planned=planned)


def _commonest_last_day(checked: CheckedRoster) -> date:
    days = Counter(row.laid_off_on for row in checked.rows if row.laid_off_on is not None)
    return days.most_common(1)[0][0] if days else clock.today()
