"""Every code that a roster row can carry: how grave it is, which cell it concerns, and what to say about it.

The codes and what they mean are fixed by the format of `zaigang roster check`; the messages say what is wrong
and what to do, for the clerk who repairs the row and for the firm that wrote it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a code does to its row. An `info` leaves the row as it is."""

    ERROR = "error"
    DUPLICATE = "duplicate"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """A finding about one row."""

    NAME_MISSING = "name_missing"
    ID_MISSING = "id_missing"
    ID_DIGITS_LOST = "id_digits_lost"
    ID_LENGTH = "id_length"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_USED_BY_TWO_NAMES = "id_used_by_two_names"
    END_MISSING = "end_missing"
    DATE_INVALID = "date_invalid"
    END_BEFORE_START = "end_before_start"
    END_IN_FUTURE = "end_in_future"
    AGE_OUT_OF_RANGE = "age_out_of_range"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    SEX_CONFLICTS_WITH_ID = "sex_conflicts_with_id"
    BIRTH_CONFLICTS_WITH_ID = "birth_conflicts_with_id"
    PHONE_MISSING = "phone_missing"
    PHONE_INVALID = "phone_invalid"
    BANK_DIGITS_LOST = "bank_digits_lost"
    MONTHS_INVALID = "months_invalid"
    TRADE_MISSING = "trade_missing"
    ID_UPGRADED_FROM_15 = "id_upgraded_from_15"


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code means: `field` is the cell to look at (a name of `headings.FIELDS`)."""

    severity: Severity
    field: str
    zh: str
    en: str


E_, W_, D_, I_ = Severity.ERROR, Severity.WARNING, Severity.DUPLICATE, Severity.INFO

CODES: dict[str, CodeMeaning] = {
    Code.NAME_MISSING: CodeMeaning(
        E_, "name", "没有姓名。请照身份证补上。", "The name is missing. Copy it from the identity card."
    ),
    Code.ID_MISSING: CodeMeaning(
        E_,
        "id",
        "没有身份证号。请照身份证补上。",
        "The ID number is missing. Copy it from the identity card.",
    ),
    Code.ID_DIGITS_LOST: CodeMeaning(
        E_,
        "id",
        "身份证号按数字保存，后几位已经丢失。请把这一列设为文本格式，照身份证重新填写。",
        "The ID was typed as a number and Excel dropped its last digits. "
        "Format the column as text and type it again.",
    ),
    Code.ID_LENGTH: CodeMeaning(
        E_,
        "id",
        "身份证号不是 18 位（也不是旧的 15 位）。请照身份证核对。",
        "The ID has neither 18 characters nor the older 15. Compare it with the identity card.",
    ),
    Code.ID_CHECK_DIGIT: CodeMeaning(
        E_,
        "id",
        "身份证号的校验位或出生日期对不上，有数字写错了。请照身份证核对。",
        "The check digit or the date inside the ID is impossible: a digit is wrong. Compare with the card.",
    ),
    Code.ID_USED_BY_TWO_NAMES: CodeMeaning(
        E_,
        "id",
        "这个身份证号已经在另一个姓名名下。请核对这两个人的身份证。",
        "This ID already belongs to another name. Compare both identity cards.",
    ),
    Code.END_MISSING: CodeMeaning(
        E_,
        "laid_off_on",
        "没有解除（终止）合同日期。请照解除合同证明补上。",
        "The last working day is missing. Copy it from the proof of contract ending.",
    ),
    Code.DATE_INVALID: CodeMeaning(
        E_,
        "laid_off_on",
        "解除（终止）合同日期读不出是哪一天。请写成年月日，例如 2015-12-31。",
        "The last working day cannot be read as a day. Write year, month and day, such as 2015-12-31.",
    ),
    Code.END_BEFORE_START: CodeMeaning(
        E_,
        "laid_off_on",
        "解除合同日期早于参加工作（入厂）时间。请核对这两个日期。",
        "The last working day is before the first one. Compare both dates.",
    ),
    Code.END_IN_FUTURE: CodeMeaning(
        E_,
        "laid_off_on",
        "解除合同日期在一年以后。请核对年份。",
        "The last working day is more than 12 months ahead. Check the year.",
    ),
    Code.AGE_OUT_OF_RANGE: CodeMeaning(
        E_,
        "id",
        "离岗那天不满 16 周岁。请核对身份证号和解除合同日期。",
        "Younger than 16 on the last working day. Check the ID and the date.",
    ),
    Code.DUPLICATE_IN_FILE: CodeMeaning(
        D_,
        "id",
        "前面已经有这个人，这一行不再计入。",
        "An earlier row already has this person; this row is not counted.",
    ),
    Code.SEX_CONFLICTS_WITH_ID: CodeMeaning(
        W_,
        "sex",
        "性别和身份证号不一致。请照身份证核对。",
        "The sex differs from the one in the ID. Compare with the identity card.",
    ),
    Code.BIRTH_CONFLICTS_WITH_ID: CodeMeaning(
        W_,
        "born",
        "出生日期和身份证号不一致。请照身份证和档案核对。",
        "The date of birth differs from the one in the ID. Compare the card and the personal file.",
    ),
    Code.PHONE_MISSING: CodeMeaning(
        W_, "phone", "没有联系电话。请补上，才能通知到本人。", "No phone number. Add one to reach the person."
    ),
    Code.PHONE_INVALID: CodeMeaning(
        W_,
        "phone",
        "电话位数不对。手机 11 位，固定电话要带区号。",
        "The phone number is incomplete: 11 digits for a mobile, an area code for a landline.",
    ),
    Code.BANK_DIGITS_LOST: CodeMeaning(
        W_,
        "bank_account",
        "银行账号按数字保存，后几位已经丢失，没有采用。请照银行卡重新填写。",
        "The account was typed as a number and lost its last digits; it is not used. Copy it from the card.",
    ),
    Code.MONTHS_INVALID: CodeMeaning(
        W_,
        "contribution_months",
        "缴费月数或视同月数读不出是几个月，按未知处理。请写成月数，例如 204。",
        "The months cannot be read and count as unknown. Write a number of months, such as 204.",
    ),
    Code.TRADE_MISSING: CodeMeaning(
        W_,
        "trade",
        "没有工种（岗位）。请补上，才能推荐合适的岗位。",
        "No trade. Add it, so that fitting jobs can be offered.",
    ),
    Code.ID_UPGRADED_FROM_15: CodeMeaning(
        I_,
        "id",
        "15 位旧身份证号已按规则升为 18 位。",
        "The 15-digit ID was upgraded to 18 characters by rule.",
    ),
}

_ORDER = (Severity.ERROR, Severity.DUPLICATE, Severity.WARNING)
OUTCOMES = ("ok", "warning", "duplicate", "error")


def outcome_of(codes: tuple[str, ...]) -> str:
    """Return the outcome of a row: the worst of its codes, `ok` when none weighs."""
    severities = {CODES[code].severity for code in codes}
    return next((severity.value for severity in _ORDER if severity in severities), "ok")
