"""Something that another session does while this one is in the middle of its transaction."""

from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep
from typing import Any

from django.db import connections

from tests.conftest import TODAY
from tests.processes import waiting_for_a_lock
from zaigang.foundation import clock

PATIENCE = 20.0


class Meanwhile:
    """Runs `act` in a session of its own. `began` returns when it waits for a lock, or is done."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act, self._told = act, []  # type: ignore[var-annotated]
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        try:
            with clock.at(TODAY):
                self._told.append(self._act())
        except BaseException as error:
            self._told.append(error)
        finally:
            connections.close_all()

    def began(self) -> "Meanwhile":
        self._thread.start()
        end = monotonic() + PATIENCE
        while self._thread.is_alive() and not waiting_for_a_lock() and monotonic() < end:
            sleep(0.02)
        return self

    def result(self) -> Any:
        """What came of it, an error included."""
        self._thread.join(PATIENCE)
        return self._told[0]
