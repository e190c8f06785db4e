"""One read, under lock, of everything that the confirmation needs: who stands at the window, and what is known."""

# ruff: noqa: S608 -- the statement is joined from constants

from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import UUID

from django.db import connection

from zaigang.claims.carrying import COLUMNS, Unused, carried_in, last_claim
from zaigang.claims.errors import CannotRegister, NotAtTheWindow
from zaigang.claims.lawbook import LOCK, STAMP, Law, law_of
from zaigang.claims.models import Draft
from zaigang.claims.permissions import REGISTER
from zaigang.foundation import clock
from zaigang.hall.enums import TicketState
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import demand
from zaigang.roster.enums import NOT_A_PERSON
from zaigang.roster.models import Case, Closure, Worker

_CASE = (
    "id", "number", "state", "laid_off_on", "left_because", "contribution_months", "deemed_months", "staff_category",
)  # fmt: skip
_WORKER = ("id", "sex", "born")
_CLOSURE = ("id", "code", "ground")
_OFFICE = ("id", "code", "territory", "path")
_FACTS = [
    *(f"c.{name}" for name in _CASE), *(f"w.{name}" for name in _WORKER), *(f"l.{name}" for name in _CLOSURE),
    *(f"o.{name}" for name in _OFFICE),
]  # fmt: skip
_LEFT = [f"u.{name}" for name in COLUMNS]

# The ticket and the case are locked: of two confirmations the second waits, and then finds the ticket done.
_STANDING = f"""
SELECT {", ".join(_FACTS + _LEFT)}, d.answers, d.saved_at, m.months, m.document,
    (SELECT number FROM claims_registration r WHERE r.worker_id = w.id AND r.current),
    (SELECT kind FROM roster_lifeevent e WHERE e.worker_id = w.id AND e.current ORDER BY kind LIMIT 1),
    (SELECT s.id_index = w.id_index FROM offices_staff s WHERE s.id = %(by)s),
    {STAMP}, pg_advisory_xact_lock_shared({LOCK})
FROM hall_ticket t
JOIN hall_window x ON x.id = t.window_id AND x.staff_id = %(by)s
JOIN roster_case c ON c.id = t.case_id
JOIN roster_worker w ON w.id = c.worker_id
JOIN roster_closure l ON l.id = c.closure_id
JOIN offices_office o ON o.id = l.office_id
LEFT JOIN claims_draft d ON d.case_id = c.id
LEFT JOIN claims_agencymonths m ON m.case_id = c.id AND m.current
LEFT JOIN LATERAL ({last_claim("w.id")}) u ON true
WHERE t.id = %(ticket)s AND t.state = '{TicketState.SERVING}'
FOR NO KEY UPDATE OF t, c
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands at the window, and what is known of them. `saved_at` is the draft's; `agency` (months, document);
    `carried` are the months that the claim before left; `law` is the law in force.
    """

    case: Case
    answers: dict[str, Any]
    saved_at: str
    agency: tuple[int, str] | None
    carried: Unused | None
    law: Law


def standing(ticket: UUID, by: Staff) -> Standing:
    """Read and lock. Raises `NotAtTheWindow`, `CannotRegister` with why and what to do, or `PermissionDenied`
    where `by` registers nobody for the office of the case.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"ticket": ticket, "by": by.pk})
        row = cursor.fetchone()
    if row is None:
        raise NotAtTheWindow("这个人现在不在您的窗口", "", "请回到窗口页，看一看现在办的是哪个号")
    values, left, rest = row[: len(_FACTS)], row[len(_FACTS) : -9], row[-9:]
    sealed, saved_at, months, document, number, life_event, own, stamp, _held = rest
    case = _case(values)
    demand(by, REGISTER, case.closure.office)
    refuse_unlawful(case, number=number, life_event=life_event, own=bool(own))
    if sealed is None:
        raise NotAtTheWindow("还没有核对", case.label, "请先填好并核对，再提交")
    answers = Draft._meta.get_field("answers").opened(bytes(sealed), case.pk)
    return Standing(
        case,
        answers,
        saved_at.astimezone(UTC).isoformat(),
        (months, document) if months else None,
        carried_in(left),
        law_of(stamp),
    )


def _case(values: tuple[Any, ...]) -> Case:
    """The case with worker, closure and office, as far as it was read."""
    taken = iter(values)
    case = Case(**{name: next(taken) for name in _CASE})
    case.worker = Worker(**{name: next(taken) for name in _WORKER})
    case.closure = Closure(**{name: next(taken) for name in _CLOSURE})
    case.closure.office = Office(**{name: next(taken) for name in _OFFICE})
    return case


def refuse_unlawful(
    case: Case, *, number: str | None, life_event: str | None, own: bool, today: date | None = None
) -> None:
    """Raise `CannotRegister` where nobody may be registered, whatever is typed."""
    today = today or clock.today()
    if case.state in NOT_A_PERSON:
        raise CannotRegister(
            "这份档案已经并入另一份，或者撤下了", case.label, "请回到窗口页再找一次，用现行的那一份"
        )
    if own:
        raise CannotRegister("这是您自己的档案", case.label, "请别的同事来办")
    if life_event == "died":
        raise CannotRegister(
            "记录上这个人已经去世", case.label, "家属可以申领丧葬补助金和抚恤金；记录有误的，先更正"
        )
    if life_event is not None:
        raise CannotRegister(
            "记录上这个人已经领养老金", case.label, "领养老金的人不办失业登记；记录有误的，先更正"
        )
    if number is not None:
        raise CannotRegister(
            f"已经办过失业登记，编号 {number}", case.label, "不用再办；要凭证的，重新打印，编号不变"
        )
    if case.laid_off_on is not None and case.laid_off_on >= today:
        raise CannotRegister(
            "合同还没有结束",
            f"{case.label}，合同到 {case.laid_off_on.isoformat()}",
            "合同结束的第二天起可以办",
        )
