"""Tags and filters of all pages: `{% load zaigang %}`. The masks and formats are in zaigang.look.formats."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.look import components, formats

register = template.Library()

FORMATS: tuple[Callable[..., str], ...] = (
    formats.mask_name,
    formats.mask_id,
    formats.id_tail,
    formats.bank_tail,
    formats.mask_phone,
    formats.yuan,
    formats.yuan_capitals,
    formats.day,
    formats.count,
    formats.percent,
)
for _format in FORMATS:
    register.filter(_format.__name__, _format)


@register.filter
def day_words(value: date | None) -> str:
    return formats.day_words(value, get_language() or "zh-hans")


@register.filter
def date_words(value: date) -> str:
    return formats.date_words(value, get_language() or "zh-hans")


@register.filter
def month_words(value: date | None) -> str:
    return formats.month_words(value, get_language() or "zh-hans")


@register.filter
def missing(value: object) -> object:
    """`--` for what is absent; for table cells."""
    return _shown(value, formats.MISSING)


@register.filter
def unfilled(value: object) -> object:
    """未填写 for what is absent; for check pages and summary cards."""
    return _shown(value, _("未填写"))


def _shown(value: object, absent: str) -> object:
    if value is None or value == "":
        return absent
    return formats.day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


@register.filter
def signed(value: int | None) -> str:
    """+64, -3, 0: a change since the day before."""
    return formats.MISSING if value is None else f"{value:+,}" if value else "0"


@register.filter
def html_lang(code: str) -> str:
    """zh-hans -> zh-Hans-CN, as the lang attribute wants it."""
    return "zh-Hans-CN" if code == "zh-hans" else code


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the sprite, hidden from screen readers: a word always stands beside it."""
    address = f"{static('vendor/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def bar(value: float, total: float) -> SafeString:
    """A bar of value/total of the cell's width; the number itself stands in the table."""
    width = round(100 * min(max(value / total, 0), 1), 1) if total else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-ground" width="100" height="10"/><rect width="{}" height="10"/></svg>',
        width,
    )


@register.inclusion_tag("look/components/status_tag.html")
def status_tag(kind: str, word: components.Text = "") -> dict[str, object]:
    """Word + shape + colour. `kind` is one of components.KINDS; raises KeyError for any other."""
    default = components.KINDS[kind]
    return {"kind": kind, "word": word or default}


@register.inclusion_tag("look/components/masked_value.html", takes_context=True)
def masked_value(
    context: Context, masked: str, spoken: str, reveal_url: str = "", element_id: str = "masked"
) -> dict[str, object]:
    """A masked text with its form for screen readers, and with `reveal_url` the button 显示完整号码."""
    return {
        "masked": masked,
        "spoken": spoken,
        "reveal_url": reveal_url,
        "element_id": element_id,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("look/components/summary_card.html")
def summary_card(title: components.Text, rows: Sequence[components.SummaryRow]) -> dict[str, object]:
    return {"title": title, "rows": rows}


@register.inclusion_tag("look/components/task_list.html")
def task_list(rows: Sequence[components.TaskRow]) -> dict[str, object]:
    return {"rows": rows}


@register.inclusion_tag("look/components/timeline.html")
def timeline(entries: Sequence[components.TimelineEntry]) -> dict[str, object]:
    return {"days": components.by_day(entries)}


@register.inclusion_tag("look/components/funnel_table.html")
def funnel_table(
    caption: components.Text, rows: Sequence[components.FunnelRow], total: int
) -> dict[str, object]:
    return {"caption": caption, "lines": components.funnel_lines(rows, total)}


@register.inclusion_tag("look/components/figure.html")
def number_with_unit(
    label: components.Text,
    value: object,
    unit: components.Text = "",
    url: str = "",
    note: components.Text = "",
) -> dict[str, object]:
    return {"figure": components.Figure(label, value, unit, url, note)}


@register.inclusion_tag("look/components/month_bars.html")
def month_bars(
    caption: components.Text,
    bars: Sequence[components.MonthBar],
    unit: components.Text,
    element_id: str = "month-bars",
    money: bool = False,
) -> dict[str, object]:
    """The table of months, then the same as a drawing."""
    return {
        "caption": caption,
        "unit": unit,
        "drawn": components.draw_bars(bars),
        "total": sum(bar.value for bar in bars),
        "element_id": element_id,
        "money": money,
    }


@register.inclusion_tag("look/components/diff_cell.html")
def diff_cell(
    kind: str, value: object, original: object = "", note: components.Text = "", who: components.Text = ""
) -> dict[str, object]:
    """A cell of a roster. `kind`: ok, normalised, suspicious, wrong, fixed (by `who`), kept (on purpose)."""
    return {"kind": kind, "value": value, "original": original, "note": note, "who": who}


@register.inclusion_tag("look/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, object]:
    """Links to the pages of a list; all other parameters of the address are kept."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    prefix = f"{query.urlencode()}&" if query else ""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [
        (number, "" if isinstance(number, str) else f"?{prefix}{parameter}={number}") for number in pages
    ]
    return {"page": page, "links": links, "address": f"?{prefix}{parameter}="}


@register.inclusion_tag("look/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """All errors of a form, each a link to its field: its label, then the words beside it."""
    errors = [(_target(form[name]), form[name].label, text) for name, text in _field_errors(form)]
    return {"general": form.non_field_errors() if form.is_bound else [], "errors": errors}


def _target(bound: BoundField) -> str:
    return bound.id_for_label or bound.auto_id


def _field_errors(form: BaseForm) -> list[tuple[str, str]]:
    named = ((name, texts) for name, texts in form.errors.items() if name != "__all__")
    return [(name, str(text)) for name, texts in named for text in texts]


@register.inclusion_tag("look/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with label, hint and error; group of choices as a fieldset."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return {"field": bound, "shape": "group", "choices": [_choice(option) for option in bound]}
    shape = "check" if isinstance(widget, CheckboxInput) else "line"
    return {"field": bound, "shape": shape, "control": bound.as_widget(attrs=_attributes(bound))}


def _choice(option: Any) -> Any:
    option.data["attrs"]["class"] = "form-check-input"
    return option


def _attributes(bound: BoundField) -> dict[str, str | bool]:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        name = "form-check-input"
    else:
        name = "form-select" if isinstance(widget, Select) else "form-control"
    own = widget.attrs.get("class", "")
    return {"class": f"{name} {own} {'is-invalid' if bound.errors else ''}".strip()}
