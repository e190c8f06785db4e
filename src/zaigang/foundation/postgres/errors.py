"""What can go wrong with the embedded server, in words."""

from zaigang.foundation.errors import ZaigangError


class PostgresError(ZaigangError):
    """The embedded server cannot be used as asked; names the folder and the way out."""
