"""One row: from its cells to what it says about a person, and what is wrong with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from zaigang.roster.reading.cells import (
    EXACT_BELOW,
    Cells,
    blank,
    folded,
    is_number,
    number_text,
    shown,
    text_of,
)
from zaigang.roster.reading.codes import Code, outcome_of
from zaigang.roster.reading.dates import Moment, add_months, read_moment
from zaigang.roster.reading.identity import Identity, read_identity
from zaigang.roster.reading.months import MonthsUnreadable, read_months
from zaigang.roster.reading.phones import read_phones
from zaigang.roster.reading.reasons import read_reason

# (ID, name) -> the name under which that ID was taken before, or None.
Seen = Callable[[str, str], str | None]
YOUNGEST = 16
MONTHS_AHEAD = 12
_SEXES = {
    "男": "male", "男性": "male", "M": "male", "MALE": "male", "1": "male", "01": "male",
    "女": "female", "女性": "female", "F": "female", "FEMALE": "female", "2": "female", "02": "female",
}  # fmt: skip
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．.", "·"))
_SCIENTIFIC = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]{2}", re.IGNORECASE)
_ACCOUNT = re.compile(r"[0-9]{12,30}")
_MONEY = re.compile(r"[¥￥]?([0-9]+(?:\.[0-9]+)?)(?:元|元/月|/月)?")


@dataclass(slots=True)
class CheckedRow:
    """A data row and what it says. Codes are in `codes.CODES`; `outcome` is the worst of them.

    `id` is None unless certain, `laid_off_on` is None when the date was refused. `sex` is the ID's where
    the ID is certain (a conflict is among the codes), else the roster's; `born` likewise. `started_on` is
    the first day with this firm, or the first day of work at all where the roster has only that; a month
    counts from its first day. `left_because` is None when the words leave it open. `fields` and `values` are
    the row as it stands in the file.
    """

    sheet: str
    row: int
    outcome: str
    codes: tuple[str, ...]
    name: str | None
    id: str | None
    contribution_months: int | None
    deemed_months: int | None
    laid_off_on: date | None
    trade: str | None
    sex: str | None
    born: date | None
    phones: tuple[str, ...]
    bank_account: str | None
    left_because: str | None
    started_on: date | None
    monthly_wage: Decimal | None
    education: str | None
    street: str | None
    certificate_level: str | None
    note: str | None
    department: str | None
    staff_category: str | None
    fields: tuple[str, ...]
    values: Sequence[object]

    @property
    def cells(self) -> dict[str, str]:
        """The row as Excel shows it, by field; columns whose heading means no field are left out."""
        pairs = zip(self.fields, self.values, strict=False)
        return {field: shown(value) for field, value in pairs if field}


@dataclass(frozen=True, slots=True)
class Dates:
    """The last working day and the first ones, as far as they can be read."""

    left_on: date | None
    started_on: date | None
    codes: tuple[str, ...]


def read_name(value: object) -> str | None:
    """Return the name without blanks, None when there is none."""
    text = text_of(value)
    name = "".join(text.split()) if text else None
    return name or None


def same_name(one: str, other: str) -> bool:
    """Return whether two rows give the same name (Latin letters in either case, any middle dot)."""
    return one == other or one.translate(_DOTS).casefold() == other.translate(_DOTS).casefold()


def _dates(cells: Cells, born: date | None, today: date) -> Dates:
    starts = [m for f in ("started_on", "work_started_on") if (m := read_moment(cells.get(f)))]
    first = starts[0].earliest() if starts else None
    if blank(cells.get("laid_off_on")):
        return Dates(None, first, (Code.END_MISSING,))
    moment = read_moment(cells["laid_off_on"])
    left_on = moment.as_date() if moment else None
    if left_on is None:
        return Dates(None, first, (Code.DATE_INVALID,))
    codes = _judge_end(left_on, starts or _contract_start(cells), born, today)
    refused = Code.END_BEFORE_START in codes or Code.END_IN_FUTURE in codes
    return Dates(None if refused else left_on, first, codes)


def _contract_start(cells: Cells) -> list[Moment]:
    moment = read_moment(cells.get("contract_started_on"))
    return [moment] if moment else []


def _judge_end(left_on: date, starts: list[Moment], born: date | None, today: date) -> tuple[str, ...]:
    codes: list[str] = []
    if any(left_on < start.earliest() for start in starts):
        codes.append(Code.END_BEFORE_START)
    if left_on > add_months(today, MONTHS_AHEAD):
        codes.append(Code.END_IN_FUTURE)
    if born is not None and left_on < add_months(born, YOUNGEST * 12):
        codes.append(Code.AGE_OUT_OF_RANGE)
    return tuple(codes)


def _person_codes(cells: Cells, identity: Identity, sex: str | None, birth: Moment | None) -> list[str]:
    codes: list[str] = []
    if identity.sex and sex and sex != identity.sex:
        codes.append(Code.SEX_CONFLICTS_WITH_ID)
    if identity.born and birth and not birth.agrees_with(identity.born):
        codes.append(Code.BIRTH_CONFLICTS_WITH_ID)
    return codes


def _phones(cells: Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
    phones, readable = read_phones(cells.get("phone"))
    number = 2
    while (field := f"phone_{number}") in cells:
        more, also = read_phones(cells[field])
        phones, readable, number = (*phones, *more), readable and also, number + 1
    if not readable:
        return phones, (Code.PHONE_INVALID,)
    return tuple(dict.fromkeys(phones)), () if phones else (Code.PHONE_MISSING,)


def _bank(value: object) -> tuple[str | None, tuple[str, ...]]:
    if blank(value):
        return None, ()
    if is_number(value):
        number = float(str(value))
        return (
            (None, (Code.BANK_DIGITS_LOST,)) if not abs(number) < EXACT_BELOW else (number_text(number), ())
        )
    text = folded(str(value)).replace("-", "")
    if _SCIENTIFIC.search(text):
        return None, (Code.BANK_DIGITS_LOST,)
    runs = _ACCOUNT.findall(text)
    return (max(runs, key=len) if runs else None), ()


def _months(cells: Cells, field: str) -> int | None:
    years = cells.get(field.replace("_months", "_years"))
    if not blank(years):
        return read_months(years, in_years=True)
    return read_months(cells.get(field))


def _all_months(cells: Cells) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return the months paid, the months deemed (blank = 0) and `months_invalid` if either is unreadable."""
    found: list[int | None] = []
    codes: tuple[str, ...] = ()
    for field, when_blank in (("contribution_months", None), ("deemed_months", 0)):
        try:
            months = _months(cells, field)
            found.append(when_blank if months is None else months)
        except MonthsUnreadable:
            found.append(None)
            codes = (Code.MONTHS_INVALID,)
    return found[0], found[1], codes


