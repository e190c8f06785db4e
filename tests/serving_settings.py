"""Settings of a server that tests start beside themselves: as the tests', with the second factor required."""

from config.settings.test import *  # noqa: F403

SECOND_FACTOR_REQUIRED = True
# One second factor is asked for in the session: see tests.serving.signed_in.
