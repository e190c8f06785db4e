"""Pinyin of personal names, for search and for order: the wheel's PostgreSQL has no Chinese collation."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

#: Family names that are read otherwise than the same character elsewhere.
SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "朴": "piao",
    "盖": "ge", "缪": "miao", "尉": "wei", "乐": "yue", "员": "yun", "覃": "qin", "冼": "xian", "翟": "zhai",
    "种": "chong", "繁": "po", "折": "she", "秘": "bi", "逄": "pang", "燕": "yan", "华": "hua", "宁": "ning",
}  # fmt: skip
COMPOUND = {"尉迟": ["yu", "chi"], "万俟": ["mo", "qi"], "长孙": ["zhang", "sun"], "单于": ["chan", "yu"]}


@lru_cache(maxsize=65536)
def _syllables_of_given_part(text: str) -> tuple[str, ...]:
    return tuple(s.lower() for s in lazy_pinyin(text, style=Style.NORMAL))


@lru_cache(maxsize=65536)
def syllables(name: str) -> tuple[str, ...]:
    """Syllables of a personal name, the family name first and read as a family name.

    >>> syllables("曾国藩")
    ('zeng', 'guo', 'fan')
    """
    name = "".join(name.split())
    if name[:2] in COMPOUND:
        return (*COMPOUND[name[:2]], *_syllables_of_given_part(name[2:]))
    if name[:1] in SURNAMES:
        return (SURNAMES[name[0]], *_syllables_of_given_part(name[1:]))
    return _syllables_of_given_part(name)


def pinyin(name: str) -> str:
    """The syllables joined: `王建国` -> `wangjianguo`."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """First letters of the syllables: `王建国` -> `wjg`."""
    return "".join(s[:1] for s in syllables(name))
