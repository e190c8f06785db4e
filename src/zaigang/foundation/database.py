"""Which database a program works on: the server that DATABASE_URL names, else the embedded one."""

import os
from pathlib import Path

from zaigang.foundation.home import zaigang_home
from zaigang.foundation.postgres import Server, start

OFFICE, DEMO = "zaigang", "zaigang_demo"


def chosen() -> str:
    """The embedded database that commands work on: the office's own, or the demo's after `zaigang demo`."""
    named = os.environ.get("ZAIGANG_DATABASE")
    if named:
        return named
    pointer = zaigang_home() / "database"
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else OFFICE


def choose(name: str) -> None:
    """Let later commands work on `name`."""
    (zaigang_home() / "database").write_text(f"{name}\n", encoding="utf-8")


def attach(
    name: str = OFFICE, *, settings: str = "config.settings.dev", folder: Path | None = None
) -> Server | None:
    """Point Django's settings at the database before they are read; starts the embedded server if need be.

    Returns the embedded server, or None where DATABASE_URL names another.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if os.environ.get("DATABASE_URL"):
        return None
    server = start(folder or zaigang_home() / "postgres")
    server.create_database(name)
    os.environ["DATABASE_URL"] = server.url(name)
    return server
