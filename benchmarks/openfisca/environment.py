"""The environment in which OpenFisca lives, and nothing else of ours: made once, in the user's cache folder."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

PACKAGE = "openfisca-core>=44"
HERE = Path(__file__).parent


class Unavailable(Exception):
    """OpenFisca cannot be installed here."""


def python() -> Path:
    """The interpreter that has OpenFisca. Raises Unavailable with pip's last words."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "zaigang-benchmarks" / f"openfisca-{sys.version_info[0]}.{sys.version_info[1]}"
    found = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable((done.stderr.strip().splitlines() or ["pip says nothing"])[-1])
        ready.touch()
    return found


class Side:
    """A process that answers questions, one JSON line for each."""

    def __init__(self, *command: str | Path, cwd: Path | None = None) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd
        )

    def ask(self, name: str, **arguments: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{name}: the process ended with status {self.process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def theirs(law: Path) -> Side:
    return Side(python(), HERE / "peer.py", law)


def ours() -> Side:
    return Side(sys.executable, "-m", "benchmarks.openfisca.ours", cwd=HERE.parents[1])
