"""Tests: a database server of their own, started here because pytest reads the settings before any fixture."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from zaigang.foundation.crypto.keys import Keys

if "DATABASE_URL" not in os.environ:
    from zaigang.foundation.postgres import start

    _binaries = os.environ.get("ZAIGANG_TEST_POSTGRES")
    _name = sha256(f"{Path(__file__).resolve()}{_binaries}".encode()).hexdigest()[:12]
    _folder = Path(tempfile.gettempdir()) / f"zaigang-tests-{os.getuid()}" / _name
    _folder.parent.mkdir(mode=0o700, exist_ok=True)
    _server = start(_folder, binaries=Path(_binaries) if _binaries else None, fast=True)
    os.environ["DATABASE_URL"] = _server.url("postgres")

from config.settings.base import *  # noqa: F403

ZAIGANG_KEYS = Keys(secret="for tests only", fields={1: b"1" * 32}, current=1, index=b"i" * 32)
SECRET_KEY = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECOND_FACTOR_REQUIRED = False
