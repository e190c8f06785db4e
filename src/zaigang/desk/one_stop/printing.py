"""The two forms of one visit as a PDF, from the records alone: printed again it has the same number, and the signatures
that were given since.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from zaigang.claims.blanks import Blank, TickLine, by_version, words
from zaigang.claims.blanks.typed import month_of
from zaigang.claims.enums import Confidence, Obstacle, Outcome
from zaigang.claims.explaining import cited
from zaigang.claims.models import Claim, Registration
from zaigang.claims.printing import (
    AmountSpan,
    CardData,
    DecisionReason,
    InsuredPeriod,
    ReceiptData,
    Tick,
    one_stop_pdf,
)
from zaigang.claims.sentences import status_by_source
from zaigang.desk.one_stop.verifying import token_of
from zaigang.look.formats import last_four
from zaigang.offices.models import Staff

Answers = Mapping[str, Any]
ANSWER = {
    Outcome.GRANT: "同意发放失业保险金",
    Outcome.REFUSE: "这次不发放失业保险金",
    Outcome.HOLD: "已经收下申领，能不能发放还要核实",
}
#: Reasons printed on the receipt, the deciding ones first; the worker's page has all of them.
MOST_REASONS = 4
DECIDING = (
    *Obstacle.values,
    "late_accepted",
    "months_",
    "involuntary",
    "contributed_enough",
    "contributed_at_least",
)


def one_stop_paper(registration: Registration, *, address: str) -> bytes:
    """The PDF. `address` is where the office's pages are, for the QR code. Needs case, worker, office and claim."""
    verify = address.rstrip("/") + reverse("desk:verify", args=[token_of(registration)])
    with override("zh-hans"):
        card, receipt = _card(registration), _receipt(registration)
        return one_stop_pdf(card, receipt, verify_url=verify, made_at=registration.made_at)


def _blank(key: str) -> Blank:
    code, _at, version = key.partition("@")
    return by_version(code, version)


def _said(blank: Blank, answers: Answers) -> dict[str, Any]:
    """Field code -> its answer in words: text, or the boxes of a tick list."""
    fields = [field for band in blank.bands for field in band.fields if field.print_as != "hidden"]
    told = [said for _title, rows in words(blank, answers) for _label, said in rows]
    return {field.code: said for field, said in zip(fields, told, strict=True)}


def _text(said: Mapping[str, Any], code: str) -> str | None:
    value = said.get(code)
    if isinstance(value, tuple):
        return "、".join(one.label for one in value if one.chosen) or None
    return value or None


def _ticks(said: Mapping[str, Any], code: str) -> tuple[Tick, ...]:
    value = said.get(code) or ()
    return tuple(Tick(one.label, one.chosen) for one in value if isinstance(one, TickLine))


def _iso(answers: Answers, code: str) -> date | None:
    return date.fromisoformat(answers[code]) if answers.get(code) else None


def _card(registration: Registration) -> CardData:
    case, answers = registration.case, registration.answers
    worker, blank = case.worker, _blank(registration.blank)
    said = _said(blank, answers)
    assert worker is not None
    return CardData(
        number=registration.number, office=case.closure.office.name, name=worker.name, title=blank.title,
        declaration=blank.declaration, reasons=_ticks(said, "reason"), notices=_ticks(said, "notice_way"),
        sex=_text(said, "sex"), id_number=worker.id_number, nation=_text(said, "nation"),
        education=_text(said, "education"), phone=_text(said, "phone"), household_address=_text(said, "home_address"),
        home_address=_text(said, "living_address"), employer=_text(said, "former_employer"),
        unemployed_since=_iso(answers, "lost_work_on"), wishes=_text(said, "wants_work"),
        intention=_text(said, "wish"), signed_on=registration.registered_on,
        certificate=answers.get("print_certificate"), recipient=_text(said, "receiver"),
        recipient_phone=_text(said, "receiver_phone"), recipient_address=_text(said, "receiver_address"),
        opinion="同意登记", decided_on=registration.registered_on, maker=_name(registration.made_by),
    )  # fmt: skip


