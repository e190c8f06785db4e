"""What cells and facts of a roster are called on the pages, and which cells a finding concerns."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zaigang.look.components import Text
from zaigang.roster.reading import CODES, Code, Severity

#: Field of the reader, or column of a case or worker -> its name, in the order of a form.
LABELS: dict[str, Text] = {
    "name": _("姓名"),
    "id": _("身份证号"),
    "sex": _("性别"),
    "born": _("出生日期"),
    "laid_off_on": _("解除合同日期"),
    "left_because": _("解除原因"),
    "phone": _("联系电话"),
    "phone_2": _("联系电话 2"),
    "phone_3": _("联系电话 3"),
    "phones": _("联系电话"),
    "trade": _("工种"),
    "department": _("车间"),
    "started_on": _("入厂时间"),
    "work_started_on": _("参加工作时间"),
    "contract_started_on": _("合同起始日期"),
    "contribution_months": _("缴费月数"),
    "contribution_years": _("缴费年限"),
    "deemed_months": _("视同缴费月数"),
    "deemed_years": _("视同缴费年限"),
    "bank_account": _("银行账号"),
    "certificate_level": _("技能等级"),
    "staff_category": _("职工身份"),
    "education": _("文化程度"),
    "street": _("户籍街道"),
    "monthly_wage": _("月平均工资"),
    "note": _("备注"),
    "row_no": _("序号"),
    "closure": _("关停分流"),
}
#: A finding in a few words, for counts and filters; the whole sentence is the code's own.
SHORT: dict[str, Text] = {
    Code.NAME_MISSING: _("没有姓名"),
    Code.ID_MISSING: _("没有身份证号"),
    Code.ID_DIGITS_LOST: _("身份证号后几位丢失"),
    Code.ID_LENGTH: _("身份证号位数不对"),
    Code.ID_CHECK_DIGIT: _("身份证号有数字写错"),
    Code.ID_USED_BY_TWO_NAMES: _("一个身份证号两个姓名"),
    Code.END_MISSING: _("没有解除合同日期"),
    Code.DATE_INVALID: _("解除合同日期读不出"),
    Code.END_BEFORE_START: _("解除早于入厂"),
    Code.END_IN_FUTURE: _("解除日期在一年以后"),
    Code.AGE_OUT_OF_RANGE: _("离岗时不满 16 岁"),
    Code.DUPLICATE_IN_FILE: _("文件内重复"),
    Code.SEX_CONFLICTS_WITH_ID: _("性别与身份证不符"),
    Code.BIRTH_CONFLICTS_WITH_ID: _("出生日期与身份证不符"),
    Code.PHONE_MISSING: _("没有电话"),
    Code.PHONE_INVALID: _("电话位数不对"),
    Code.BANK_DIGITS_LOST: _("银行账号后几位丢失"),
    Code.MONTHS_INVALID: _("缴费月数读不出"),
    Code.TRADE_MISSING: _("没有工种"),
    Code.ID_UPGRADED_FROM_15: _("15 位身份证已升位"),
}
_ALSO = {
    Code.ID_USED_BY_TWO_NAMES: ("name",),
    Code.END_BEFORE_START: ("started_on", "work_started_on"),
    Code.AGE_OUT_OF_RANGE: ("laid_off_on",),
    Code.SEX_CONFLICTS_WITH_ID: ("id",),
    Code.BIRTH_CONFLICTS_WITH_ID: ("id",),
    Code.MONTHS_INVALID: ("contribution_years", "deemed_months", "deemed_years"),
}
_GRAVITY = (Severity.ERROR, Severity.DUPLICATE, Severity.WARNING, Severity.INFO)


def label(field: str) -> Text:
    """The field's name on the pages."""
    return LABELS.get(field, field)


def message(code: str) -> str:
    """What is wrong and what to do, in the reader's language."""
    meaning = CODES[code]
    return meaning.en if (get_language() or "").startswith("en") else meaning.zh


def gravest_first(codes: Iterable[str]) -> list[str]:
    """Codes in the order in which they should be looked at."""
    return sorted(codes, key=lambda code: _GRAVITY.index(CODES[code].severity))


def kind_of(codes: Iterable[str]) -> str:
    """The finding under which a row is filed: its gravest; empty for a row without any."""
    return next(iter(gravest_first(codes)), "")


def fields_of(code: str, present: Iterable[str]) -> list[str]:
    """The cells that a finding concerns: its own, and those beside it that the file has."""
    return [CODES[code].field, *(name for name in _ALSO.get(Code(code), ()) if name in set(present))]


def concerned(codes: Iterable[str], present: Iterable[str]) -> list[str]:
    """All cells that the findings of a row concern, each once, in the order of a form."""
    found = {name for code in codes for name in fields_of(code, present)}
    return [name for name in LABELS if name in found]
