import re
from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from zaigang.look.components import SummaryRow


def render(source: str, **context: object) -> str:
    template = engines["django"].from_string("{% load zaigang %}" + source)
    return template.render(context, RequestFactory().get("/list/?q=wang&page=2"))


class Sample(forms.Form):
    identity = forms.CharField(label="身份证号", help_text="18 位")
    wish = forms.ChoiceField(label="意愿", choices=[("y", "参加")], widget=forms.RadioSelect)


@pytest.mark.parametrize(
    ("value", "total", "width"), [(50, 200, "25.0"), (9, 3, "1"), (0, 0, "0"), (-1, 5, "0")]
)
def test_bar_stays_inside_its_cell(value: int, total: int, width: str) -> None:
    drawn = re.findall(r'<rect width="([\d.]+)"', render("{% bar v t %}", v=value, t=total))
    assert [float(one) for one in drawn] == [float(width) * (100 if width == "1" else 1)]


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(KeyError):
        render('{% status_tag "green" "好" %}')


def test_a_status_always_has_its_word() -> None:
    assert re.sub(
        r"<[^>]+>", "", render('{% status_tag "done" %}{% status_tag "needs" "可以办" %}')
    ).split() == [
        "已办好",
        "可以办",
    ]


def test_error_beside_the_field_and_in_the_summary_are_the_same_words() -> None:
    form = Sample({})
    html = render("{% error_summary form %}{% field form.identity %}{% field form.wish %}", form=form)
    text = form.errors["identity"][0]
    assert html.count(text) == 4
    assert re.findall(r'<li><a href="#([^"]+)"', html) == ["id_identity", "id_wish"]
    for target in ("id_identity", "id_wish", "id_identity_error", "id_wish_error", "id_identity_helptext"):
        assert html.count(f' id="{target}"') == 1, target
    assert 'aria-describedby="id_identity_helptext id_identity_error"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in render("{% error_summary form %}", form=Sample())


def test_pagination_keeps_the_search() -> None:
    html = render("{% pagination page %}", page=Paginator(range(60), 20).get_page(2))
    assert re.findall(r'href="([?][^"]+)"', html) == [
        "?q=wang&amp;page=1",
        "?q=wang&amp;page=1",
        "?q=wang&amp;page=3",
        "?q=wang&amp;page=3",
    ]


def test_a_summary_row_without_value_offers_to_fill_it() -> None:
    rows = [SummaryRow("手机", None, change_url="#a"), SummaryRow("离岗", date(2016, 6, 30), change_url="#b")]
    text = " ".join(re.sub(r"<[^>]+>", " ", render('{% summary_card "人" rows %}', rows=rows)).split())
    assert text == "人 手机 未填写 填写 手机 离岗 2016-06-30 更改 离岗"


def test_dates_in_words_follow_the_language() -> None:
    source, context = "{{ d|day_words }} {{ d|month_words }}", {"d": date(2016, 7, 18)}
    with translation.override("zh-hans"):
        assert render(source, **context) == "7月18日（周一） 2016年7月"
    with translation.override("en"):
        assert render(source, **context) == "Mon 18 July July 2016"
