"""One cell of a blank as a field of a Django form: text inputs with the right keyboard, few choices as radios."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zaigang.claims.blanks.blank import NO, YES, Field, Kind
from zaigang.claims.blanks.periods import PeriodsField
from zaigang.claims.blanks.typed import account_of, day_of, halfwidth, one_line, phone_of
from zaigang.engines.entitlement.facts import LONGEST_WORKING_LIFE

#: More options than this make a list to open instead of radios.
MOST_RADIOS = 5
LONGEST_LINE, LONGEST_TEXT = 120, 300
_MOST_YUAN = Decimal("9999999.99")


def input_of(cell: Field, *, today: date) -> forms.Field:
    """The form field of a cell. `today` is the last day for dates that may not lie ahead."""
    field = _MAKERS[cell.kind](cell, today)
    field.disabled = cell.ask == "shown"
    field.error_messages["required"] = _required_words(cell)
    return field


def _required_words(cell: Field) -> str:
    if cell.ask == "shown":
        return _("系统里没有这一项，请先补正花名册再来办")
    choice = cell.kind in ("code", "codes", "tick")
    return (_("请选择%(label)s") if choice else _("请填写%(label)s")) % {"label": cell.label}


def _common(cell: Field) -> dict[str, Any]:
    return {"label": cell.label, "required": cell.required, "help_text": cell.help}


def _attributes(**more: str | int) -> dict[str, str | int]:
    return {"autocomplete": "off", "spellcheck": "false", **more}


def _numbers() -> forms.TextInput:
    return forms.TextInput(attrs=_attributes(inputmode="numeric"))


class LineField(forms.CharField):
    """One line, blanks drawn together."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class ReadField(forms.CharField):
    """A text that a function reads; `fault` says what to do when it cannot."""

    def __init__(self, *, read: Callable[[str], str | None], fault: str, **more: Any) -> None:
        super().__init__(**more)
        self.read, self.fault = read, fault

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        if not typed:
            return ""
        found = self.read(typed)
        if found is None:
            raise forms.ValidationError(self.fault)
        return found


class DayField(forms.DateField):
    """A date as people write it, at most `latest`."""

    def __init__(self, *, latest: date | None, **more: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs=_attributes(inputmode="numeric"), format="%Y-%m-%d"), **more
        )
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = day_of(str(value))
        if found is None:
            raise forms.ValidationError(_("看不懂这个日期，请写成 2016-01-11"))
        return found

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise forms.ValidationError(
                _("不能晚于今天（%(today)s），请核对") % {"today": f"{self.latest:%Y-%m-%d}"}
            )


class HalfwidthDecimal(forms.DecimalField):
    def to_python(self, value: Any) -> Any:
        typed = halfwidth(value).replace(",", "").removeprefix("¥") if isinstance(value, str) else value
        return super().to_python(typed)


def _line(cell: Field, today: date) -> forms.Field:
    length = cell.max_length or LONGEST_LINE
    return _limited(
        LineField(max_length=length, widget=forms.TextInput(attrs=_attributes()), **_common(cell))
    )


def _text(cell: Field, today: date) -> forms.Field:
    box = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    return _limited(forms.CharField(max_length=cell.max_length or LONGEST_TEXT, widget=box, **_common(cell)))


def _limited(field: forms.CharField) -> forms.CharField:
    field.error_messages["max_length"] = _("最多 %(n)s 个字，请写短些") % {"n": field.max_length}
    return field


def _phone(cell: Field, today: date) -> forms.Field:
    fault = _("电话应为11位手机号，或带区号的座机，例如 0532-80001234")
    box = forms.TextInput(attrs=_attributes(inputmode="tel"))
    return ReadField(read=phone_of, fault=fault, max_length=30, widget=box, **_common(cell))


def _bank(cell: Field, today: date) -> forms.Field:
    fault = _("银行账号应为12到30位数字，请照卡面再核对一遍")
    return ReadField(read=account_of, fault=fault, max_length=60, widget=_numbers(), **_common(cell))


def _date(cell: Field, today: date) -> forms.Field:
    return DayField(latest=today if cell.not_after_today else None, **_common(cell))


def _months(cell: Field, today: date) -> forms.Field:
    fault = _("月数应为 0 到 %(most)s 的整数，只写数字") % {"most": LONGEST_WORKING_LIFE}
    faults = dict.fromkeys(("invalid", "min_value", "max_value"), fault)
    return forms.IntegerField(
        min_value=0, max_value=LONGEST_WORKING_LIFE, widget=_numbers(), error_messages=faults, **_common(cell)
    )


def _money(cell: Field, today: date) -> forms.Field:
    fault = _("金额应为不小于 0 的数，最多两位小数，例如 950.00")
    kinds = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    box = forms.TextInput(attrs=_attributes(inputmode="decimal"))
    return HalfwidthDecimal(
        min_value=0, max_value=_MOST_YUAN, decimal_places=2, widget=box,
        error_messages=dict.fromkeys(kinds, fault), **_common(cell),
    )  # fmt: skip


def _code(cell: Field, today: date) -> forms.Field:
    choices = [(one.code, _with_note(one.label, one.note)) for one in cell.options]
    many = len(choices) > MOST_RADIOS
    widget: forms.Widget = forms.Select() if many else forms.RadioSelect()
    first = [("", _("请选择"))] if many else []
    return forms.ChoiceField(
        choices=[*first, *choices], widget=widget, error_messages=_not_on_offer(), **_common(cell)
    )


def _codes(cell: Field, today: date) -> forms.Field:
    choices = [(one.code, _with_note(one.label, one.note)) for one in cell.options]
    return forms.MultipleChoiceField(
        choices=choices,
        widget=forms.CheckboxSelectMultiple(),
        error_messages=_not_on_offer(),
        **_common(cell),
    )


def _with_note(label: str, note: str) -> str:
    return f"{label}（{note}）" if note else label


def _not_on_offer() -> Mapping[str, str]:
    return {"invalid_choice": _("这一项现在不能选，请从列出的里面选")}


def _tick(cell: Field, today: date) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[(YES, _("是")), (NO, _("否"))],
        widget=forms.RadioSelect(),
        coerce=lambda value: value == YES,
        empty_value=None,
        error_messages=_not_on_offer(),
        **_common(cell),
    )


def _periods(cell: Field, today: date) -> forms.Field:
    return PeriodsField(today=today, **_common(cell))


_MAKERS: Mapping[Kind, Callable[[Field, date], forms.Field]] = {
    "text": _text,
    "line": _line,
    "code": _code,
    "codes": _codes,
    "date": _date,
    "tick": _tick,
    "months": _months,
    "money": _money,
    "phone": _phone,
    "bank": _bank,
    "periods": _periods,
}
