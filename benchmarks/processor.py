"""CPU seconds of whole process trees, from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()


def tree_seconds(root: int) -> float:
    """CPU seconds used so far by a process and everything under it, children that ended included."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue
    total, left = 0, [root]
    while left:
        pid = left.pop()
        left += parents.get(pid, [])
        try:
            total += sum(int(value) for value in _stat(pid)[11:15])
        except OSError:
            continue
    return total / _TICKS


class Meter:
    """CPU seconds of several trees since the meter was made."""

    def __init__(self, *roots: int) -> None:
        self.roots = roots
        self.before = [tree_seconds(root) for root in roots]

    def seconds(self) -> list[float]:
        return [tree_seconds(root) - before for root, before in zip(self.roots, self.before, strict=True)]


def postmaster() -> int:
    """The database server's first process."""
    from django.db import connection

    connection.ensure_connection()
    return int(_stat(connection.connection.info.backend_pid)[1])
