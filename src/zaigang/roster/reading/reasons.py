"""Why a contract ended: the words of a roster as the codes that the entitlement engine knows.

Where the words leave it open who proposed or whether there was fault ("协商解除", "辞退", "分流"), the
answer is None and a clerk asks: the ground decides whether benefit is due. Articles are those of 劳动合同法.
"""

import re
from functools import lru_cache

from zaigang.roster.reading.cells import folded
from zaigang.roster.reading.numerals import from_chinese

_EMPLOYER = "企业|单位|公司|厂方?|用人单位|甲方|集团"
_WORKER = "本人|个人|职工|劳动者|员工|自己|乙方"

_WORDS: tuple[tuple[str, str], ...] = tuple(
    (reason, pattern)
    for reason, pattern in (
        ("resigned_for_cause", "被迫|拖欠|未(足额)?(支付|缴纳)|(单位|企业|公司)过错|未签.*合同"),
        ("dismissed_no_fault", "无过失|非过失|无过错|不胜任|客观情况|医疗期满"),
        ("dismissed_fault", "开除|除名|违纪|违法|过失|严重违反|旷工|失职|追究刑事"),
        ("other", "退休|死亡|身故|去世|病故|调出|调动|调离|入伍|参军|出国|养老待遇"),
        ("layoff", "裁员|裁减"),
        ("closure", "破产|关停|关闭|停产|解散|吊销|撤销|歇业|倒闭|停业|关厂|注销"),
    )
)
_AGREED = re.compile("协商|协议解除|合意")
_RESIGNED = re.compile(
    f"辞职|辞工|自愿(离职|解除)|自动离职|主动离职|({_WORKER})(原因|申请|要求|提出|辞|意愿)|不愿续"
)
_EXPIRED = re.compile("期满|到期|届满|不再续|未续|不续|终止合同$")
_BY_EMPLOYER = re.compile(f"({_EMPLOYER})(先|首先|主动|方面?)?(提出|提议|动议|发起|原因)")
_BY_WORKER = re.compile(f"({_WORKER})(先|首先|主动)?(提出|提议|申请|要求)")
_ARTICLE = re.compile(r"第?([0-9]{2})条?(?:第?\(?([0-9])\)?[项款]?)?(?:-([EW]))?")
_ARTICLES = {
    "37": "resigned", "38": "resigned_for_cause", "39": "dismissed_fault", "40": "dismissed_no_fault",
    "41": "layoff",
}  # fmt: skip
_ENDINGS = {"1": "contract_expired", "2": "other", "3": "other", "4": "closure", "5": "closure", "6": "other"}


def _by_article(text: str) -> str | None:
    found = _ARTICLE.search(from_chinese(text))
    if found is None:
        return None
    article, item, who = found.groups()
    if article == "36":
        return {"E": "employer_proposed_agreement", "W": "resigned"}.get(who or "")
    if article == "44":
        return _ENDINGS.get(item or "")
    return _ARTICLES.get(article)


def _by_words(text: str) -> str | None:
    if _AGREED.search(text):
        by_employer, by_worker = bool(_BY_EMPLOYER.search(text)), bool(_BY_WORKER.search(text))
        if by_employer == by_worker:
            return None
        return "employer_proposed_agreement" if by_employer else "resigned"
    for reason, pattern in _WORDS:
        if re.search(pattern, text):
            return reason
    resigned, expired = bool(_RESIGNED.search(text)), bool(_EXPIRED.search(text))
    if resigned == expired:
        return None
    return "resigned" if resigned else "contract_expired"


@lru_cache(maxsize=4096)
def read_reason(text: str) -> str | None:
    """Return the code of an ending ground, or None when the words leave it open."""
    plain = folded(text)
    return _by_words(plain) or _by_article(plain)
