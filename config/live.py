"""The live stream of the hall's screens, as an ASGI application: a program of its own beside the pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

from zaigang.hall.live import Live

application = Live()
