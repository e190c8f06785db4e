"""What is true of an invented person, whatever the employer's list says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """A column of a roster, by meaning; the names are those of the roster's reader."""

    ROW_NO = "row_no"
    NAME = "name"
    SEX = "sex"
    ID = "id"
    BORN = "born"
    EDUCATION = "education"
    PHONE = "phone"
    STREET = "street"
    STAFF_CATEGORY = "staff_category"
    TRADE = "trade"
    CERTIFICATE_LEVEL = "certificate_level"
    WORK_STARTED_ON = "work_started_on"
    STARTED_ON = "started_on"
    LAID_OFF_ON = "laid_off_on"
    LEFT_BECAUSE = "left_because"
    MONTHLY_WAGE = "monthly_wage"
    CONTRIBUTION_MONTHS = "contribution_months"
    DEEMED_MONTHS = "deemed_months"
    BANK_ACCOUNT = "bank_account"
    NOTE = "note"


@dataclass(frozen=True)
class Home:
    """Where somebody lives: street and community by name; community is None outside the demo's own street."""

    street: str
    community: str | None
    address: str


@dataclass(frozen=True)
class Career:
    """Working life up to the end of the contract.

    work_started_on: first job anywhere; started_on: this firm; contribution_months: insurance months paid
    by the person; deemed_months: service before insurance, which counts as paid.
    """

    work_started_on: date
    started_on: date
    laid_off_on: date
    contribution_months: int
    deemed_months: int


@dataclass(frozen=True)
class InventedWorker:
    """One person. `sex` is male or female; `left_because` is a code, None where nobody wrote it down.

    `staff_category` (干部, 工人) decides at 50 or 55 a woman retires; None where the firm did not say.
    """

    firm: str
    workshop: str
    name: str
    sex: str
    born: date
    id: str
    education: str
    phone: str
    home: Home
    staff_category: str | None
    trade: str
    certificate_level: str | None
    career: Career
    left_because: str | None
    monthly_wage: int
    bank_account: str
