"""One machine: laptop, demo, a single office. The embedded database is started by the `zaigang` command."""

from config.settings.base import *  # noqa: F403
from config.settings.base import keys

ZAIGANG_KEYS = keys()
SECRET_KEY = ZAIGANG_KEYS.secret
