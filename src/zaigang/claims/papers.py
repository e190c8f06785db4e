"""What somebody must bring, and what the roster does not say of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from zaigang.claims.enums import Confidence
from zaigang.claims.explaining import CONFIDENCE_KIND, cited, in_language
from zaigang.claims.facts import territory_of
from zaigang.claims.lawbook import current_law
from zaigang.engines.entitlement import BadFacts, Library, materials
from zaigang.roster.enums import Sex
from zaigang.roster.models import Case, Closure


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to bring, or (`ask`) something that the roster lacks and the desk asks for."""

    code: str
    text: str
    ask: bool
    required: bool = True
    kind: str = ""
    status: str = ""
    source: str = ""


def missing_papers(case: Case, on: date) -> list[Paper]:
    """The papers that the territory asks for on that day, then what the roster lacks of this person.

    Needs worker and closure with office. A territory unknown to the law's parameters asks for no paper.
    """
    return [*_to_bring(case.closure, on, current_law().library), *_to_ask(case)]


def papers_of(cases: Iterable[Case], on: date) -> dict[UUID, list[Paper]]:
    """Case -> its papers, as `missing_papers` gives them. Needs worker and closure with office; one query."""
    listed, library = list(cases), current_law().library
    closures = {case.closure_id: case.closure for case in listed}
    to_bring = {pk: _to_bring(closure, on, library) for pk, closure in closures.items()}
    return {case.pk: [*to_bring[case.closure_id], *_to_ask(case)] for case in listed}


def _to_bring(closure: Closure, on: date, library: Library) -> list[Paper]:
    try:
        listed = materials(territory_of(closure), on, parameters=library)
    except BadFacts:
        return []
    return [
        Paper(
            item.code,
            in_language({"zh": item.zh, "en": item.en}),
            ask=False,
            required=item.required,
            kind=CONFIDENCE_KIND[Confidence(item.status)],
            status=str(Confidence(item.status).label),
            source=cited(item.source.as_json()),
        )
        for item in listed
    ]


def _to_ask(case: Case) -> list[Paper]:
    worker = case.worker
    if worker is None:
        return []
    checks = (
        ("phone", not worker.phones, _("联系电话：花名册没有，请留一个打得通的号码")),
        ("bank", not worker.bank_account, _("银行账号：花名册没有，请带本人银行卡来登记")),
        ("months", case.contribution_months is None, _("失业保险缴费月数：花名册没有，向经办机构查询")),
        ("deemed", case.deemed_months is None, _("视同缴费月数：花名册没有，凭职工档案认定")),
        ("ground", not (case.left_because or case.closure.ground), _("终止原因：花名册没有，看解除合同证明")),
        ("trade", not case.trade, _("工种：花名册没有，当面问清")),
        (
            "staff_category",
            worker.sex == Sex.FEMALE and not case.staff_category,
            _("干部还是工人：花名册没有，关系到退休年龄，看职工档案"),
        ),
    )
    return [Paper(code, text, ask=True) for code, lacking, text in checks if lacking]