def _wage(value: object) -> Decimal | None:
    text = number_text(float(str(value))) if is_number(value) else folded(shown(value)).replace(",", "")
    found = _MONEY.fullmatch(text)
    try:
        return Decimal(found.group(1)) if found and len(text) < 16 else None
    except InvalidOperation:
        return None


def _staff_category(value: object) -> str | None:
    text = text_of(value) or ""
    said = [word for word in ("干部", "工人") if word in text]
    return said[0] if len(said) == 1 else None


def _seen_codes(identity: str | None, name: str | None, seen: Seen) -> list[str]:
    earlier = seen(identity, name) if identity and name else None
    if earlier is None or name is None:
        return []
    return [Code.DUPLICATE_IN_FILE if same_name(earlier, name) else Code.ID_USED_BY_TWO_NAMES]


def judge(
    cells: Cells,
    *,
    sheet: str,
    row: int,
    today: date,
    seen: Seen,
    fields: tuple[str, ...],
    values: Sequence[object],
) -> CheckedRow:
    """Check one row. Never raises."""
    name, trade = read_name(cells.get("name")), text_of(cells.get("trade"))
    identity = read_identity(cells.get("id"))
    sex = _SEXES.get(folded(shown(cells.get("sex"))).upper()) if cells.get("sex") else None
    birth = read_moment(cells.get("born"))
    dates = _dates(cells, identity.born, today)
    phones, phone_codes = _phones(cells)
    bank, bank_codes = _bank(cells.get("bank_account"))
    paid, deemed, months_codes = _all_months(cells)
    codes = (
        *(() if name else (Code.NAME_MISSING,)),
        *identity.codes,
        *_seen_codes(identity.id, name, seen),
        *dates.codes,
        *_person_codes(cells, identity, sex, birth),
        *phone_codes,
        *bank_codes,
        *months_codes,
        *(() if trade else (Code.TRADE_MISSING,)),
    )
    reason = text_of(cells.get("left_because"))
    return CheckedRow(
        sheet, row, outcome_of(codes), codes, name, identity.id, paid, deemed, dates.left_on, trade,
        sex=identity.sex or sex,
        born=identity.born or (birth.as_date() if birth else None),
        phones=phones,
        bank_account=bank,
        left_because=read_reason(reason) if reason else None,
        started_on=dates.started_on,
        monthly_wage=_wage(cells.get("monthly_wage")),
        education=text_of(cells.get("education")),
        street=text_of(cells.get("street")),
        certificate_level=text_of(cells.get("certificate_level")),
        note=text_of(cells.get("note")),
        department=text_of(cells.get("department")) or sheet or None,
        staff_category=_staff_category(cells.get("staff_category")),
        fields=fields,
        values=values,
    )  # fmt: skip


def check_row(
    cells: Mapping[str, object],
    *,
    today: date,
    seen: Mapping[str, str],
    sheet: str = "",
    row: int = 0,
) -> CheckedRow:
    """Check one row given as field name -> cell, as when a clerk repairs a cell.

    `cells` has the keys of `CheckedRow.cells` (names of `headings.FIELDS`). `seen` maps the ID of everybody
    taken so far to the name: the same name gives `duplicate_in_file`, another one `id_used_by_two_names`.
    """
    return judge(
        cells,
        sheet=sheet,
        row=row,
        today=today,
        seen=lambda identity, _: seen.get(identity),
        fields=tuple(cells),
        values=tuple(cells.values()),
    )
