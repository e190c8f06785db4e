"""Reads and checks the parameter files; refuses a file rather than guess what it means."""

from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from zaigang.engines.entitlement.errors import BadParameters
from zaigang.engines.entitlement.parameters import PROVINCES, STATUSES, Dated, Library, Source, Territory
from zaigang.engines.entitlement.shapes import SHAPES
from zaigang.engines.entitlement.strict import Mapped, read_yaml

FOLDER = Path(__file__).parent / "parameters"
_FILE_KEYS = {"territory", "name", "sources", "parameters"}
_SOURCE_KEYS = {"title", "document", "published", "seen"}
_ENTRY_REQUIRED = {"from", "to", "status", "source"}
_ENTRY_KEYS = _ENTRY_REQUIRED | {"value", "missing", "article", "published", "first_seen", "note"}


@lru_cache(maxsize=8)
def load_parameters(folder: Path = FOLDER) -> Library:
    """All parameter files of a folder, checked. BadParameters names the file, the entry and the fault."""
    territories = {}
    for path in sorted(folder.glob("*.yaml")):
        territory = read_territory(path.read_text(encoding="utf-8"), path.name)
        if territory.code in territories:
            raise BadParameters("同一地区有两个参数文件", path.name, "请合并成一个。")
        territories[territory.code] = territory
    if "CN" not in territories:
        raise BadParameters("没有全国参数文件", str(folder.name), "请放入 territory 为 CN 的文件。")
    return Library(territories)


def read_territory(text: str, where: str) -> Territory:
    """One file's text. `where` is its name, for the error, which also tells the line."""
    raw = read_yaml(text, where)
    _keys(raw, _FILE_KEYS, _FILE_KEYS, where)
    code, names = _code(raw["territory"], where), _keys(raw["name"], {"zh", "en"}, {"zh", "en"}, where)
    sources = {
        key: _keys(item, _SOURCE_KEYS, {"title"}, f"{where} {key}")
        for key, item in _group(raw["sources"], f"{where} sources").items()
    }
    series = {}
    for name, entries in _group(raw["parameters"], f"{where} parameters").items():
        if name not in SHAPES:
            raise BadParameters(f"不认识的参数 {name}", where, "请核对参数名。")
        if not isinstance(entries, list):
            raise BadParameters("应为一列值", f"{where} {name}", "每一条以 - 开头。")
        values = tuple(_entry(name, entry, sources, f"{where} {name}") for entry in entries)
        _check_order(values, f"{where} {name}")
        series[name] = values
    digest = sha256(text.encode()).hexdigest()
    return Territory(code, str(names["zh"]), str(names["en"]), series, digest)


def with_file(library: Library, text: str, where: str) -> Library:
    """The library with one territory's file replaced, or added.

    BadParameters when the file is not sound, or lacks a parameter that the file before it has: a rule that ended
    says on which day, and one that nobody knows any more is `missing: true`.
    """
    territory = read_territory(text, where)
    before = library.territories.get(territory.code)
    lost = sorted(set(before.series) - set(territory.series)) if before else []
    if lost:
        raise BadParameters(
            f"少了原来有的参数 {lost}", where, "不再适用的写上结束日期，不知道的写 missing: true。"
        )
    return library.with_territory(territory)


def _code(raw: Any, where: str) -> str:
    code = str(raw)
    if code != "CN" and not (
        len(code) in (2, 4, 6) and code.isascii() and code.isdigit() and code[:2] in PROVINCES
    ):
        raise BadParameters(
            f"territory 不是行政区划代码：{raw!r}", where, "请写 CN，或带引号的 2、4、6 位数字。"
        )
    return code


def _group(raw: Any, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadParameters("应为一组键值", where, "请检查缩进。")
    return raw


def _keys(raw: Any, allowed: set[str], required: set[str], where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadParameters("应为一组键值", where, "请检查缩进。")
    where += f" 第 {raw.line} 行" if isinstance(raw, Mapped) else ""
    if set(map(str, raw)) - allowed:
        raise BadParameters(f"不认识的键 {sorted(set(map(str, raw)) - allowed)}", where, "请核对键名。")
    if required - set(raw):
        raise BadParameters(f"缺少 {sorted(required - set(raw))}", where, "请补上。")
    return raw


def _entry(name: str, raw: Any, sources: dict[str, Any], where: str) -> Dated:
    entry = _keys(raw, _ENTRY_KEYS, _ENTRY_REQUIRED, where)
    where += f" 第 {entry.line} 行" if isinstance(entry, Mapped) else ""
    since, until = _day(entry["from"], where), _day_or_open(entry["to"], where)
    place = f"{where} {since}"
    if entry["status"] not in STATUSES:
        raise BadParameters(
            f"不认识的 status {entry['status']!r}", place, f"应为 {' '.join(STATUSES)} 之一。"
        )
    missing = entry["status"] == "missing"
    if missing != (entry.get("missing") is True) or missing == ("value" in entry):
        raise BadParameters("missing 与 status、value 不一致", place, "缺的写 missing: true，有的写 value。")
    if not isinstance(entry["source"], str) or entry["source"] not in sources:
        raise BadParameters(f"没有出处 {entry['source']!r}", place, "请在 sources 里写明。")
    origin = sources[entry["source"]]
    published = _day(entry.get("published") or origin.get("published") or since, place)
    try:
        value = None if missing else SHAPES[name](entry["value"])
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise BadParameters(f"值的写法不对：{error}", place, "请照 docs/law/README.md 的写法改。") from error
    source = Source(origin["title"], entry.get("article"), origin.get("document"))
    shown, seen = entry.get("value"), bool(entry.get("first_seen", False))
    return Dated(name, since, until, value, shown, entry["status"], source, published, seen)


def _day(raw: Any, where: str) -> date:
    if type(raw) is not date:
        raise BadParameters(f"不是日期：{raw!r}", where, "请写成 2016-07-01。")
    return raw


def _day_or_open(raw: Any, where: str) -> date | None:
    return None if raw is None else _day(raw, where)


def _check_order(values: tuple[Dated, ...], where: str) -> None:
    if not values:
        raise BadParameters("没有一个值", where, "请补上，或删去这个参数。")
    for value in values:
        if value.until is not None and value.until < value.since:
            raise BadParameters("结束早于开始", f"{where} {value.since}", "请核对日期。")
    for earlier, later in pairwise(values):
        place = f"{where} {later.since}"
        if later.since <= earlier.since:
            raise BadParameters("各条没有按时间排列", place, "请按 from 从早到晚排。")
        if earlier.until is None or later.since <= earlier.until:
            raise BadParameters("与前一条时间重叠", place, "请给前一条写上结束日期。")
        if later.since != earlier.until + timedelta(days=1):
            raise BadParameters("与前一条之间有空档", place, "请补上，不知道的写 missing: true。")
