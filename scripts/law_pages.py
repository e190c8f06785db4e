"""Write docs/law/ from the parameter files: article to parameter to function, and what is missing, worst first.

`python scripts/law_pages.py` writes, with `--check` it only says which pages are out of date.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from scripts.law_usage import uses
from zaigang.engines.entitlement.loader import FOLDER as PARAMETERS
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import NATIONAL, STATUSES, Dated, Source, Territory
from zaigang.engines.entitlement.shapes import SHAPES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "law"
HOME = ("370213", "3702", "37", NATIONAL)
BENEFIT = ("months_table", "months_ceiling", "months_cap", "benefit_amount", "minimum_wage")
FIRST_DAY = date(2013, 1, 1)
MADE = "<!-- Made by `make law` from the parameter files. Change those, not this page. -->\n\n"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def pages() -> dict[str, str]:
    """Every generated page of docs/law, by its name there."""
    made = {"parameters.md": _index(), "missing.md": _missing()}
    for territory in _territories():
        made[f"places/{_file(territory)}"] = _place(territory)
    return made


def _territories() -> list[Territory]:
    """The whole country first, then by code."""
    return sorted(load_parameters().territories.values(), key=lambda t: (t.code != NATIONAL, t.code))


def _file(territory: Territory) -> str:
    return f"{territory.code.lower()}.md"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


# ---- parameters.md


def _index() -> str:
    counted = Counter(dated.status for _, dated in _entries())
    total = "  ".join(f"{status} {counted[status]}" for status in STATUSES)
    text = "# Parameters and the functions that use them\n\n" + MADE
    text += f"{sum(counted.values())} dated values in {len(_territories())} places: {total}.\n\n"
    text += "What is missing or unverified, worst first: [missing.md](missing.md).\n\n## Places\n\n"
    text += _table(("code", "place", *STATUSES), map(_place_row, _territories()))
    text += "\n## From parameter to function\n\n"
    text += "A parameter without a function is a fact kept for a rule that is not built yet.\n\n"
    rows = ((f"`{name}`", _where(name), _public(name), _readers(name)) for name in sorted(SHAPES))
    return text + _table(("parameter", "places", "answers", "read in"), rows)


def _place_row(territory: Territory) -> tuple[str, ...]:
    counted = Counter(dated.status for series in territory.series.values() for dated in series)
    link = f"[{territory.name_zh} {territory.name_en}](places/{_file(territory)})"
    return (territory.code, link, *(str(counted[status]) for status in STATUSES))


def _where(name: str) -> str:
    places = [t for t in _territories() if name in t.series]
    return " ".join(f"[{t.code}](places/{_file(t)})" for t in places) or "none yet"


def _public(name: str) -> str:
    return ", ".join(f"`{function}`" for function in uses().public.get(name, ()))


def _readers(name: str) -> str:
    return ", ".join(f"`{function}`" for function in uses().readers.get(name, ())) or "no function yet"


# ---- places/*.md


def _place(territory: Territory) -> str:
    raw = yaml.safe_load((PARAMETERS / f"{territory.code.lower()}.yaml").read_text(encoding="utf-8"))
    notes = {
        (name, entry["from"]): entry["note"]
        for name, entries in raw["parameters"].items()
        for entry in entries
        if entry.get("note")
    }
    text = f"# {territory.name_zh} {territory.name_en} ({territory.code})\n\n{MADE}"
    text += "Each document with its articles, the parameters they became and the functions that use them.\n"
    by_source: dict[Source, list[Dated]] = {}
    for series in territory.series.values():
        for dated in series:
            by_source.setdefault(_without_article(dated.source), []).append(dated)
    seen = {(item["title"], item.get("document")): item.get("seen", []) for item in raw["sources"].values()}
    for source, values in by_source.items():
        text += f"\n## {source.title}\n\n" + _about(source, values, seen[source.title, source.document])
        text += _table(
            ("article", "parameter", "from", "to", "value", "status", "answers"),
            (_value_row(dated, notes) for dated in sorted(values, key=_by_article)),
        )
    return text


def _without_article(source: Source) -> Source:
    return Source(source.title, None, source.document)


def _about(source: Source, values: list[Dated], seen: list[str]) -> str:
    document = source.document or "no number known"
    lines = [] if document == source.title else [f"Document: {document}."]
    published = sorted({dated.published.isoformat() for dated in values if dated.published != dated.since})
    lines += [f"Known since {day}." for day in published]
    lines += [f"Seen: {', '.join(seen)}"] if seen else []
    return " ".join(lines) + "\n\n" if lines else ""


def _by_article(dated: Dated) -> tuple[Any, ...]:
    return _article_number(dated.source.article), dated.name, dated.since


def _article_number(article: str | None) -> tuple[tuple[int, ...], str]:
    """第四十五条第一项 counts as (45, 1); values without an article come last."""
    numbers = re.findall(r"第([零一二三四五六七八九十百]+|[0-9]+)", article or "")
    return tuple(_number(text) for text in numbers) or (10**6,), article or ""


def _number(text: str) -> int:
    return int(text) if text.isascii() else _chinese_number(text)


def _chinese_number(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in ("十", "百"):
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _value_row(dated: Dated, notes: dict[tuple[str, date], str]) -> tuple[str, ...]:
    note = notes.get((dated.name, dated.since))
    value = _shown(dated) + (f" ({note})" if note else "")
    since = dated.since.isoformat() + (" (first seen)" if dated.first_seen else "")
    until = dated.until.isoformat() if dated.until else ""
    answers = _public(dated.name) or "no function yet"
    return dated.source.article or "", f"`{dated.name}`", since, until, value, dated.status, answers


def _shown(dated: Dated) -> str:
    """The value as the file has it, tables of months in words."""
    value = dated.shown
    if dated.status == "missing":
        return "missing"
    if value is True:
        return "yes"
    if isinstance(value, dict) and "bands" in value:
        return _bands(value)
    if isinstance(value, dict) and "readings" in value:
        return " **or** ".join(_bands(table) for table in value["readings"])
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return ", ".join(str(item["code"]) for item in value)
    if isinstance(value, dict) and "categories" in value:
        return f"{value['residence']}: " + "; ".join(_category(item) for item in value["categories"])
    return json.dumps(value, ensure_ascii=False).replace('"', "")


def _bands(table: dict[str, Any]) -> str:
    words = []
    for band in table["bands"]:
        text = f"{band['at_least']}: {band['months']}"
        if band.get("add"):
            text += f" + {band['add']} per {band.get('every', 12)}"
        if band.get("rest_over"):
            text += f" (a rest over {band['rest_over']} counts whole)"
        words.append(text + (f" up to {band['most']}" if band.get("most") else ""))
    return f"months by months paid: {'; '.join(words)}; at most {table['cap']}"


def _category(item: dict[str, Any]) -> str:
    conditions = [f"{key} {value}" for key, value in item.items() if key not in ("code", "article")]
    return f"{item['article']} {item['code']}" + (f" ({', '.join(conditions)})" if conditions else "")


# ---- missing.md


def _entries() -> Iterator[tuple[Territory, Dated]]:
    for territory in _territories():
        for series in territory.series.values():
            for dated in series:
                yield territory, dated


def badness(territory: Territory, dated: Dated) -> tuple[Any, ...]:
    """The smaller, the worse. The order is told in words at the head of missing.md."""
    over = dated.until is not None and dated.until < FIRST_DAY
    elsewhere = territory.code not in HOME
    public = uses().public.get(dated.name, ())
    use = 0 if dated.name in BENEFIT else 1 if "decide" in public else 2 if public else 3
    ended = dated.until is not None
    return over, elsewhere, use, dated.status != "missing", ended, territory.code, dated.name, dated.since


def _missing() -> str:
    found = [(t, d) for t, d in _entries() if d.status in ("missing", "unverified")]
    found.sort(key=lambda pair: badness(*pair))
    text = "# What is missing or unverified, worst first\n\n" + MADE
    text += """The order, each rule only where the one before it says nothing:

