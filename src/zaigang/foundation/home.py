"""Where this user's own files of the program lie."""

import os
import sys
from pathlib import Path


def zaigang_home() -> Path:
    """Returns the absolute folder of this user's data: keys, the embedded database, backups.

    `ZAIGANG_HOME` decides where it is set; else the platform's place for user data. Made, 0700, if missing.
    """
    named = os.environ.get("ZAIGANG_HOME")
    home = Path(named).expanduser().absolute() if named else _user_data() / "zaigang"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def _user_data() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    given = os.environ.get("XDG_DATA_HOME", "")
    # The XDG rule: a path that is not absolute is to be ignored.
    return Path(given) if os.path.isabs(given) else Path.home() / ".local" / "share"
