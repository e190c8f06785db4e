"""The legal sentence number by number, as a page shows it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import Cast
from tests.factories.rosters import case_of
from zaigang.claims.enums import Confidence
from zaigang.claims.explaining import explain
from zaigang.claims.queries import decision_of
from zaigang.claims.sentences import Basis, Sentence, sentences_of, status_by_source
from zaigang.roster.models import Closure

LAW = "中华人民共和国社会保险法（2011年7月1日起施行）"


def told(closure: Closure, name: str) -> tuple[Sentence, ...]:
    decision = decision_of(case_of(closure, name))
    assert decision is not None
    return explain(decision).sentences


def sentences(closure: Closure, name: str = "安可") -> dict[str, Sentence]:
    return {one.code: one for one in told(closure, name)}


def test_a_sentence_names_rule_time_status_and_source(people: Closure) -> None:
    found = sentences(people)["months_at_most"]
    assert (found.text, found.status) == ("缴费时间264个月，最多领24个月。", "已核实")
    assert found.bases == (
        Basis(
            "领取月数的上限", "满120个月的，最多领24个月", "2011-07-01 起", "done", "已核实", f"{LAW} 第四十六条"
        ),
        Basis(
            "本地按缴费时间定月数的办法", "没有查到", "", "needs", "缺",
            "山东省失业保险规定（领取期限的条文未查到） 山东省人民政府令第161号",
        ),
    )  # fmt: skip


def test_in_english_too(people: Closure) -> None:
    with translation.override("en"):
        found = sentences(people)["first_month_if"]
    assert found.text == "If registered by 2016-01-11, month 1 is 2016-01."
    assert found.bases[0] == Basis(
        "first month paid", "the month of registration", "from 2011-07-01", "progress", "Inferred",
        f"{LAW} 第五十条第三款",
    )  # fmt: skip


def test_a_source_is_as_sure_as_its_least_sure_value(people: Closure) -> None:
    decision = decision_of(case_of(people, "安可"))
    assert decision is not None
    found = status_by_source(decision.ruling.body)
    assert found[f"{LAW} 第四十六条"] == Confidence.VERIFIED
    assert found[f"{LAW} 第五十条第三款"] == Confidence.INFERRED
    assert status_by_source({"sentences": []}) == {}


def test_an_answer_from_before_there_were_sentences_stays_readable() -> None:
    assert sentences_of({"eligible": "yes"}) == ()


@pytest.mark.parametrize("name", ["安可", "从辞", "杜问"])
def test_the_page_shows_every_sentence_with_its_status_as_a_word(
    sign_in, cast: Cast, people: Closure, name: str
) -> None:
    client: Client = sign_in(cast.clerk)
    page = client.get(reverse("claims:decision", args=[case_of(people, name).pk])).text
    part = page.split('id="sentences-title"')[1].split("</section>")[0]
    found = told(people, name)
    assert [one.text for one in found if one.text not in part] == []
    assert part.count('class="status ') == len(found) + sum(len(one.bases) for one in found)
