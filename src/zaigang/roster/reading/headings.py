"""What a heading means: each field with the words that speak for it and the words that speak against it.

A heading is read without blanks, line breaks and brackets, in half-width characters. Rules are tried for every
field; the best score wins, and in a table each field goes to the column with the best score.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from zaigang.roster.reading.cells import folded

# Longer texts are sentences, not headings.
LONGEST = 32


@dataclass(frozen=True, slots=True)
class Rule:
    """`words` (a pattern searched in the heading) speak for `field` with `score`, unless `unless` is found."""

    field: str
    score: int
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


# People who are not the worker, and lives other than the old job.
_OTHERS = "家属|家人|亲属|亲友|紧急|配偶|爱人|子女|父|母|担保|户主|开户人|法人|领导|负责人|经办|填表|监护|介绍人|曾用|班长|师傅"
_NEW_JOB = "新单位|新岗|再就业|现就业|就业岗位|意向|意愿|期望|拟|推荐|推送|安置|公益|转入|转岗后|求职|培训|接收"
_OTHER_INSURANCE = "养老|医疗|医保|工伤|生育|公积金|年金"
_MONTHS = "月数|年限|月|年数|时间|年月|期限|工龄|个数"

_TABLE: tuple[tuple[str, int, str, str], ...] = (
    ("row_no", 9, "^(序号?|编号|序列号|顺序号|行号|No\\.?|NO\\.?|№|项次|人员编号|职工编号|工号|员工号|员工编号)$", ""),
    ("name", 10, "^(职工|员工|人员|工人|本人|个人|分流|失业|下岗|参保|离岗|安置|申请|被.{1,4})*(人员|职工|人|者)?姓名", _OTHERS),
    ("name", 8, "^(Name|NAME|name|名字|姓氏名字|职工名称|人员名称|员工名称)$", ""),
    ("name", 6, "姓名", f"{_OTHERS}|联系人|单位|拼音|代码|编号|变更"),
    ("name", 3, "^(职工|员工|人员|参保人员?|被保险人|分流人员|分流职工|姓|名)$", ""),
    ("id", 10, "身份证|身份号|身份证件|公民身份|居民身份|身分证|^(ID|IDNO\\.?|ID号码?|IDnumber|IDNumber|IDNo\\.?)$",
     f"{_OTHERS}|有效|到期|起始|截止|类型|类别|种类|名称|地址|住址|复印|扫描|照片|正反|签发|发证|是否|归属|核验|原15|旧"),
    ("id", 9, "社会保障号|社保号|社会保险号|保障号码", f"{_OTHERS}|卡号|编号"),
    ("id", 8, "证件号|证件编号", f"{_OTHERS}|资格|技能|退役|就业|失业|残疾|登记|学历|学位|毕业"),
    ("id", 4, "^(证号|证件|号码|社会保障卡号)$", ""),
    ("sex", 10, "^(职工|员工|本人)?性别|^男/?女$|^(sex|Sex|SEX|gender|Gender)$", _OTHERS),
    ("born", 10, "出生|^(birth.*|Birth.*)$", f"{_OTHERS}|出生地|出生证|农历|类别|地点|籍贯"),
    ("born", 7, "^(生日|阳历生日|公历生日)$", ""),
    ("phone", 10, "手机|移动电话|(联系|本人|个人|职工)(电话|方式|号码)|^(电话|电话号码|phone|Phone|mobile|Mobile|Tel|TEL)$",
     f"{_OTHERS}|联系人|单位|办公|厂|短号|备用|其他|其它|第二|家庭|紧急|型号|品牌|是否|邮"),
    ("phone", 6, "电话|联系方式|座机|宅电", f"{_OTHERS}|联系人|单位|办公|厂|短号|是否|举报|咨询|投诉"),
    ("phone", 5, "(备用|其他|其它|第二)(手机|号码|联系)", f"{_OTHERS}|联系人"),
    ("education", 10, "文化程度|学历|教育程度|受教育", "状态|性质|证|编号|专业|院校|学校|时间|是否"),
    ("street", 10, "街道|^(户籍|户口)(所在)?(街|镇)", "意见|盖章|电话|经办"),
    ("street", 7, "住址|家庭.?地址|居住地|现住|常住地|户籍地|户籍所在|户口所在|户口地址|通讯地址|联系地址|详细地址|^地址$",
     "性质|类型|邮编|行政区划|电话|日期|社区编码"),
    ("trade", 10, "工种", f"{_NEW_JOB}|特殊工种|编码|代码|年限|时间|日期|等级|级别|津贴|是否|提前|证"),
    ("trade", 9, "岗位名称|工作岗位|原岗位?|从事(的)?(岗位|工作|职业)|所在岗位|现岗位|(离岗|离职|解除|下岗|分流)前岗位|生产岗位",
     f"{_NEW_JOB}|次数|等级|级别|类别|类型|工资|系数|津贴|补贴|年限|时间|日期|性质|编码|代码|是否|单位"),
    ("trade", 8, "岗位", f"{_NEW_JOB}|次数|等级|级别|类别|类型|工资|系数|津贴|补贴|年限|时间|日期|性质|编码|代码|是否|单位|证|转|干部"),
    ("trade", 4, "^(职务|职位|职业|原职务|原职业|现职务|职务名称|职务/岗位|职业名称|工作内容|job|Job|trade|Trade|post|Post)$", ""),
    ("certificate_level", 10, "(职业资格|技能|技术|技工|职业技能|职业资格证书?|技能鉴定)(证书?)?(等级|级别)|^(等级工?|工人等级)$",
     "编号|名称|专业|是否|时间|日期|津贴|工资|职称"),
    ("certificate_level", 5, "^(职业资格|职业资格证书?|技能证书?|职业技能|职业技能证书?|技能等级证书?)$", ""),
    ("started_on", 10, "(入|进|到)(本)?(厂|职|企|司|企业|单位|公司|矿)(工作)?(时间|日期|年月|日|年月日)?$|来厂|到岗(时间|日期)|调入(时间|日期|年月)",
     "前|转入|单位名称|电话|再就业|现|新|退|工龄"),
    ("started_on", 8, "本(企业|单位|公司|厂)(开始)?工作(起始)?(时间|日期|年月)|建立劳动关系", "年限|工龄|单位名称|累计"),
    ("work_started_on", 10, "(参加|首次参加|开始)?工作(时间|日期|年月日?)$|参加工作|参工|参加革命|首次参保",
     "年限|工龄|单位|再就业|新|本单位|本企业|结束|终止|截止|最后|培训"),
    ("contract_started_on", 8, "合同.{0,6}(起始|开始|签订|生效|订立|起)|(签订|签定|订立).{0,4}合同", "终|止$|至|期限|是否|份数|原因|起止"),
    ("laid_off_on", 12, "最后(一个)?工作日|最后上班|last(working)?day", ""),
    ("laid_off_on", 10, "(解除|终止|解聘|解约|终结).{0,12}(合同|劳动|关系|协议).{0,8}(时间|日期|日|年月日|年月)|(合同|劳动|关系).{0,8}(解除|终止|解约).{0,4}(时间|日期|日|年月日|年月)",
     "起始|开始|签订|签定|通知|证明|备案|原因|补偿|起止|送达|公示|办理|工资|平均|登记|前|再就业|新|工龄"),
    ("laid_off_on", 9, "(离职|离厂|离司|离企|离开|解除|终止|解聘|辞退|减员|退工|买断|协解|离任|停工).{0,4}(时间|日期|日|年月日|年月)",
     "起始|开始|通知|证明|备案|原因|补偿|起止|送达|公示|办理|工资|平均|登记|前|再就业|新|领取|试用|竞业|停工留薪|实习|转"),
    ("laid_off_on", 8, "(离岗|下岗|分流|离退|失业)(安置)?(时间|日期|年月日|年月|日)$|^(date|enddate|leftdate)$", "登记|证明|再就业|领取|连续"),
    ("laid_off_on", 7, "^(解除|终止|解除终止|终止解除|解除或终止|解除/终止|终止/解除|解除、终止)(劳动)?(合同|关系|合同关系)$", ""),
    ("laid_off_on", 6, "(合同|协议|劳动关系).{0,6}(到期|期满|届满|终止|终结|结束|截止|满)(时间|日期|日|年月日|年月)?$|合同.{0,4}(讫|止日|止期)",
     "起止|原因|期限|是否|实习|保密|竞业|补偿|续签|情况"),
    ("laid_off_on", 3, "^(停保|停止缴费|停发工资|停薪)(时间|日期|年月)$|^(截止|终止|结束)(日期|时间)$", ""),
    ("left_because", 10, "(解除|终止|离职|离岗|失业|减员|解聘|退工|下岗|分流|停保|离厂|解约|合同).{0,8}(原因|事由|理由)",
     "明细|编码|代码|登记"),
    ("left_because", 8, "(解除|终止|离职|解聘|减员|失业|解约).{0,8}(情形|方式|依据|形式|条款)|^(离职|解除|终止|减员)(合同|劳动合同|劳动关系)?(类型|类别)$", "编码|代码|人员"),
    ("left_because", 5, "^(原因|事由)$|(解除|终止|离职).*原因明细", ""),
    ("monthly_wage", 10, "平均.{0,4}(工资|收入|薪)|(工资|收入).{0,3}平均|月均(工资|收入)", "社会平均|社平|当地|期望|意向|全市|本市|城镇|上年度职工"),
    ("monthly_wage", 7, "(月|标准|应发|实发|基本|岗位)工资|工资(标准|收入|额|水平)|月薪|月收入|^工资$", "卡|账|帐|期望|意向|银行|停发|欠|社平|再就业|现"),
    ("bank_account", 10, "银行.{0,4}(账|帐|卡)|(账|帐|卡)号.{0,3}银行|(开户|收款|个人|工资).{0,6}(账|帐|卡)号|工资卡",
     f"{_OTHERS}|公积金|医保账|户名|联行|名称$"),
    ("bank_account", 7, "账号|帐号|银行卡|^卡号$|账户|帐户", "公积金|医保|养老账|社保|户名|联行|社会保障|登录|名称|微信|QQ"),
    ("deemed_months", 10, f"视同.{{0,8}}({_MONTHS})|视同缴费|^视同$", "养老|医疗|医保|起止|日期|金额"),
    ("deemed_months", 6, "(折算|认定|视作|连续).{0,6}(缴费)?(月数|年限|工龄|月)", "养老|医疗|医保|起止|金额|本单位|日期"),
    ("contribution_months", 10, f"(失业|实际|个人|本人).{{0,8}}(缴费|交费|缴纳|参保).{{0,6}}({_MONTHS})",
     f"{_OTHER_INSURANCE}|视同|视作|折算|起止|起始|开始|截止|基数|金额|比例|欠|补缴|领取|享受|首次|证明|年月$|日期"),
    ("contribution_months", 9, f"(缴费|交费|缴纳|参保|投保).{{0,6}}({_MONTHS})",
     f"{_OTHER_INSURANCE}|视同|视作|折算|起止|起始|开始|截止|基数|金额|比例|欠|补缴|领取|享受|首次|证明|年月$|时间|日期|合计|总"),
    ("contribution_months", 5, f"(缴费|缴纳|参保|保险).{{0,6}}({_MONTHS})",
     f"{_OTHER_INSURANCE}|视同|视作|折算|起止|起始|开始|截止|基数|金额|比例|欠|补缴|领取|享受|首次|证明|年月$|日期"),
    ("contribution_months", 3, "^(月数|缴费|个人缴费|实缴)$", ""),
    ("staff_category", 10, "干部.{0,2}工人|工人.{0,2}干部|(职工|人员|个人|用工|员工)身份", "证|类型编码|号"),
    ("staff_category", 6, "^(身份|人员类别|岗位类别|岗位类型|岗位性质|职工类别|身份类别|用工性质)$", ""),
    ("department", 10, "部门|车间|科室|工段|班组|所在单位|所属单位|二级单位|分厂|工区|作业区",
     f"{_NEW_JOB}|三级|一级|新|代码|编码|意见|电话|负责|（原）|^原"),
    ("department", 7, "^原?(一级部门|三级部门|部门|车间|分厂|所在部门|工作部门)$|原(部门|车间|分厂)", ""),
    ("department", 5, "^(单位|单位名称|工作单位|原单位|原工作单位|原单位名称|用工单位|用人单位|企业名称|公司|公司名称|厂名|所在企业)$", ""),
    ("note", 8, "^(备注|备考|说明|其他说明|备注说明|其他|附注|remark|Remark|note|Note)$", ""),
)  # fmt: skip

RULES = tuple(
    Rule(field, score, re.compile(words), re.compile(unless) if unless else None)
    for field, score, words, unless in _TABLE
)
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(rule.field for rule in RULES))

# A heading such as 时间 means something only under the one above it.
_NEEDS_PARENT = re.compile(
    "^(时间|日期|年月日?|日|原因|方式|类型|月数?|年限|年数?|号码|号|个人|个人部分|单位|本人|实际|起|止|起始|截止|电话|名称|等级|级别"
    "|姓名|月数小计|缴费|缴费月数|缴费年限|工资|岗位|合同|失业|失业保险|数|性别|身份证号码?|手机|联系电话|视同)$"
)
_PARENT_IS_SOMEBODY_ELSE = re.compile(_OTHERS + "|联系人")
_PARENT_IS_NEW_JOB = re.compile(_NEW_JOB)
_ABOUT_A_JOB = {"trade", "department", "laid_off_on", "started_on", "monthly_wage", "phone", "contract_started_on"}
_ABOUT_A_PERSON = {"name", "id", "sex", "born", "phone", "street", "education", "department", "bank_account"}
_BRACKETS = re.compile(r"[()\[\]【】〔〕{}《》<>「」『』:：*★●]")
_BRACKETED = re.compile(r"[(\[【〔].*?[)\]】〕]")


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Return the heading without blanks, brackets and stars, the words in brackets kept."""
    return _BRACKETS.sub("", folded(heading))


