"""Who uses the server: one line per program and start(), in the data folder. Call under its lock."""

import os
from pathlib import Path

from zaigang.foundation.postgres.watchdog import identity, living


def register(folder: Path) -> str:
    """Adds this process once more; returns its line."""
    line = identity(os.getpid())
    assert line is not None
    _write(folder, [*living(folder), line])
    return line


def unregister(folder: Path, line: str) -> bool:
    """Takes one line of a program away; True when no living program is left."""
    lines = living(folder)
    if line in lines:
        lines.remove(line)
    _write(folder, lines)
    return not lines


def _write(folder: Path, lines: list[str]) -> None:
    # The watchdog reads without the lock: it must see the old list or the new one, never half of it.
    draft = folder / "clients.new"
    draft.write_text("".join(f"{line}\n" for line in lines))
    draft.replace(folder / "clients")
