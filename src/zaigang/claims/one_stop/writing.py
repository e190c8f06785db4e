"""Registration, claim, schedule, case, draft and ticket, written by one statement."""

# ruff: noqa: S608 -- the statement is joined from constants

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from zaigang.claims.enums import ClaimState, PaymentState
from zaigang.claims.models import Claim, Registration
from zaigang.foundation.crypto import sealed_value
from zaigang.hall.enums import Act, TicketState
from zaigang.hall.verbs import CHANNEL
from zaigang.roster.enums import CaseState

_WRITE = f"""
WITH ruling AS (
    -- Somebody whose answer is equal to the letter may have it already, or write it at this moment.
    INSERT INTO claims_ruling (id, sha256, body) VALUES (%(ruling)s, %(sha256)s, %(body)s)
    ON CONFLICT (sha256) DO UPDATE SET sha256 = EXCLUDED.sha256 RETURNING id
), registration AS (
    INSERT INTO claims_registration (id, case_id, worker_id, number, registered_on, ticket_id, presence, blank,
        answers, made_by_id, made_at, current)
    VALUES (%(registration)s, %(case)s, %(worker)s,
        %(prefix)s || lpad(nextval('claims_registration_serial')::text, 7, '0'), %(today)s, %(ticket)s, %(presence)s,
        %(registration_blank)s, %(registration_answers)s, %(by)s, %(now)s, true)
    RETURNING id, number
), claim AS (
    INSERT INTO claims_claim (id, case_id, registration_id, applied_on, ruling_id, facts, law, eligible, outcome,
        differs, reason, months_exact, months_at_most, blank, answers, state, made_by_id, made_at, stop_reason)
    SELECT %(claim)s, %(case)s, registration.id, %(today)s, ruling.id, %(facts)s, %(law)s, %(eligible)s, %(outcome)s,
        %(differs)s, %(reason)s, %(exact)s, %(at_most)s, %(claim_blank)s, %(claim_answers)s, '{ClaimState.MADE}',
        %(by)s, %(now)s, ''
    FROM registration, ruling RETURNING id
), payments AS (
    INSERT INTO claims_payment (claim_id, month, draw, yuan, status, planned, state)
    SELECT claim.id, p.month, p.draw, p.yuan, p.status, p.planned, '{PaymentState.PLANNED}'
    FROM claim, unnest(%(months)s::date[], %(draws)s::int[], %(yuan)s::numeric[], %(statuses)s::text[],
        %(planned)s::bool[]) AS p(month, draw, yuan, status, planned)
), moved AS (
    UPDATE roster_case SET state = '{CaseState.REGISTERED}' WHERE id = %(case)s
), typed AS (
    DELETE FROM claims_draft WHERE case_id = %(case)s
), served AS (
    UPDATE hall_ticket SET state = '{TicketState.DONE}', finished_at = %(now)s WHERE id = %(ticket)s
    RETURNING id, series, number, window_id
), event AS (
    INSERT INTO hall_ticketevent (ticket_id, act, at, recorded_at, window_id, by)
    SELECT id, '{Act.FINISH}', %(now)s, %(recorded)s, window_id, %(by)s FROM served
)
SELECT registration.number, served.series, served.number, x.number, pg_notify('{CHANNEL}', json_build_object(
    'o', %(office)s::text, 'a', '{Act.FINISH}', 'n', served.series || lpad(served.number::text, 3, '0'),
    's', served.series, 'w', x.number)::text)
FROM registration, served JOIN hall_window x ON x.id = served.window_id
"""


@dataclass(frozen=True, slots=True)
class Month:
    """One line of the schedule. `yuan` None: the amount is not known."""

    month: date
    yuan: Decimal | None
    status: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything that one visit writes. Identifiers are made before, since sealed values are tied to them."""

    registration: UUID
    claim: UUID
    case: UUID
    worker: UUID
    ticket: UUID
    office: UUID
    by: UUID
    number_prefix: str
    presence: str
    registration_blank: str
    registration_answers: dict[str, Any]
    claim_blank: str
    claim_answers: dict[str, Any]
    facts: dict[str, Any]
    law: dict[str, str]
    ruling: UUID
    sha256: bytes
    body: dict[str, Any]
    outcome: str
    differs: bool
    reason: str
    schedule: Sequence[Month]


@dataclass(frozen=True, slots=True)
class Filed:
    """What was written: the registration's number, and the ticket that is done."""

    number: str
    series: str
    ticket_number: int
    window: int


def write(filing: Filing, *, today: date, now: datetime, recorded: datetime) -> Filed:
    """Write it all. IntegrityError when a constraint refuses; then nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, _values(filing) | {"today": today, "now": now, "recorded": recorded})
        row = cursor.fetchone()
    return Filed(*row[:4])


def _values(filing: Filing) -> dict[str, Any]:
    months, schedule = filing.body["months"], filing.schedule
    return {
        "registration": filing.registration, "claim": filing.claim, "case": filing.case, "worker": filing.worker,
        "ticket": filing.ticket, "office": str(filing.office), "by": filing.by, "prefix": filing.number_prefix,
        "presence": filing.presence, "ruling": filing.ruling, "sha256": filing.sha256, "body": Jsonb(filing.body),
        "facts": Jsonb(filing.facts), "law": Jsonb(filing.law), "eligible": filing.body["eligible"],
        "outcome": filing.outcome, "differs": filing.differs, "exact": months["exact"], "at_most": months["at_most"],
        "registration_blank": filing.registration_blank, "claim_blank": filing.claim_blank,
        "registration_answers": sealed_value(Registration, "answers", filing.registration_answers, filing.registration),
        "claim_answers": sealed_value(Claim, "answers", filing.claim_answers, filing.claim),
        "reason": sealed_value(Claim, "reason", filing.reason, filing.claim),
        "months": [line.month for line in schedule], "draws": list(range(1, len(schedule) + 1)),
        "yuan": [line.yuan for line in schedule], "statuses": [line.status for line in schedule],
        "planned": [line.planned for line in schedule],
    }  # fmt: skip
