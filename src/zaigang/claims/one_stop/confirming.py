"""The counter's confirmation: two records with two dates and decisions, the schedule, the ticket and the ledger,
all in one transaction of seven statements, whatever the number of months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from zaigang.claims.enums import Outcome, Verb
from zaigang.claims.errors import CannotRegister, DecisionChanged, NotAtTheWindow, NothingToPay, ReasonMissing
from zaigang.claims.facts import Answer, territory_of
from zaigang.claims.models import AgencyMonths, Registration
from zaigang.claims.one_stop.asking import answered, proposed, question
from zaigang.claims.one_stop.completeness import demand_filled
from zaigang.claims.one_stop.standing import Standing, standing
from zaigang.claims.one_stop.writing import Filed, Filing, Month, write
from zaigang.foundation import clock
from zaigang.hall.enums import Verb as HallVerb
from zaigang.ledger.actions import NewEntry, record_many
from zaigang.offices.models import Staff


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the clerk submits. `digest` is that of the answer on the check page (hex); `once` names the press; `seen` is
    when the draft shown there was saved ("": not asked).
    """

    ticket: UUID
    once: UUID
    digest: str
    outcome: str
    reason: str = ""
    late_accepted: bool = False
    seen: str = ""


def confirm(*, confirmation: Confirmation, by: Staff) -> UUID:
    """Register somebody and take their claim; gives the registration's key. Pressed twice: the same, written once.

    Raises `CannotRegister`, `NotAtTheWindow`, `NotFilled`, `DecisionChanged` (check again), `ReasonMissing` or
    `NothingToPay`; then nothing was written, and what was typed is still there.
    """
    try:
        with transaction.atomic():
            return _file(confirmation, standing(confirmation.ticket, by), by)
    except (NotAtTheWindow, CannotRegister):
        if _written(confirmation, by):
            return confirmation.once
        raise
    except IntegrityError as error:
        if _written(confirmation, by):
            return confirmation.once
        raise refused_by_database(error) from None


def _written(confirmation: Confirmation, by: Staff) -> bool:
    """Whether the same press has been confirmed before."""
    return Registration.objects.filter(pk=confirmation.once, ticket=confirmation.ticket, made_by=by).exists()


def _file(confirmation: Confirmation, here: Standing, by: Staff) -> UUID:
    demand_filled(here.answers, here.case.label)
    today = clock.today()
    fixed = AgencyMonths(months=here.agency[0], document=here.agency[1]) if here.agency else None
    asked = question(
        here.case, on=today, fixed=fixed, carried=here.carried, corrections=here.answers["corrections"],
        late_accepted=confirmation.late_accepted,
    )  # fmt: skip
    answer, sha256 = answered(asked, here.law)
    if confirmation.seen not in ("", here.saved_at):
        raise DecisionChanged(
            "填写的内容在核对以后又改过", here.case.label, "请再核对一次，看清新的内容再提交"
        )
    if sha256.hex() != confirmation.digest:
        raise DecisionChanged("测算的结果变了", here.case.label, "请再核对一次，看清新的结果再提交")
    differs = _differs(confirmation, answer, here)
    case, answers = here.case, here.answers
    assert case.worker is not None
    filing = Filing(
        registration=confirmation.once, claim=uuid4(), case=case.pk, worker=case.worker.pk,
        ticket=confirmation.ticket, office=case.closure.office.pk, by=by.pk,
        number_prefix=f"{territory_of(case.closure)}-{today.year}-", presence=answers["presence"],
        registration_blank=answers["blanks"]["registration"], registration_answers=answers["registration"],
        law=here.law.versions(asked["territory"]),
        claim_blank=answers["blanks"]["claim"], claim_answers=answers["claim"], facts=asked, ruling=uuid4(),
        sha256=sha256, body=answer, outcome=confirmation.outcome, differs=differs,
        reason=confirmation.reason.strip(), schedule=schedule_of(answer, confirmation.outcome),
    )  # fmt: skip
    filed = write(filing, today=today, now=clock.now(), recorded=clock.system_now())
    record_many(_entries(filing, filed, case.closure_id), by=by, office=filing.office)
    return filing.registration


def _differs(confirmation: Confirmation, answer: Answer, here: Standing) -> bool:
    """Whether the clerk decides otherwise than proposed, or accepts a late claim: both need a reason."""
    outcome = Outcome(confirmation.outcome)
    differs = outcome != proposed(answer) or confirmation.late_accepted
    if differs and not confirmation.reason.strip():
        raise ReasonMissing("没有写理由", here.case.label, "决定与测算不同，请写明理由，再提交")
    demand_months(answer, confirmation.outcome, here.case.label)
    return differs


def schedule_of(answer: Answer, outcome: str) -> Sequence[Month]:
    """The months to be paid, if benefit is granted: what the engine listed, no more."""
    if outcome != Outcome.GRANT:
        return ()
    return tuple(
        Month(
            date.fromisoformat(f"{line['month']}-01"),
            None if line["yuan"] is None else Decimal(str(line["yuan"])),
            line["status"],
            bool(line.get("planned")),
        )
        for line in answer["payments"]
    )


def demand_months(answer: Answer, outcome: str, label: str) -> None:
    """Raise `NothingToPay` where benefit would be granted for no month: such a claim could never be paid, nor mended
    once it is approved. A clerk who knows better knows a fact, and puts that right.
    """
    if outcome == Outcome.GRANT and not schedule_of(answer, outcome):
        raise NothingToPay(
            "按现在的事实，没有可以发的月份",
            label,
            "请先改事实（例如终止原因、缴费月数），再同意发放；还不能定的，先收下",
        )


def _entries(filing: Filing, filed: Filed, closure: UUID) -> list[NewEntry]:
    """The ledger's three: typed by the clerk on the worker's behalf."""
    months = filing.body["months"]
    claimed = {
        "claim": str(filing.claim), "registration": str(filing.registration), "eligible": filing.body["eligible"],
        "exact": months["exact"], "at_most": months["at_most"], "outcome": filing.outcome, "differs": filing.differs,
    }  # fmt: skip
    served = {
        "ticket": str(filing.ticket), "series": filed.series, "number": filed.ticket_number, "window": filed.window,
    }  # fmt: skip
    facts = {
        Verb.REGISTERED: {"registration": str(filing.registration), "presence": filing.presence},
        Verb.CLAIMED: claimed,
        HallVerb.SERVED: served,
    }
    return [
        NewEntry(verb, filing.case, closure, told, on_behalf_of=filing.worker) for verb, told in facts.items()
    ]


_REFUSALS = {
    "claims_one_registration_each": ("已经办过失业登记", "不用再办；要凭证的，重新打印，编号不变"),
    "claims_not_the_own_file": ("这是您自己的档案", "请别的同事来办"),
    "claims_registration_of_the_living": ("记录上这个人已经去世或领养老金", "记录有误的，先更正"),
    "claims_claim_case_id": ("这个人已经有一份申领", "请打开个人页看一看"),
}


def refused_by_database(error: IntegrityError) -> CannotRegister:
    """The words of a constraint. PostgreSQL's own text quotes the row and is shown to nobody."""
    text = str(error)
    for name, (what, what_to_do) in _REFUSALS.items():
        if name in text:
            return CannotRegister(what, "", what_to_do)
    return CannotRegister("没有办成", "", "什么都没有写下，请刷新后再核对一次")
