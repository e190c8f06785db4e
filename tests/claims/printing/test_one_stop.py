"""The worker's paper holds each label in its place, the whole number, four digits of the account, and blanks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.papers import faces_of, pages_of
from zaigang.claims.printing import (
    AmountSpan,
    CardData,
    DecisionReason,
    InsuredPeriod,
    ReceiptData,
    Tick,
    one_stop_pdf,
)

MADE_AT = datetime(2016, 1, 11, 9, tzinfo=UTC)
NAME = "𠮷野·阿依古丽"
CARD = CardData(
    number="SF-2015-00017",
    office="北街",
    name=NAME,
    declaration="本人目前处于无业状态。",
    reasons=(Tick("与企业解除或终止劳动关系", True), Tick("其他")),
    notices=(Tick("短信"), Tick("邮寄", True)),
    sex="女",
    id_number="11010119750101102X",
    unemployed_since=date(2015, 12, 31),
    certificate=False,
    maker="柳经办",
    decided_on=date(2016, 1, 11),
)
RECEIPT = ReceiptData(
    number="SF-2015-00017-1",
    office="北街",
    name=NAME,
    account_tail="1208",
    seeks_work=True,
    periods=(
        InsuredPeriod("北方纺织厂", "0118", date(1999, 1, 1), date(2004, 6, 30)),
        InsuredPeriod("北方第一钢厂", None, date(2004, 7, 1), date(2015, 12, 31)),
    ),
    deemed_months=24,
    total_months=228,
    spans=(
        AmountSpan(date(2016, 1, 1), date(2016, 6, 1), 6, Decimal(950)),
        AmountSpan(date(2016, 7, 1), date(2017, 12, 1), 18, Decimal("1080.5")),
    ),
    answer="可以领取失业保险金，24 个月",
    reasons=(DecisionReason("您缴费满10年", "社会保险法第四十六条"),),
    notices=(Tick("短信通知", True), Tick("纸质邮寄")),
    received_on=date(2016, 1, 11),
    answer_by=date(2016, 1, 18),
)
CARD_TEXT = (
    "编号SF-2015-00017失业人员登记表（失业登记凭证）人员基本信息"
    f"姓名{NAME}性别女身份证号码11010119750101102X民族学历联系电话户籍地址常住地址"
    "原工作单位失业时间2015年12月31日失业原因☑与企业解除或终止劳动关系□其他求职要求求职意向"
    "个人声明本人目前处于无业状态。申请人（签字）：年月日"
    "是否需要打印《就业创业证》□是☑否办理结果通知方式□短信☑邮寄收件人联系电话收件地址"
    "经办机构审核意见（机构盖章）经办人：柳经办复核人：审核人：2016年1月11日"
    "北街SF-2015-00017第1页/共{pages}页一式两份"
)
RECEIPT_TEXT = (
    "编号SF-2015-00017-1失业保险金申领表（附受理回执）申领人"
    f"姓名{NAME}性别联系电话社会保障号码（身份证号码）就业创业证编号户名学历银行账号尾号1208"
    "开户银行有无求职要求☑有□无户籍地址常住地址中断就业情况失业前参加基本医保情况以下由经办机构填写"
    "单位名称社保编码参保年月停保年月北方纺织厂01181999年1月2004年6月北方第一钢厂2004年7月2015年12月"
    "视作缴费时间24个月，外地转入缴费时间个月，合计228个月；上次剩余待遇个月；外地转入待遇个月。"
    "核定结论可以领取失业保险金，24个月您缴费满10年（社会保险法第四十六条）"
    "审核意见经初步核定，该申领人可享受失业保险金950.00元/月（人民币玖佰伍拾元整），职工基本医疗保险费元/月，"
    "发放时间从2016年1月至2017年12月，共24个月。"
    "其中2016年1月至2016年6月，6个月，每月950.00元（人民币玖佰伍拾元整）"
    "其中2016年7月至2017年12月，18个月，每月1,080.50元（人民币壹仟零捌拾元伍角）"
    "（盖章）经办人：复核人：审核人：年月日结果告知方式☑短信通知□纸质邮寄"
    "申领人意见以上内容经本人确认无误。申领人（签字）：年月日"
    f"受理回执{NAME}：您的失业保险金申请（编号SF-2015-00017-1）已于2016年1月11日受理。"
    "我们在2016年1月18日前告诉您结果。扫描右上角的二维码，可以核验本件真伪。"
    "北街SF-2015-00017-1第2页/共2页一式两份"
)


def printed(card: CardData, receipt: ReceiptData | None, copies: int = 2) -> bytes:
    return one_stop_pdf(
        card, receipt, verify_url="https://example.test/v/1?s=abc", made_at=MADE_AT, copies=copies
    )


def test_both_forms_in_one_document() -> None:
    made = printed(CARD, RECEIPT)
    assert pages_of(made) == [CARD_TEXT.format(pages=2), RECEIPT_TEXT]
    assert faces_of(made) == {"NotoSansCJKsc-Thin", "DejaVuSansMono"}


def test_the_registration_alone() -> None:
    assert pages_of(printed(CARD, None)) == [CARD_TEXT.format(pages=1)]


def test_equal_data_make_equal_bytes() -> None:
    assert printed(CARD, RECEIPT) == printed(CARD, RECEIPT)


def test_what_is_unknown_stays_blank() -> None:
    card = CardData(number="1", office="", name="", declaration="", reasons=())
    pages = pages_of(printed(card, ReceiptData(number="", office="", name="")))
    assert len(pages) == 2
    assert [word for page in pages for word in ("None", "null", "--", "false") if word in page] == []
    assert "☑" not in "".join(pages)


def test_no_other_face_steps_in_for_a_character_of_somebody_s_own_making() -> None:
    made = printed(replace(CARD, name="\ue000"), None)
    assert faces_of(made) == {"NotoSansCJKsc-Thin", "DejaVuSansMono"}


def test_many_employers_run_on_to_a_page_that_still_names_its_form() -> None:
    receipt = replace(RECEIPT, periods=RECEIPT.periods * 12)
    pages = pages_of(printed(CARD, receipt))
    assert [page.split("北街SF-")[-1] for page in pages] == [
        "2015-00017第1页/共3页一式两份",
        "2015-00017-1第2页/共3页一式两份",
        "2015-00017-1第3页/共3页一式两份",
    ]


@pytest.mark.parametrize(("copies", "words"), [(1, "一式一份"), (3, "一式三份"), (12, "一式12份")])
def test_the_foot_says_how_many_copies(copies: int, words: str) -> None:
    assert pages_of(printed(CARD, None, copies))[0][-len(words) :] == words


def test_a_whole_account_is_refused() -> None:
    with pytest.raises(ValueError, match="last four digits"):
        ReceiptData(number="1", office="", name="", account_tail="6222000000001208")
