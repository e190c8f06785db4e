"""Claims in every state, made through the real acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from tests.cast import Cast
from tests.factories.halls import opened, window_at
from tests.factories.rosters import imported, row
from zaigang.claims.actions import approve, check, make_list, release
from zaigang.claims.enums import Outcome, Presence
from zaigang.claims.models import AgencyMonths, Claim, Draft
from zaigang.claims.one_stop.asking import answered, proposed, question
from zaigang.claims.one_stop.confirming import Confirmation, confirm
from zaigang.claims.one_stop.drafting import save_draft
from zaigang.claims.queries.unused import carried_to
from zaigang.engines.entitlement.calendar import add_months
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.enums import Service
from zaigang.offices.models import Staff
from zaigang.roster.models import Case, Closure

BLANKS = {"registration": "unemployment_registration@2015", "claim": "benefit_claim@2015"}
_SAID = {
    "name": "王建甲", "sex": "1", "id_number": "370213196901010015", "phone": "13800001234",
    "home_address": "示范区北街1号", "living_address": "示范区北街1号", "wants_work": "1", "notice_way": "1",
}  # fmt: skip
#: What both forms demand, and a little more, as a draft keeps it.
FILLED: dict[str, dict[str, Any]] = {
    "registration": _SAID
    | {"nation": "01", "education": "70", "reason": "20", "lost_work_on": "2015-12-31", "hukou": "10"},
    "claim": _SAID | {"notice_phone": "13800001234", "bank": "示范银行"},
}


def at_the_window(cast: Cast, case: Case, by: Staff | None = None, **corrections: Any) -> UUID:
    """The person stands at window 1, identified, and the forms are filled; gives the ticket."""
    by = by or cast.clerk
    day = cast.north.service_days.filter(day=clock.today()).first()
    day = day or opened(cast, cast.clerk, cast.second_clerk)
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP)
    verbs.call(window=window_at(day, 1 if by == cast.clerk else 2), by=by)
    verbs.identify(ticket=ticket.id, case=case, by=by)
    save_draft(
        case=case,
        **_with_phone_of(case),
        blanks=BLANKS,
        corrections=corrections,
        presence=Presence.IN_PERSON,
        by=by,
    )
    return ticket.id


def _with_phone_of(case: Case) -> dict[str, dict[str, Any]]:
    assert case.worker is not None
    phone = next(iter(case.worker.phones), FILLED["claim"]["phone"])
    return {
        "registration": FILLED["registration"] | {"phone": phone},
        "claim": FILLED["claim"] | {"phone": phone, "notice_phone": phone},
    }


def ready(case: Case, ticket: UUID, **more: Any) -> Confirmation:
    """What the check page would send: the proposed outcome, and the digest of the answer shown."""
    draft = Draft.objects.get(case=case)
    fixed = AgencyMonths.objects.filter(case=case, current=True).first()
    corrections = draft.answers["corrections"]
    asked = question(case, on=clock.today(), fixed=fixed, carried=carried_to(case), corrections=corrections)
    answer, sha256 = answered(asked)
    return replace(Confirmation(ticket, uuid4(), sha256.hex(), proposed(answer)), **more)


def claimed(cast: Cast, case: Case, by: Staff | None = None, **more: Any) -> Claim:
    """The claim that the clerk's confirmation makes of it; `outcome` and `reason` decide otherwise."""
    by = by or cast.clerk
    registration = confirm(confirmation=ready(case, at_the_window(cast, case, by), **more), by=by)
    return Claim.objects.select_related("case__closure__office").get(registration=registration)


def held(cast: Cast, case: Case) -> Claim:
    """Taken in, not decided."""
    return claimed(cast, case, outcome=Outcome.HOLD, reason="等社保经办机构核定")


def checked(cast: Cast, case: Case, **more: Any) -> Claim:
    """Made by the clerk, checked by the second one."""
    claim = claimed(cast, case, **more)
    check(claims=[claim.pk], by=cast.second_clerk)
    claim.refresh_from_db()
    return claim


def approved(cast: Cast, case: Case, **more: Any) -> Claim:
    """With all three signatures, the last one the director's."""
    claim = checked(cast, case, **more)
    approve(claims=[claim.pk], by=cast.director)
    claim.refresh_from_db()
    return claim


def claimants(cast: Cast, closure: Closure, folder: Path, *names: str, first: int = 1) -> list[Case]:
    """People of a closure who may draw at most 24 months, in the order of the names."""
    imported(cast, closure, folder, [row(2 * n + first, name) for n, name in enumerate(names)])
    cases = Case.objects.filter(closure=closure, worker__name__in=names)
    by_name = {
        case.worker.name: case for case in cases.select_related("worker", "closure__office") if case.worker
    }
    return [by_name[name] for name in names]


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """Tamper with rows as nobody but the database's owner could."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def month(text: str) -> date:
    """The first day of 2016-02."""
    return date.fromisoformat(f"{text}-01")


def listed(cast: Cast, *months: str) -> None:
    """Everything planned in these months went out on a list, each in its own month."""
    for text in months:
        with clock.at(max(clock.today(), month(text))):
            release(office=cast.north, month=month(text), by=cast.clerk)
            make_list(office=cast.north, month=month(text), by=cast.clerk)


def strip(claim: Claim, until: str = "2016-12") -> str:
    """The months as letters: planned, released, listed, stopped, held; a month without a row is a dot."""
    rows = dict(claim.payments.values_list("month", "state"))
    first = min(rows)
    months = (month(until).year - first.year) * 12 + month(until).month - first.month + 1
    found = [rows.get(add_months(first, n), ".") for n in range(months)]
    return "".join(state[0] for state in found)
