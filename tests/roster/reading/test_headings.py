"""Headings as people write them; the traps beside them."""

import pytest

from zaigang.roster.reading.headings import best_field, counts_years

HEADINGS = {
    "id": [
        "公民身份号码",
        "身份证件号码",
        "社会保障号码",
        "证件号码",
        "身份证\n号码",
        "身 份 证 号",
        "身份证",
        "身份证号（18位）",
        "居民身份证号码",
        "公民身份号码（必填）",
        "身份证号码*",
        "职工身份证号",
        "ID No.",
    ],
    "name": ["职工姓名", "姓 名", "姓名（签字）", "员工姓名", "分流职工姓名", "姓\n名", "Name"],
    "laid_off_on": [
        "解除合同日期",
        "终止劳动合同时间",
        "离职日期",
        "离岗时间",
        "合同到期日期",
        "解除（终止）劳动合同时间",
        "解除/终止日期",
        "解除（终止）合同\n日    期",
        "最后工作日",
        "劳动关系终止时间",
        "离厂时间",
        "解除劳动关系时间",
        "合同期满日",
        "劳动合同止",
        "失业时间",
        "下岗时间",
        "合同截止日期",
        "合同终止时间（年月日）",
        "解除劳动合同时间",
    ],
    "contract_started_on": ["合同起始日期", "合同签订日期", "劳动合同起", "合同开始时间"],
    "work_started_on": ["参加工作时间", "参加工作年月"],
    "started_on": ["入厂时间", "进厂日期", "入职时间", "进入本单位时间", "到本企业时间", "入职日期"],
    "trade": [
        "工种（岗位）",
        "岗位",
        "原工种",
        "岗位名称",
        "原岗位（工种）",
        "所在岗位",
        "从事岗位",
        "现工种",
    ],
    "contribution_months": [
        "个人缴费月数",
        "失业保险缴费月数",
        "累计缴费月数",
        "失业保险缴费年限",
        "缴费月数（个人）",
        "实际缴费月数",
        "失业保险参保月数",
        "失业保险实际缴费（月）",
        "实缴月数",
        "缴费年限",
    ],
    "deemed_months": [
        "视同缴费月数",
        "视同月数",
        "视同缴费年限",
        "缴费月数（视同）",
        "视同缴费（月）",
        "视同工龄",
    ],
    "phone": [
        "联系电话",
        "手机",
        "手机号码",
        "联系方式",
        "联系电话（本人）",
        "备用电话",
        "家庭电话",
        "移动电话",
    ],
    "bank_account": ["银行卡号", "开户行及账号", "银行账号", "工资卡号", "银行账户"],
    "born": ["出生年月", "出生日期", "出生年、月", "生日 "],
    "left_because": ["解除原因", "终止原因", "解除劳动合同原因", "失业原因", "离职原因"],
    "certificate_level": ["职业资格等级", "技能等级", "职业技能等级"],
    "street": ["户籍街道", "家庭住址", "现住址", "户口所在地"],
    "monthly_wage": ["月平均工资", "近12个月平均工资（元）", "解除合同前12个月平均工资"],
    "staff_category": ["职工身份", "干部/工人"],
    "department": ["部门", "所在车间", "二级部门"],
    "education": ["文化\n程度", "学历"],
    "sex": ["性 别", "性别"],
    "note": ["备 注", "备注"],
    "row_no": ["序号", "编号", "No."],
}
TRAPS = [
    "身份证有效期",
    "证件类型",
    "证件到期日",
    "身份证地址",
    "社保卡号",
    "家属姓名",
    "家属联系方式",
    "紧急联系人",
    "紧急联系电话",
    "联系电话（家属）",
    "单位电话",
    "联系人电话",
    "合同起止时间",
    "就业岗位",
    "求职意愿工种",
    "求职意向",
    "转入后岗位",
    "特殊工种年限",
    "养老保险缴费月数",
    "医疗保险缴费年限",
    "失业保险缴费起止时间",
    "领取失业保险金月数",
    "领取失业保险金\n起止时间",
    "开户银行",
    "银行卡开户行",
    "公积金账号",
    "户名",
    "出生地",
    "户口性质",
    "年龄",
    "民族",
    "失业登记时间",
    "登记失业日期",
    "再就业时间",
    "退休时间",
    "解除合同证明编号",
    "工龄",
    "失业人员类型",
    "就业创业证编号",
    "职业资格专业",
    "连续工龄",
    "婚姻状况",
    "期望\n薪资",
    "登记就业时间\n（年/月/日）",
    "请用文本格式填写身份证号码，不要用数字格式，谢谢各位。",
]


@pytest.mark.parametrize(("field", "heading"), [(field, h) for field, hs in HEADINGS.items() for h in hs])
def test_a_heading_by_meaning(field: str, heading: str) -> None:
    assert best_field(heading) == field


@pytest.mark.parametrize("heading", TRAPS)
def test_a_heading_that_only_looks_alike(heading: str) -> None:
    assert best_field(heading) is None


@pytest.mark.parametrize(
    ("parents", "heading", "field"),
    [
        (("解除劳动合同",), "时间", "laid_off_on"),
        (("解除劳动合同",), "原因", "left_because"),
        (("视同缴费",), "月数", "deemed_months"),
        (("失业保险", "个人缴费"), "月数", "contribution_months"),
        (("养老保险",), "缴费月数", None),
        (("失业保险",), "缴费月数", "contribution_months"),
        (("家属",), "姓名", None),
        (("家属",), "电话", None),
        (("家庭成员（配偶）",), "身份证号", None),
        (("安置情况",), "岗位", None),
        (("身份证件",), "号码", "id"),
        (("身份证件",), "类型", None),
        (("劳动合同",), "起", "contract_started_on"),
        (("劳动合同",), "止", "laid_off_on"),
        (("基本信息",), "姓名", "name"),
    ],
)
def test_a_heading_under_a_group(parents: tuple[str, ...], heading: str, field: str | None) -> None:
    assert best_field(heading, parents) == field


@pytest.mark.parametrize(
    ("heading", "years"),
    [
        ("缴费年限", True),
        ("视同缴费年限", True),
        ("缴费年限（月）", False),
        ("缴费月数", False),
        ("缴费（年）", True),
    ],
)
def test_headings_that_may_count_years(heading: str, years: bool) -> None:
    assert counts_years(heading) is years