1. Values whose time ended before 2013 come last: no decision of this product needs them.
2. The home district with all that stands above it (370213, 3702, 37, CN) before other places.
3. Months and amounts of the benefit before whatever else `decide` uses; then what other functions use; then facts
   that no function uses yet.
4. Missing before unverified: an unverified text can at least be looked for by its words.
5. What is still in force before what has ended.

"""
    rows = (_missing_row(number, t, d) for number, (t, d) in enumerate(found, start=1))
    return text + _table(
        ("", "place", "parameter", "from", "to", "status", "what is not known", "answers"), rows
    )


def _missing_row(number: int, territory: Territory, dated: Dated) -> tuple[str, ...]:
    source = dated.source
    document = f" ({source.document})" if source.document and source.document not in source.title else ""
    place = f"[{territory.name_zh}](places/{_file(territory)})"
    until = dated.until.isoformat() if dated.until else ""
    what = source.title + document
    answers = _public(dated.name) or "no function yet"
    return str(number), place, f"`{dated.name}`", dated.since.isoformat(), until, dated.status, what, answers


def stale() -> list[str]:
    """Pages that differ from what the parameter files say, and pages of places that are gone."""
    wanted = pages()
    wrong = [
        name
        for name, text in wanted.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    old = (f"places/{path.name}" for path in sorted((FOLDER / "places").glob("*.md")))
    return wrong + [name for name in old if name not in wanted]


def write() -> None:
    (FOLDER / "places").mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in (FOLDER / "places").glob("*.md"):
        if f"places/{path.name}" not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which pages are out of date")
    if parser.parse_args().check:
        wrong = stale()
        for name in wrong:
            print(f"docs/law/{name} is out of date: make law")
        return 1 if wrong else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