@lru_cache(maxsize=4096)
def _scores(text: str) -> dict[str, int]:
    best: dict[str, int] = {}
    for rule in RULES:
        if rule.score > best.get(rule.field, 0) and rule.words.search(text):
            if rule.unless is None or not rule.unless.search(text):
                best[rule.field] = rule.score
    return best


def _own_scores(heading: str) -> dict[str, int]:
    """Score a heading by all its words; where they fit nothing, by those outside its brackets."""
    found = _scores(plain(heading))
    outside = _BRACKETED.sub("", folded(heading))
    if found or outside == folded(heading):
        return found
    inside = plain(heading).replace(plain(outside), "", 1)
    if _PARENT_IS_SOMEBODY_ELSE.search(inside) or _PARENT_IS_NEW_JOB.search(inside):
        return {}
    return {field: score - 1 for field, score in _scores(plain(outside)).items() if "视同" not in inside}


@lru_cache(maxsize=4096)
def meaning(heading: str, parents: tuple[str, ...] = ()) -> dict[str, int]:
    """Return the fields that a heading can mean with their scores (1 to 12), {} for none.

    `parents` are the group headings above it, topmost first.
    """
    if not 0 < len(plain(heading)) <= LONGEST:
        return {}
    found = dict(_own_scores(heading))
    above = "".join(plain(parent) for parent in parents)
    if not above:
        return found
    if _NEEDS_PARENT.match(plain(heading)):
        found = _scores(above + plain(heading)) or found
    banned: set[str] = set()
    if _PARENT_IS_SOMEBODY_ELSE.search(above):
        banned |= _ABOUT_A_PERSON
    if _PARENT_IS_NEW_JOB.search(above):
        banned |= _ABOUT_A_JOB
    if re.search(_OTHER_INSURANCE, above) and "失业" not in above + plain(heading):
        banned |= {"contribution_months", "deemed_months"}
    return {field: score for field, score in found.items() if field not in banned}


def best_field(heading: str, parents: tuple[str, ...] = ()) -> str | None:
    """Return the field that the heading most likely means, None for none."""
    found = meaning(heading, parents)
    return max(found, key=lambda field: found[field]) if found else None


def counts_years(heading: str, parents: tuple[str, ...] = ()) -> bool:
    """Return whether a months column may count years: 年限 or 年数 without a word about months."""
    text = "".join(plain(p) for p in parents) + plain(heading)
    return bool(re.search("年限|年数|工龄|\\(年\\)|年$", text)) and "月" not in text
