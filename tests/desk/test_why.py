"""Why this, and what can I do: the words of every state, who may read them, and how long a sentence may be."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.desk.test_phone import let_in
from tests.factories.rosters import id_number
from tests.factories.whys import NAME, STATES, before, granted, no_amount, stopped, undecided
from tests.papers import pages_of
from zaigang.claims.actions import carry, receive_appeal, stop
from zaigang.claims.enums import AppealAbout
from zaigang.claims.models import Claim, Registration
from zaigang.desk.one_stop.printing import one_stop_paper
from zaigang.desk.phone.links import Link, path_of
from zaigang.desk.why.changes import FACTS
from zaigang.desk.why.page import WhyPage, why_page
from zaigang.desk.why.paper import why_paper
from zaigang.desk.why.reasons import ORDER
from zaigang.desk.why.told import Said, Told
from zaigang.engines import entitlement
from zaigang.foundation import clock
from zaigang.ledger.models import Read
from zaigang.offices.enums import Role
from zaigang.roster.models import Closure

FIRST = "这是电脑按原单位的名单先算的，不是最后决定。您来登记后由工作人员定。"
DECIDED = "这是工作人员定的，已经审批。"
ANSWERS = {
    "nothing": ("nothing", "还没有算过您能领多少。", "原单位的名单里还缺您的情况，所以没有算。"),
    "before": ("before", "您可以领失业保险金，最多 24 个月。", FIRST),
    "exact": ("before", "您可以领失业保险金，一共 20 个月。", FIRST),
    "no_amount": ("before", "您可以领失业保险金，最多 24 个月。", FIRST),
    "no": ("before", "按现在的情况，这次还不能领失业保险金。", FIRST),
    "undecided": ("before", "现在还不能定您能不能领。", FIRST),
    "waits": ("waits", "窗口的意见：可以领失业保险金，最多 24 个月。", "工作人员看过材料了，还要复核和审批。"),
    "held": (
        "held", "申领收下了，能不能发还没有定。",
        "工作人员在查，查清后由人来定，并告诉您。决定和电脑算的不一样，理由请到窗口问。",
    ),
    "granted": ("granted", "您可以领失业保险金，最多 24 个月。", DECIDED),
    "refused": (
        "refused", "这次没有同意发失业保险金。", f"{DECIDED}决定和电脑算的不一样，理由请到窗口问。"
    ),
    "suspended": (
        "suspended", "失业保险金先等一等，有一件事要核实。", "查清了，该发的照发，不会少。是什么事，请到窗口问。"
    ),
    "stopped": (
        "stopped", "失业保险金从2016年1月11日起停发。", "这是工作人员定的。停发的原因见下面。"
    ),
}  # fmt: skip
ENOUGH = "失业保险要交满 12 个月才能领。您一共有 264 个月，够了。"
DEEMED = "其中 60 个月是个人交费以前的工龄，也算数。"
UNWILLING = "不是您自己要走的。这样离开单位，可以领。"
IN_TIME = "您来申领的时间没有超过期限。"
REGISTERED = "您2016年1月11日办了失业登记，有求职要求。"
AT_MOST = "法律规定您这次最多领 24 个月。"
REASONS = {
    "nothing": [],
    "before": [
        ENOUGH, DEEMED, UNWILLING, "现在来申领，没有超过期限。",
        "您还没有办失业登记。下面按2016年1月11日办好登记来算。", AT_MOST,
    ],
    "no": [
        "记录上写的是您自己要走。这样离开单位，这次不能领。", ENOUGH, DEEMED, "现在来申领，没有超过期限。",
        "您还没有来办失业登记。",
    ],
    "undecided": [
        "还不知道您为什么离开单位，现在定不了。",
        "失业保险要交满 12 个月才能领。现在查到您至少有 60 个月，够了。", DEEMED,
        "现在来申领，没有超过期限。", "您还没有来办失业登记。",
        "有些月数还不知道，几个月现在定不了，最多不会超过24个月。",
    ],
    "granted": [ENOUGH, DEEMED, UNWILLING, IN_TIME, REGISTERED, AT_MOST],
    "refused": [
        "工作人员看了您的材料，这样决定，并写了理由。您可以到窗口要求看这个理由。", "电脑按规定是这样算的：",
        ENOUGH, DEEMED, UNWILLING, IN_TIME,
    ],
    "stopped": ["停发的原因：重新就业。", ENOUGH, DEEMED, UNWILLING, IN_TIME, REGISTERED],
}  # fmt: skip
ENGLISH = {
    "nothing": "What you may draw was not worked out yet.",
    "before": "You may draw unemployment benefit for 24 months at most.",
    "exact": "You may draw unemployment benefit for 20 months.",
    "no_amount": "You may draw unemployment benefit for 24 months at most.",
    "no": "As things stand, you cannot draw unemployment benefit yet.",
    "undecided": "It cannot be decided yet whether you may draw benefit.",
    "waits": "The window proposes: unemployment benefit for 24 months at most.",
    "held": "Your claim was taken in; it is not decided yet.",
    "granted": "You may draw unemployment benefit for 24 months at most.",
    "refused": "Unemployment benefit was not granted this time.",
    "suspended": "Unemployment benefit waits: one thing has to be checked.",
    "stopped": "Unemployment benefit stopped on 11 January 2016.",
}
LONGEST = 60
#: Reasons of the engine that the page tells in other places than among the reasons, and one that says nothing new.
ELSEWHERE = {
    "below_retirement_age", "months_table_missing", "months_ambiguous", "first_month", "first_month_next", "amount",
    "amount_missing", "back_pay", "extension_possible", "medical_insurance", "funeral_grant", "explanation_right",
}  # fmt: skip


def said(page: WhyPage) -> list[Said]:
    values = (getattr(page, field.name) for field in fields(page))
    return [one for value in values if isinstance(value, tuple) for one in value if isinstance(one, Said)]


def texts(items: tuple[Said, ...]) -> list[str]:
    return [one.text for one in items]


@pytest.mark.parametrize("state", STATES)
def test_every_state_in_its_words(cast: Cast, closure: Closure, tmp_path: Path, state: str) -> None:
    case = STATES[state](cast, closure, tmp_path)
    page = why_page(case)
    assert (page.stage, page.answer, page.how_final) == ANSWERS[state]
    assert texts(page.why) == REASONS.get(state, texts(page.why))
    with translation.override("en"):
        english = why_page(case)
    assert english.answer == ENGLISH[state]
    chinese = [one.text for one in said(english) if re.search("[\u4e00-\u9fff]", one.text + one.bring)]
    assert [one for one in chinese if "核定表第7号" not in one] == []  # a document keeps its name
    long = [s for one in said(page) for s in re.split("[。：；]", one.text) if len(s) > LONGEST]
    assert (long, len(page.why) <= 6) == ([], True)
    assert [len(pages_of(paper)) for paper in (why_paper(case),)] == [1]


def test_no_reason_and_no_fact_of_the_engine_is_left_untold() -> None:
    file = Path(entitlement.__file__).with_name("reasons.yaml")
    texts_of = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(texts_of["reasons"]) - set(ORDER) == ELSEWHERE
    facts = {fact for fact in texts_of["would_change"] if not re.search("_more$|_next|_other$", fact)}
    assert facts - set(FACTS) == set()
    long = [
        item["zh"]
        for code, item in texts_of["reasons"].items()
        if code in ORDER or code in ("back_pay", "extension_possible")
        if any(len(re.sub("{.*?}", "2016年12月", s)) > LONGEST for s in re.split("[。：]", item["zh"]))
    ]
    assert long == []


def test_months_are_drawn_together_and_listed_one_by_one(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    page = why_page(before(cast, closure, tmp_path))
    assert [(one.when, one.count, one.amount, one.mark, one.word) for one in page.months] == [
        ("2016年1月 到 2016年6月", 6, "每月 ¥950.00", "", ""),
        ("2016年7月 到 2017年10月", 16, "每月 ¥1,000.00", "", ""),
        ("2017年11月 到 2017年12月", 2, "每月 ¥1,080.00", "推断，发前要核实", ""),
    ]
    assert texts(page.back_pay) == ["新标准的通知2016年8月24日才发出，2016年7月已按老标准发的，补差额50元。"]
    assert (len(page.each_month), page.total) == (24, "合计最多 ¥23,860.00")
    assert texts(page.not_known) == [
        "正好领几个月，还不知道：本地怎么定月数，我们没有查到。社保经办机构会定，您不用做什么。",
        "有 2 个月的金额是推断的。发之前由工作人员核实。",
        "每个月由工作人员放行。实际领的月数可能更少。",
    ]


def test_whoever_disagreed_hears_when_the_answer_comes(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    case = granted(cast, closure, tmp_path)
    assert texts(why_page(case).can_do[-2:]) == [
        "不同意这个决定：到窗口说。先当面说明，再由没有经手过的人重新看，答复您。",
        "还能不能申请复议、多少天以内，请到窗口问。查清了告诉您。",
    ]
    today = clock.today()
    receive_appeal(
        claim=Claim.objects.get(), about=AppealAbout.DECISION, received_on=today, explained_on=today,
        promised_on=date(2016, 1, 20), words="月数不对", by=cast.clerk,
    )  # fmt: skip
    assert why_page(case).can_do[-1].text == "您说的不同意，我们记下了。2016年1月20日前答复您。"


def test_the_receipt_says_how_sure_each_reason_is(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    granted(cast, closure, tmp_path)
    text = "".join(pages_of(one_stop_paper(Registration.objects.get(), address="http://localhost")))
    assert (
        "具体几个月，要看经办机构核定。（中华人民共和国社会保险法（2011年7月1日起施行）第四十六条，已核实）"
        in text
    )
    assert "（山东省失业保险规定（领取期限的条文未查到）山东省人民政府令第161号，缺）" in text


def test_a_missing_amount_is_no_figure(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    page = why_page(no_amount(cast, closure, tmp_path))
    assert [(one.when, one.amount) for one in page.months] == [("2016年1月 到 2017年12月", "金额还没有查到")]
    assert page.total == ""
    assert "有 24 个月的金额没有可靠的依据，所以没有写。工作人员查到文件后再告诉您。" in texts(page.not_known)


def test_what_would_change_it_says_what_to_bring(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    page = why_page(undecided(cast, closure, tmp_path))
    assert [(one.text, one.bring) for one in page.changes] == [
        ("弄清您为什么离开单位，才能定。", "解除或终止劳动合同证明"),
        ("查清您交了多少个月，才能算出领几个月。", "社保缴费记录（没有也可以，我们帮您查）"),
    ]


def test_after_a_stop_one_hears_what_the_law_of_that_day_offers(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    page = why_page(stopped(cast, closure, tmp_path))
    assert [(one.text, one.mark) for one in page.can_do[:2]] == [
        ("停错了的，到窗口说。查清了就恢复。", ""),
        ("新工作不满 12 个月又没了工作的，可以接着领没领完的月数。请再来窗口。", "推断"),
    ]
    assert (page.stops, page.meanwhile, page.total) == ((), (), "合计最多 ¥950.00")


@pytest.mark.parametrize(("on", "said"), [(None, 1), ("2016-07-01", 0), ("2016-07-02", 1)])
def test_what_a_late_notice_adds_is_said_to_who_is_paid_that_month(
    cast: Cast, closure: Closure, tmp_path: Path, on: str | None, said: int
) -> None:
    case = granted(cast, closure, tmp_path)
    if on:
        with clock.at(date(2016, 8, 1)):
            stop(claim=case.claim, on=date.fromisoformat(on), reason="41", evidence="合同", by=cast.clerk)
    assert len(why_page(case).back_pay) == said


def test_whose_months_went_into_a_new_claim_is_sent_there(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    case = stopped(cast, closure, tmp_path)
    carry(claim=case.claim, evidence="解除证明", by=cast.clerk)
    texts = [one.text for one in why_page(case).can_do]
    assert texts[0] == "这次没领完的月数，转到您新的申领里。按新的离岗来登记和申领。"
    assert [text for text in texts if "接着领" in text] == []


def test_a_rule_that_is_not_known_any_more_leaves_the_engine_s_words(
    cast: Cast, closure: Closure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = before(cast, closure, tmp_path)
    monkeypatch.setattr(Told, "rule", lambda *_asked: None)
    assert "缴费满1年才能领。您和单位缴费（包括视同缴费）一共264个月，够了。" in [
        one.text for one in why_page(case).why
    ]


@pytest.mark.parametrize(
    ("today", "right", "duty", "back"),
    [
        (date(2016, 1, 11), "想知道理由，请到窗口问，我们当面说明。", "有这些情况，请马上告诉我们。", False),
        (
            date(2021, 11, 1), "不想只由电脑算：可以要求由工作人员来定，也可以要求说明理由。",
            "有这些情况，请马上告诉我们。", False,
        ),
        (
            date(2023, 12, 1), "不想只由电脑算：可以要求由工作人员来定，也可以要求说明理由。",
            "有这些情况，请在 20 个工作日内告诉我们。", True,
        ),
    ],
)  # fmt: skip
def test_rights_and_duties_are_those_of_the_day_of_reading(
    cast: Cast, closure: Closure, tmp_path: Path, today: date, right: str, duty: str, back: bool
) -> None:
    case = granted(cast, closure, tmp_path)
    with clock.at(today):
        page = why_page(case)
    assert (page.can_do[0].text, page.stops[2].text) == (right, duty)
    assert ("多领的要退。一次退不了，可以分期，也可以从以后的里面扣。" in texts(page.stops)) == back


def test_the_page_opens_with_the_code_alone(
    client: Client, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    case = before(cast, closure, tmp_path)
    address = path_of(Link.PAGE, case.pk)
    for inner in ("why/", "why.pdf"):
        answer = client.get(f"{address}{inner}")
        assert (answer.status_code, answer["Location"]) == (302, address)
    let_in(client, case)
    page = client.get(f"{address}why/").text
    assert '<h2 class="answer" id="answer">您可以领失业保险金，最多 24 个月。</h2>' in page
    assert [one for one in (id_number(1), "6222020000000000001", "13800000001") if one in page] == []
    paper = client.get(f"{address}why.pdf")
    assert (paper["Content-Type"], "no-store" in paper["Cache-Control"]) == ("application/pdf", True)
    [text] = pages_of(paper.content)
    assert "您可以领失业保险金，最多24个月。" in text and NAME in text and id_number(1)[-4:] not in text


@pytest.mark.parametrize("state", ["before", "granted"])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    cast: Cast,
    closure: Closure,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
    state: str,
) -> None:
    case = STATES[state](cast, closure, tmp_path)
    with django_assert_num_queries({"before": 7, "granted": 7}[state]):
        why_page(case)


def test_who_may_print_it(sign_in, cast: Cast, closure: Closure, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    case = before(cast, closure, tmp_path)
    address = reverse("desk:why_paper", args=[case.pk])
    answers = {role: sign_in(staff).get(address).status_code for role, staff in cast.by_role().items()}
    allowed = {"clerk", "officer", "counsellor", "placement_officer", "director"}
    assert answers == {role: 200 if role in allowed else 403 for role in Role.values}
    assert sign_in(cast.outsider).get(address).status_code == 404
    assert set(Read.objects.filter(page="desk:why_paper").values_list("subject", flat=True)) == {case.pk}
    assert f'href="{address}"' in sign_in(cast.clerk).get(reverse("desk:case", args=[case.pk])).text
    assert f'href="{address}"' not in sign_in(cast.auditor).get(reverse("desk:case", args=[case.pk])).text
