"""What was compiled is thrown away as soon as anything it was made from changes."""

import ast
from collections.abc import Callable
from pathlib import Path

from zaigang.engines.entitlement import many
from zaigang.engines.entitlement.many.jit import CONSTANTS, kept

ENGINE = "zaigang.engines.entitlement."


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_every_file_that_the_loop_is_made_from_is_watched() -> None:
    folder = Path(many.__file__).parent
    compiled = [path for path in folder.glob("*.py") if f"{ENGINE}many.jit" in imported(path)]
    sources = {name for path in compiled for name in imported(path) if name.startswith(ENGINE)}
    beside = {name.removeprefix(ENGINE) + ".py" for name in sources if not name.startswith(f"{ENGINE}many")}
    assert len(compiled) == 9
    assert beside == set(CONSTANTS)


def test_where_nothing_can_be_kept_the_loop_is_made_all_the_same() -> None:
    made: dict[str, Callable[[int], int]] = {}
    exec("def one_more(number):\n    return number + 1", made)  # no file, so no place for a cache
    assert kept(made["one_more"])(41) == 42
