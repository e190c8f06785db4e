"""Tests: a database server of their own, started here because pytest reads the settings before any fixture."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from zaigang.foundation.crypto.keys import Keys

_HOME = Path(tempfile.gettempdir()) / f"zaigang-tests-{os.getuid()}"
_HOME.mkdir(mode=0o700, exist_ok=True)

if "DATABASE_URL" not in os.environ:
    from zaigang.foundation.postgres import start

    _binaries = os.environ.get("ZAIGANG_TEST_POSTGRES")
    _name = sha256(f"{Path(__file__).resolve()}{_binaries}".encode()).hexdigest()[:12]
    _server = start(_HOME / _name, binaries=Path(_binaries) if _binaries else None, fast=True)
    os.environ["DATABASE_URL"] = _server.url("postgres")

# The tests' home is a folder of their own, so that nobody's keys or databases are touched.
os.environ["ZAIGANG_HOME"] = str(_HOME)

from config.settings.base import *  # noqa: E402, F403
from config.settings.base import DATABASES  # noqa: E402

# Two runs at once must not drop each other's database.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"}
# A statement that waits for ever (two programs, one lock) fails its test instead of hanging the run.
DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=120s"
ZAIGANG_KEYS = Keys(secret="for tests only", fields={1: b"1" * 32}, current=1, index=b"i" * 32)
SECRET_KEY = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECOND_FACTOR_REQUIRED = False
