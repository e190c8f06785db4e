"""A blank as a Django form, and what was typed in it as JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zaigang.claims.blanks.blank import NO, YES, Blank, Field
from zaigang.claims.blanks.inputs import input_of

Answers = dict[str, Any]


class BlankForm(forms.Form):
    """The cells of a blank in their order. `parts` gives them by band."""

    def __init__(
        self,
        blank: Blank,
        *,
        today: date,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> None:
        shown = {field.code: _typed((initial or {}).get(field.code)) for field in blank.fields}
        super().__init__(data, initial=shown, prefix=prefix, use_required_attribute=False)
        self.blank = blank
        for field in blank.fields:
            self.fields[field.code] = input_of(field, today=today)
            self._keep_unsent(field)
            if field.required_when and not field.help:
                self.fields[field.code].help_text = needed_when(blank, field)

    def _keep_unsent(self, field: Field) -> None:
        """What is only to be confirmed, and was not drawn as an input, stays as it is known."""
        made, name = self.fields[field.code], self.add_prefix(field.code)
        if self.is_bound and field.ask == "confirm" and not is_empty(self.initial.get(field.code)):
            made.disabled = made.widget.value_omitted_from_data(self.data, self.files, name)

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Title of each band and its fields, to be drawn with the tag `field`."""
        return [(band.title, [self[field.code] for field in band.fields]) for band in self.blank.bands]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for field in self.blank.fields:
            if (
                field.code not in self.errors
                and is_required(field, cleaned)
                and is_empty(cleaned.get(field.code))
            ):
                self.add_error(field.code, self._lacking(field))
        return cleaned

    def _lacking(self, field: Field) -> forms.ValidationError:
        words = self.fields[field.code].error_messages["required"]
        why = (
            "" if field.required_when is None else _("（%(why)s）") % {"why": needed_when(self.blank, field)}
        )
        return forms.ValidationError(f"{words}{why}", "required")


def blank_form(
    blank: Blank,
    *,
    today: date,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    prefix: str | None = None,
) -> BlankForm:
    """The blank as a form. `initial` as `prefill` gives it, or a record's answers; `today` bounds its dates.

    Give a `prefix` when two blanks stand on one page.
    """
    return BlankForm(blank, today=today, data=data, initial=initial, prefix=prefix)


def answers(form: BlankForm) -> Answers:
    """What was filled in, JSON-ready: dates as 2016-01-11, money as text, ticks as true, false or null.

    Every cell has its key; one left empty holds null, "" or []. ValueError when the form is not valid.
    """
    if not form.is_valid():
        raise ValueError(f"not valid: {', '.join(form.errors)}")
    return {field.code: _kept(form.cleaned_data[field.code]) for field in form.blank.fields}


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def is_required(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether a cell must be filled, given the others: as answers, or as the form's cleaned data."""
    if field.required or field.required_when is None:
        return field.required
    other, codes = field.required_when
    given = values.get(other)
    chosen = given if isinstance(given, list) else [_typed(given)]
    return any(one in codes for one in chosen)


def needed_when(blank: Blank, field: Field) -> str:
    """通知方式选“纸质邮寄”时要填: the condition of a cell in words; empty when it has none."""
    if field.required_when is None:
        return ""
    code, codes = field.required_when
    other = next(one for one in blank.fields if one.code == code)
    words = {YES: _("是"), NO: _("否")}
    named = _("、").join(
        words.get(one, one) if other.kind == "tick" else other.option(one).label for one in codes
    )
    return _("%(other)s选“%(named)s”时要填") % {"other": other.label, "named": named}


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _typed(value: Any) -> Any:
    """A kept value as the page's inputs take it."""
    return {True: YES, False: NO}[value] if isinstance(value, bool) else value
