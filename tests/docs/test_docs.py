"""What is written about the program is what the program has."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from django.db.models import TextChoices

from zaigang.claims.enums import Confidence, Eligible
from zaigang.cli.root import COMMANDS
from zaigang.offices.enums import Role
from zaigang.outcomes.enums import State
from zaigang.roster.enums import FileState, Outcome

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its whole name."""

    def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        if not isinstance(command, click.Group):
            yield name, command
            return
        for sub, inner in command.commands.items():
            yield from walk(f"{name} {sub}", inner)

    for name, (module, attribute) in COMMANDS.items():
        yield from walk(f"zaigang {name}", getattr(import_module(module), attribute))


def usage_lines() -> dict[str, str]:
    """Whole name of a command -> its line in the table of all commands."""
    table = OPERATIONS.partition("## All commands")[2]
    lines = re.findall(r"^\| `(zaigang [^`]+)`", table, re.MULTILINE)
    return {re.split(r" (?=[\[A-Z-])", line)[0]: line for line in lines}


def test_the_table_of_commands_is_complete() -> None:
    assert sorted(usage_lines()) == sorted(name for name, _command in commands())


@pytest.mark.parametrize(("name", "command"), [pytest.param(*pair, id=pair[0]) for pair in commands()])
def test_the_table_of_commands_gives_every_option(name: str, command: click.Command) -> None:
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert set(re.findall(r"--[a-z-]+", usage_lines()[name])) == options


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    described = re.findall(
        r"^\| `make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(described) == sorted({*targets} - {"help"})


def environment_names(path: Path) -> Iterator[str]:
    """Variables that a file reads by `os.environ` or `environ.Env`, and constants that name one of ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and re.match(r"os\.environ\.|os\.getenv|env\.", ast.unparse(node.func)):
            named = node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            named = node.slice
        elif isinstance(node, ast.Assign):
            named = node.value
        else:
            continue
        if isinstance(named, ast.Constant) and isinstance(named.value, str):
            ours = named.value.startswith("ZAIGANG_")
            if ours or not isinstance(node, ast.Assign):
                yield named.value


def test_every_environment_variable_is_described() -> None:
    files = [*(ROOT / "config").rglob("*.py"), *(ROOT / "src").rglob("*.py")]
    read = {name for path in files for name in environment_names(path)}
    table = OPERATIONS.partition("## Every setting")[2].partition("## ")[0]
    described = set(re.findall(r"`([A-Z][A-Z_]+)`", table))
    assert read - described == set()
    ours = {name for name in described if name.startswith("ZAIGANG_")}
    assert ours - read == set()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual sites make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http", "mailto:"))]


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _hash, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_file_of_the_program_that_is_named_exists(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"`([a-z_]+(?:/[a-z_0-9]+)*/(?:[a-z_0-9]+\.(?:py|yaml|toml))?)`", text)
    roots = (ROOT, ROOT / "src" / "zaigang", page.parent)
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []


def test_the_rooms_of_the_glossary_are_the_packages_there_are() -> None:
    rooms = GLOSSARY.partition("## Rooms of the house")[2].partition("\n## ")[0]
    packages = [path.parent.name for path in (ROOT / "src" / "zaigang").glob("*/__init__.py")]
    assert sorted(re.findall(r"^\| `(\w+)`", rooms, re.MULTILINE)) == sorted(packages)


@pytest.mark.parametrize(
    "choices", [Role, State, Outcome, FileState, Eligible, Confidence], ids=lambda c: c.__name__
)
def test_the_glossary_says_what_the_pages_say(choices: type[TextChoices]) -> None:
    silent = [
        f"{choice.value} {choice.label}"
        for choice in choices
        if not re.search(rf"`{choice.value}`(?: \|)? {re.escape(str(choice.label))}(?=[ ,|])", GLOSSARY)
    ]
    assert silent == []


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    versions = re.findall(
        r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version in versions


def test_the_index_of_decisions_is_complete() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
