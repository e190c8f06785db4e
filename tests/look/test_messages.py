from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import messages

TEMPLATE = """{% load i18n %}
<ul>
    {% translate "花名册" %}
  {% blocktranslate count n=n %}{{ n }} 人{% plural %}{{ n }} 人们{% endblocktranslate %}
      {# 这里不算 #}{{ value|default:_("没有") }}
"""
MODULE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy
a = _("关停")
b = gettext_lazy("关停"
                 "分流")
c = ngettext("%(n)s 行", "%(n)s 行行", 2)
d = pgettext_lazy("hall", "号")
e = "不算"
"""


def test_english_is_complete() -> None:
    assert messages.problems(messages.read(), messages.extract()) == []


def test_texts_are_found_in_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "page.py").write_text(MODULE, encoding="utf-8")
    found = {(message.context, message.id) for message in messages.extract(tmp_path) if message.id}
    assert found == {
        (None, "花名册"),
        (None, ("%(n)s 人", "%(n)s 人们")),
        (None, "没有"),
        (None, "关停"),
        (None, "关停分流"),
        (None, ("%(n)s 行", "%(n)s 行行")),
        ("hall", "号"),
    }


def _catalogue(*entries: tuple[str, str], fuzzy: bool = False) -> Catalog:
    made = Catalog(locale="en")
    for text, translation in entries:
        made.add(text, translation, flags=["fuzzy"] if fuzzy else [])
    return made


@pytest.mark.parametrize(
    ("catalogue", "expected"),
    [
        (_catalogue(("关停", "closure")), []),
        (_catalogue(("关停", "")), ["untranslated: 关停"]),
        (_catalogue(), ["untranslated: 关停"]),
        (_catalogue(("关停", "closure"), fuzzy=True), ["fuzzy: 关停"]),
        (_catalogue(("关停", "closure"), ("从前", "once")), ["stale: 从前"]),
    ],
)
def test_problems_are_named(catalogue: Catalog, expected: list[str]) -> None:
    assert messages.problems(catalogue, _catalogue(("关停", ""))) == expected


def test_a_translation_that_loses_a_place_is_named() -> None:
    text = "%(n)s 行，%(m)s 人"
    assert messages.problems(_catalogue((text, "%(n)s rows")), _catalogue((text, ""))) == [
        f"places differ: {text}"
    ]


def test_translations_survive_an_update_and_a_round_trip(tmp_path: Path) -> None:
    old = _catalogue(("关停", "closure"), ("从前", "once"))
    path = tmp_path / "django.po"
    messages.write(messages.update(old, _catalogue(("关停", ""), ("花名册", ""))), path)
    again = messages.read(path)
    assert {message.id: message.string for message in again if message.id} == {
        "关停": "closure",
        "花名册": "",
    }
    assert str(tmp_path) not in path.read_text(encoding="utf-8")
