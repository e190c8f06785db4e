"""After warming the compiler has nothing left to do, whatever is asked of the planner."""

import inspect
import json
import subprocess
import sys

from tests.engines.matching.every_call import CALLS
from zaigang.engines import matching
from zaigang.engines.matching import candidates, partition, paths

Loops = dict[str, dict[str, list[str]]]


def _in_another_process(what: str) -> Loops:
    command = [sys.executable, "-W", "ignore", "-m", "tests.engines.matching.every_call", what]
    loops: Loops = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return loops


def _compiled(loops: Loops) -> dict[str, list[str]]:
    return {name: loop["compiled"] for name, loop in loops.items() if loop["compiled"]}


def test_nothing_is_compiled_after_warming() -> None:
    """The first process compiles what is not kept yet; the second shows what warming asks for, the third all else."""
    _in_another_process("warm")
    warmed = _in_another_process("warm")
    assert _compiled(warmed) == {}
    everything = _in_another_process("everything")
    assert _compiled(everything) == {}
    cold = {
        name: sorted(set(loop["called"]) - set(warmed.get(name, {"called": []})["called"]))
        for name, loop in everything.items()
    }
    assert {name: signatures for name, signatures in cold.items() if signatures} == {}


def test_every_public_function_is_asked() -> None:
    """A new one needs a call in every_call.py, and a loop of its own a line in `warm`."""
    public = {
        name
        for package in (matching, candidates, partition, paths)
        for name in package.__all__
        if inspect.isfunction(getattr(package, name))
    }
    assert set(CALLS) == public | {"Live"}
