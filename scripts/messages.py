"""Keep the English catalogue: `extract` new texts, list what is `missing`, `compile` what Django reads.

The source texts are Simplified Chinese, so there is one catalogue, en. It holds no places in the code: they would
change with every line and meet in every merge.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "zaigang"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
SINGLE = ("_", "gettext", "gettext_lazy", "gettext_noop")
KEYWORDS = {
    **dict.fromkeys(SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def sources(root: Path = SOURCE) -> Iterator[tuple[Path, str]]:
    """Every file that may hold texts, as Python text. Templates become calls of gettext, line for line."""
    for path in sorted(root.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            # In brackets, because what is left of a template is indented in ways that Python refuses.
            yield path, f"({templatize(path.read_text(encoding='utf-8'), origin=str(path))})"


def extract(root: Path = SOURCE) -> Catalog:
    """All texts in use, without translations."""
    found = Catalog(locale="en")
    for _path, text in sources(root):
        messages = extract_messages("python", io.BytesIO(text.encode()), KEYWORDS)
        for _line, message, _comments, context in messages:
            found.add(message, context=context)
    return found


def read(path: Path = CATALOGUE) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update(old: Catalog, found: Catalog) -> Catalog:
    """The texts in use with the translations there were. A changed text is a new text: nothing is guessed."""
    for message in found:
        known = old.get(message.id, message.context) if message.id else None
        if known and not known.fuzzy:
            message.string = known.string
    return found


def write(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    text = io.BytesIO()
    write_po(text, catalogue, width=100, omit_header=True, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text.getvalue().decode().strip() + "\n", encoding="utf-8")


def problems(catalogue: Catalog, found: Catalog) -> list[str]:
    """What keeps the English from being complete: `untranslated`, `fuzzy`, `stale`, `places differ`."""
    wanted = {_key(message) for message in found if message.id}
    there = {_key(message): message for message in catalogue if message.id}
    lines = [f"stale: {key[1]}" for key in there if key not in wanted]
    for key in wanted:
        message = there.get(key)
        if message is None or not _is_complete(message):
            lines.append(f"untranslated: {key[1]}")
        elif message.fuzzy:
            lines.append(f"fuzzy: {key[1]}")
        elif not _has_same_places(message):
            lines.append(f"places differ: {key[1]}")
    return sorted(lines)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _is_complete(message: Message) -> bool:
    parts = [message.string] if isinstance(message.string, str) else message.string
    return bool(parts) and all(parts or ())


def _has_same_places(message: Message) -> bool:
    """Whether %(name)s and its like are the same in text and translation: a wrong one breaks the page."""
    texts = [message.id] if isinstance(message.id, str) else message.id
    translations = [message.string] if isinstance(message.string, str) else message.string
    wanted = set(PLACE.findall("".join(texts)))
    return all(set(PLACE.findall(one)) == wanted for one in translations or ())


def compile_catalogue(path: Path = CATALOGUE) -> Path:
    """Write the .mo beside the .po."""
    target = path.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read(path))
    return target


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("act", choices=["extract", "missing", "compile"])
    act = parser.parse_args(arguments).act
    configure()
    if act == "compile":
        compile_catalogue()
        return 0
    if act == "extract":
        write(update(read(), extract()))
    lines = problems(read(), extract())
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines and act == "missing" else 0


def configure() -> None:
    """Reading templates asks Django for one setting; no other is needed."""
    if not settings.configured:
        settings.configure(USE_I18N=True)


if __name__ == "__main__":
    sys.exit(main())
