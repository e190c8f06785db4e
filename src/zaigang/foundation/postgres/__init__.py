"""PostgreSQL that starts with the program and goes with it, from binaries in a wheel."""

from zaigang.foundation.postgres.binaries import find_binaries
from zaigang.foundation.postgres.errors import PostgresError
from zaigang.foundation.postgres.server import Server, start

__all__ = ["PostgresError", "Server", "find_binaries", "start"]
