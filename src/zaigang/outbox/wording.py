"""Reads messages.yaml; refuses it rather than send half a sentence to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from zaigang.outbox.enums import Template
from zaigang.outbox.errors import BadWording

#: What whoever queues a message of this kind gives, all of it. The words may leave some of it out.
PLACEHOLDERS: dict[str, frozenset[str]] = {
    Template.BEFORE_VISIT: frozenset({"office", "papers", "link"}),
    Template.PHONE_CODE: frozenset({"code"}),
    Template.SLOT_CHOSEN: frozenset({"office", "when", "link"}),
    Template.CLAIM_DECIDED: frozenset({"office", "kind", "result", "months"}),
}
_KEYS = {"code": str, "version": int, "urgent": bool, "expires_minutes": int, "zh": str, "en": str}
LANGUAGES = ("zh", "en")
#: Placeholder -> code that may stand for it -> language -> the words put in.
Words = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of one template. `expires_minutes` counts from when a message may go.

    `words`: placeholders that are given as a code, which each language words itself.
    """

    code: str
    version: int
    urgent: bool
    expires_minutes: int
    zh: str
    en: str
    words: Words = field(default_factory=dict)

    def text(self, params: Mapping[str, str], language: str = "zh") -> str:
        """The words with `params` put in; `language` is zh or en."""
        language = "en" if language == "en" else "zh"
        said = {name: codes[params[name]][language].format_map(params) for name, codes in self.words.items()}
        return (self.en if language == "en" else self.zh).format_map({**params, **said})


def check_params(code: str, params: Mapping[str, str]) -> None:
    """Raise ValueError, a programmer's error, unless exactly the placeholders of `code` are given and none is empty."""
    if params.keys() != PLACEHOLDERS[code] or not all(params.values()):
        raise ValueError(
            f"{code} needs {sorted(PLACEHOLDERS[code])}, none of them empty; got {sorted(params)}"
        )
    for name, codes in current(code).words.items():
        if params[name] not in codes:
            raise ValueError(f"{code} has no words for {name} {params[name]}")


def current(code: str) -> Wording:
    """The newest words of a template."""
    return max((w for w in _shipped().values() if w.code == code), key=lambda w: w.version)


def at_version(code: str, version: int) -> Wording:
    """The words that a message was made with."""
    return _shipped()[code, version]


@lru_cache(maxsize=1)
def _shipped() -> dict[tuple[str, int], Wording]:
    path = Path(__file__).with_name("messages.yaml")
    return read_wordings(path.read_text(encoding="utf-8"), path.name)


def read_wordings(text: str, where: str) -> dict[tuple[str, int], Wording]:
    """(code, version) -> wording. `where` names the file for `BadWording`."""
    try:
        raw = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise BadWording(f"读不出 YAML：{error}", where, "请检查缩进和引号。") from error
    if not isinstance(raw, dict) or raw.keys() != {"messages"} or not isinstance(raw["messages"], list):
        raise BadWording("应只有 messages 一个键，下面是一列消息", where, "请核对键名。")
    found: dict[tuple[str, int], Wording] = {}
    for number, entry in enumerate(raw["messages"], 1):
        wording = _wording(entry, f"{where} 第{number}条")
        if found.setdefault((wording.code, wording.version), wording) is not wording:
            raise BadWording(
                f"{wording.code} 的版本 {wording.version} 写了两次", where, "请改成下一个版本号。"
            )
    if absent := sorted(set(Template.values) - {code for code, _version in found}):
        raise BadWording(f"没有 {'、'.join(absent)} 的文字", where, "请补上。")
    return found


def _wording(entry: Any, where: str) -> Wording:
    if not isinstance(entry, dict) or entry.keys() - {"words"} != _KEYS.keys():
        raise BadWording(f"键应为 {' '.join(_KEYS)}", where, "请去掉多余的，补上缺少的。")
    wrong = [key for key, kind in _KEYS.items() if type(entry[key]) is not kind or entry[key] == ""]
    if wrong or min(entry["version"], entry["expires_minutes"]) < 1:
        raise BadWording(
            f"值不对：{' '.join(wrong) or 'version expires_minutes'}", where, "请核对类型，数要大于零。"
        )
    if entry["code"] not in Template.values:
        raise BadWording(f"不认识的消息 {entry['code']}", where, "请核对 code。")
    known = PLACEHOLDERS[entry["code"]]
    for language in LANGUAGES:
        _check_placeholders(entry[language], known, f"{where} {language}")
    _check_words(entry.get("words", {}), known, where)
    return Wording(**entry)


def _check_words(words: Any, known: frozenset[str], where: str) -> None:
    """Every code worded in both languages; nothing but plain placeholders in the words, which are not nested again."""
    plain = known - set(words) if isinstance(words, dict) else known
    if not isinstance(words, dict) or set(words) - known:
        raise BadWording("words 下面应是占位符的名字", where, f"可以用 {' '.join(sorted(known))}。")
    for name, codes in words.items():
        place = f"{where} words {name}"
        if not isinstance(codes, dict) or not codes:
            raise BadWording("占位符下面应是代码", place, "每个代码写 zh 和 en。")
        for said in codes.values():
            if not isinstance(said, dict) or [type(said.get(one)) for one in LANGUAGES] != [str, str]:
                raise BadWording("代码下面应是 zh 和 en 两句", place, "请补上缺少的。")
            for language in LANGUAGES:
                _check_placeholders(said[language], plain, f"{place} {language}")


def _check_placeholders(text: str, known: frozenset[str], where: str) -> None:
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise BadWording("花括号没有成对", where, "请核对占位符。") from error
    strange = [name for _text, name, spec, conversion in parts if name not in known or spec or conversion]
    if strange:
        allowed = "".join(f"{{{name}}}" for name in sorted(known))
        raise BadWording(f"不认识的占位符 {{{strange[0]}}}", where, f"可以用 {allowed}。")