def _name(staff: Staff | None) -> str | None:
    return staff.full_name if staff else None


def _receipt(registration: Registration) -> ReceiptData:
    claim, case = registration.claim, registration.case
    answers, blank, worker = claim.answers, _blank(claim.blank), case.worker
    said = _said(blank, answers)
    assert worker is not None
    months = {name: answers.get(name) for name in ("deemed_months", "total_months", "moved_in_months")}
    return ReceiptData(
        number=registration.number, office=case.closure.office.name, name=worker.name, title=blank.title,
        sex=_text(said, "sex"), phone=_text(said, "phone"), id_number=worker.id_number,
        certificate_number=_text(said, "card_number"), education=_text(said, "education"),
        account_tail=last_four(answers.get("bank_account")) or None, bank=_text(said, "bank"),
        account_holder=_text(said, "account_holder"), household_address=_text(said, "home_address"),
        home_address=_text(said, "living_address"), interruption=_text(said, "ending"),
        seeks_work=_seeks_work(said), medical=_text(said, "medical_insurance"), periods=_periods(answers),
        deemed_months=months["deemed_months"], transferred_months=months["moved_in_months"],
        total_months=months["total_months"], left_over_months=answers.get("left_over_months"),
        transferred_benefit_months=answers.get("moved_in_benefit"), spans=_spans(claim),
        at_most=claim.months_exact is None, answer=_answer(claim),
        reasons=_reasons(claim), notices=_ticks(said, "notice_way"), signed_on=claim.applied_on,
        decided_on=claim.approved_at.date() if claim.approved_at else None, received_on=claim.applied_on,
        maker=_name(claim.made_by), checker=_name(claim.checked_by),
        approver=_name(claim.approved_by),
    )  # fmt: skip


def _seeks_work(said: Mapping[str, Any]) -> bool | None:
    chosen = [index for index, one in enumerate(said.get("wants_work") or ()) if one.chosen]
    return chosen[0] == 0 if chosen else None


def _periods(answers: Answers) -> tuple[InsuredPeriod, ...]:
    lines = answers.get("periods") or ()
    return tuple(
        InsuredPeriod(line["employer"], first=month_of(line["from"]), last=month_of(line["to"]))
        for line in lines
    )


def _spans(claim: Claim) -> tuple[AmountSpan, ...]:
    """Runs of months with the same known amount, by the answer that the claim was decided on."""
    if claim.outcome != Outcome.GRANT:
        return ()
    known = [line for line in claim.ruling.body["payments"] if line["yuan"] is not None]
    spans = []
    for (yuan, sure), run in groupby(known, key=lambda line: (line["yuan"], line["status"] == "verified")):
        months = [date.fromisoformat(f"{line['month']}-01") for line in run]
        spans.append(AmountSpan(months[0], months[-1], len(months), Decimal(str(yuan)), sure))
    return tuple(spans)


def _answer(claim: Claim) -> str:
    """The decision in one sentence: never a number of months that the law does not fix."""
    words = ANSWER[Outcome(claim.outcome)]
    if claim.outcome == Outcome.GRANT and claim.months_exact:
        words += f"，共 {claim.months_exact} 个月"
    elif claim.outcome == Outcome.GRANT and claim.months_at_most:
        words += f"，最多 {claim.months_at_most} 个月，每月由工作人员放行"
    return words + "（经办意见，审批后生效）" if not claim.approved_at else words


def _reasons(claim: Claim) -> tuple[DecisionReason, ...]:
    reasons = claim.ruling.body["reasons"]
    told = [item for start in DECIDING for item in reasons if item["code"].startswith(start)]
    sure = status_by_source(claim.ruling.body)
    return tuple(DecisionReason(item["zh"], _source(item, sure)) for item in told[:MOST_REASONS])


def _source(item: Mapping[str, Any], sure: Mapping[str, Confidence]) -> str | None:
    """Where the law says it, and how sure that is, in words: the paper may be copied without colours."""
    source = cited(item.get("source"))
    return f"{source}，{sure[source].label}" if source in sure else source or None
