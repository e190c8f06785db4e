"""What a command loads before it does anything: the compiler is slow to load, and most commands need none."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["root", "service", "roster", "staff"])
def test_commands_that_compile_nothing_do_not_load_the_compiler(module: str) -> None:
    code = f"import sys, zaigang.cli.{module}; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
