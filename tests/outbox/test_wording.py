import re
from pathlib import Path

import pytest

from tests.outbox.conftest import PARAMS
from zaigang.outbox import wording
from zaigang.outbox.enums import Template
from zaigang.outbox.errors import BadWording
from zaigang.outbox.rendering import segments, text_of
from zaigang.outbox.wording import current, read_wordings

SHIPPED = Path(wording.__file__).with_name("messages.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            Template.BEFORE_VISIT,
            (
                "请您到北街办理失业登记和失业金申领，一次办完。请带：身份证、解除合同证明。"
                "在这里选时间：http://localhost/s/abc/ 不想用手机，直接来也行。"
            ),
        ),
        (Template.PHONE_CODE, "验证码470915，10分钟内有效。请不要告诉任何人，工作人员也不会问您要。"),
        (
            Template.SLOT_CHOSEN,
            "您约好了1月13日9:20到北街办理。请带身份证。来不了的话，请在这里改时间：http://localhost/s/abc/",
        ),
        (
            Template.CLAIM_DECIDED,
            "您申领失业金的结果：同意发放，最多24个月。想知道为什么，请到北街问。",
        ),
    ],
)
def test_what_people_read(put, template: str, text: str) -> None:
    assert text_of(put(template)) == text


@pytest.mark.parametrize("template", Template.values)
def test_every_message_says_the_same_in_english(put, template: str) -> None:
    english = text_of(put(template), "en")
    coded = current(template).words
    missing = [
        value for name, value in PARAMS[template].items() if name not in coded and value not in english
    ]
    assert (missing, "{" in english) == ([], False)


def test_a_code_without_words_is_not_sent(put) -> None:
    with pytest.raises(ValueError, match="claim_decided has no words for result perhaps"):
        put(Template.CLAIM_DECIDED, params=PARAMS[Template.CLAIM_DECIDED] | {"result": "perhaps"})


def test_a_code_says_how_long_it_is_good() -> None:
    words = current(Template.PHONE_CODE)
    minutes = {int(n) for text in (words.zh, words.en) for n in re.findall(r"(\d+)(?:分钟| minutes)", text)}
    assert minutes == {words.expires_minutes}


def test_only_a_code_is_urgent() -> None:
    assert [code for code in Template.values if current(code).urgent] == ["phone_code"]


def test_a_message_keeps_the_words_it_was_made_with(put, monkeypatch) -> None:
    message = put(Template.PHONE_CODE)
    second = "\n  - code: phone_code\n    version: 2\n    urgent: true\n    expires_minutes: 5"
    entry = f"{second}\n    zh: 新验证码{{code}}\n    en: New {{code}}\n"
    shipped = read_wordings(SHIPPED + entry, "test")
    monkeypatch.setattr(wording, "_shipped", lambda: shipped)
    again = put(Template.PHONE_CODE)
    assert text_of(message).startswith("验证码470915，")
    assert (again.template_version, text_of(again)) == (2, "新验证码470915")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{papers}", "{name}", "不认识的占位符 {name}"),
        ("{papers}", "{papers.upper}", "不认识的占位符 {papers.upper}"),
        ("{papers}", "{papers!r}", "不认识的占位符 {papers}"),
        ("{papers}", "{}", "不认识的占位符 {}"),
        ("{papers}", "{papers", "花括号没有成对"),
        ("urgent: true", "urgent: true\n    note: 急", "键应为"),
        ("    urgent: true\n", "", "键应为"),
        ("urgent: true", "urgent: 是", "值不对：urgent"),
        ("expires_minutes: 10\n", "expires_minutes: 0\n", "值不对：version expires_minutes"),
        ("version: 1", "version: true", "值不对：version"),
        ("code: slot_chosen", "code: slot_lost", "不认识的消息 slot_lost"),
        ("code: slot_chosen", "code: before_visit", "不认识的占位符 {when}"),
        ("      kind:\n", "      colour:\n", "words 下面应是占位符的名字"),
        ('first: {zh: "", en: ""}', 'first: {zh: ""}', "代码下面应是 zh 和 en 两句"),
        ("同意发放，一共{months}个月", "同意发放，一共{result}个月", "不认识的占位符 {result}"),
        (
            '        first: {zh: "", en: ""}\n        corrected: {zh: 有更正, en: " was corrected"}\n',
            "",
            "占位符下面应是代码",
        ),
        ("messages:", "letters:", "应只有 messages"),
        ("messages:", "messages: [", "读不出 YAML"),
    ],
)
def test_words_that_cannot_be_trusted_are_refused(old: str, new: str, what: str) -> None:
    assert old in SHIPPED
    with pytest.raises(BadWording) as refused:
        read_wordings(SHIPPED.replace(old, new, 1), "messages.yaml")
    assert refused.value.what.startswith(what)


def test_a_version_stands_once_and_no_template_is_left_out() -> None:
    first = SHIPPED.split("  - code: phone_code")[0]
    with pytest.raises(BadWording, match="没有 claim_decided、phone_code、slot_chosen 的文字"):
        read_wordings(first, "messages.yaml")
    again = first.partition("messages:\n")[2]
    with pytest.raises(BadWording, match="before_visit 的版本 1 写了两次"):
        read_wordings(first + again, "messages.yaml")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("字" * 70, 1),
        ("字" * 71, 2),
        ("字" * 134, 2),
        ("字" * 135, 3),
        ("𠮷" * 35, 1),
        ("𠮷" * 36, 2),
        ("a" * 71, 2),
    ],
)
def test_how_many_sms_a_text_is(text: str, number: int) -> None:
    assert segments(text) == number
