"""A few lines of employer, from month, to month: plain indexed inputs, no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zaigang.claims.blanks.typed import month_of, one_line

LINES = 6
EMPLOYER_LENGTH = 80
Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """One insured period in words; a month that is not known is empty."""

    employer: str
    first: str
    last: str


def parts() -> tuple[tuple[str, str], ...]:
    """Keys of a line, as they are kept and sent, with their headings."""
    return (("employer", _("单位名称")), ("from", _("参保年月")), ("to", _("停保年月")))


class PeriodsInput(forms.Widget):
    """A table of `<name>_0_employer`, `<name>_0_from`, `<name>_0_to` and so on."""

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_0_employer" if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        keys = [key for key, _heading in parts()]
        return [{key: data.get(f"{name}_{line}_{key}", "") for key in keys} for line in range(LINES)]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}_0_employer" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        known = [*(value or ()), *({} for _spare in range(LINES))][:LINES]
        attrs = attrs or {}
        head = format_html_join("", '<th scope="col">{}</th>', ((heading,) for _key, heading in parts()))
        rows = format_html_join("", "{}", ((_row(name, at, line, attrs),) for at, line in enumerate(known)))
        return format_html(
            '<div class="table-wrap"><table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
            head, rows,
        )  # fmt: skip


def _row(name: str, at: int, line: Mapping[str, str], attrs: Mapping[str, Any]) -> SafeString:
    cells = ((_input(name, at, key, heading, line, attrs),) for key, heading in parts())
    return format_html("<tr>{}</tr>", format_html_join("", "<td>{}</td>", cells))


def _input(
    name: str, at: int, key: str, heading: str, line: Mapping[str, str], attrs: Mapping[str, Any]
) -> SafeString:
    about = attrs.get("aria-describedby")
    return format_html(
        '<input type="text" class="{}" name="{}_{}_{}" id="{}_{}_{}" value="{}" maxlength="{}"'
        ' aria-label="{}" autocomplete="off"{}{}>',
        attrs.get("class", "form-control"), name, at, key, attrs.get("id", f"id_{name}"), at, key,
        line.get(key, ""), EMPLOYER_LENGTH if key == "employer" else 10,
        _("第%(line)s行%(heading)s") % {"line": at + 1, "heading": heading},
        "" if key == "employer" else SafeString(' inputmode="numeric"'),
        format_html(' aria-describedby="{}"', about) if about else "",
    )  # fmt: skip


class PeriodsField(forms.Field):
    """Cleans to the lines that say something: months as 2016-01, or empty where nobody knows."""

    widget = PeriodsInput

    def __init__(self, *, today: date, **more: Any) -> None:
        super().__init__(**more)
        self.today = today

    def clean(self, value: Any) -> list[Line]:
        lines = [_tidy(line) for line in value or ()]
        found, faults = [], []
        for number, line in enumerate(lines, 1):
            if any(line.values()):
                kept, wrong = _checked(line, self.today)
                found.append(kept)
                faults += [_("第%(line)s行：%(what)s") % {"line": number, "what": what} for what in wrong]
        if faults:
            raise forms.ValidationError(faults)
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], "required")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _filled(initial) != _filled(data)


def _filled(value: Any) -> list[Line]:
    return [line for line in map(_tidy, value or ()) if any(line.values())]


def _tidy(line: Mapping[str, Any]) -> Line:
    return {key: one_line(str(line.get(key) or "")) for key, _heading in parts()}


def _checked(line: Line, today: date) -> tuple[Line, list[str]]:
    """The line with its months in one shape, and what is wrong with it."""
    months = {key: month_of(line[key]) for key in ("from", "to")}
    wrong = [] if line["employer"] else [_("请填写单位名称，或清空这一行")]
    if len(line["employer"]) > EMPLOYER_LENGTH:
        wrong.append(_("单位名称最多 %(n)s 个字，请写短些") % {"n": EMPLOYER_LENGTH})
    wrong += [
        _("看不懂年月“%(typed)s”，请写成 2016-01") % {"typed": line[key][:10]}
        for key, month in months.items()
        if line[key] and month is None
    ]
    if months["from"] and months["to"] and months["to"] < months["from"]:
        wrong.append(_("停保早于参保，请核对"))
    if any(month and month > today for month in months.values()):
        wrong.append(_("年月还没到，请核对"))
    return {**line, **{key: f"{month:%Y-%m}" for key, month in months.items() if month}}, wrong
