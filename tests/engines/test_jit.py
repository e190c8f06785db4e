"""What was compiled is thrown away as soon as anything it was made from changes, and not before."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from zaigang import engines
from zaigang.engines import jit

ENGINES = Path(engines.__file__).parent
FILES = sorted(ENGINES.rglob("*.py"))

LOOPS = """
from zaigang.engines.jit import kept
from zaigang.engines.called import twice, more

@kept
def loop(number):
    return twice(number) + more.MORE

print(loop(20), len(loop.stats.cache_hits), len(loop.stats.cache_misses))
"""


class Elsewhere:
    """A package of the same name with a loop that calls another file, which takes a constant from a third."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.engines = folder, folder / "zaigang" / "engines"
        self.engines.mkdir(parents=True)
        (self.engines.parent / "__init__.py").touch()
        (self.engines / "__init__.py").touch()
        shutil.copy(jit.__file__, self.engines)
        (self.engines / "loops.py").write_text(LOOPS)
        self.write("called.py", "from zaigang.engines import more\nfrom zaigang.engines.jit import kept\n")
        self.write("called.py", "@kept\ndef twice(number):\n    return 2 * number\n", more=True)
        self.write("more.py", "MORE = 2\n")
        self.write("apart.py", "APART = 1\n")

    def write(self, name: str, text: str, *, more: bool = False) -> None:
        path = self.engines / name
        path.write_text((path.read_text() if more else "") + text)

    def run(self) -> str:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        command = [sys.executable, "-m", "zaigang.engines.loops"]
        ran = subprocess.run(
            command, env=surroundings | {"PYTHONPATH": str(self.folder)}, check=True, capture_output=True
        )
        return ran.stdout.decode().strip()


def test_a_change_in_a_file_that_is_called_counts_and_no_other(tmp_path: Path) -> None:
    """Result, loops found on the disk, loops compiled."""
    elsewhere = Elsewhere(tmp_path)
    assert elsewhere.run() == "42 0 1"
    elsewhere.write("apart.py", "APART = 2\n")
    assert elsewhere.run() == "42 1 0"
    elsewhere.write("more.py", "MORE = 3\n")
    assert elsewhere.run() == "43 0 1"
    elsewhere.write("called.py", "from zaigang.engines import more\n\ndef not_yet():\n    pass\n")
    elsewhere.write("called.py", "from zaigang.engines.jit import kept\n", more=True)
    elsewhere.write("called.py", "@kept\ndef twice(number):\n    return 3 * number\n", more=True)
    assert elsewhere.run() == "63 0 1"
    assert elsewhere.run() == "63 1 0"


def _imported(file: Path) -> set[str]:
    """Every module of the engines that a file imports, or imports a name from, by the language's own reader."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("zaigang.engines")}


def _origin(name: str) -> Path:
    """The file of a module, or of the module in which a name stands."""
    try:
        found = find_spec(name)
    except ModuleNotFoundError:  # what it would be in is no package
        found = None
    found = found or find_spec(name.rpartition(".")[0])
    assert found and found.origin
    return Path(found.origin)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ENGINES)))
def test_the_imports_of_every_file_are_read_as_python_reads_them(file: Path) -> None:
    expected = {_origin(name) for name in _imported(file)}
    assert jit._imported(file) == expected


def test_every_loop_of_the_engines_is_kept_this_way() -> None:
    """`@kept` of engines/jit.py in the place of `@njit(cache=True, nogil=True)`; `@lean` where no array is made."""
    with_numba = {
        str(file.relative_to(ENGINES))
        for file in FILES
        if "numba" in file.read_text(encoding="utf-8").split()
    }
    assert with_numba == {"jit.py", "matching/live/handle.py", "matching/prefetch.py"}


def test_where_nothing_can_be_kept_the_loop_is_made_all_the_same() -> None:
    made: dict[str, Callable[[int], int]] = {}
    exec("def one_more(number):\n    return number + 1", made)  # no file, so no place for a cache
    assert jit.kept(made["one_more"])(41) == 42
