"""A program that runs beside this one for as long as this one does."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

#: Seconds that it has to end by itself before it is killed.
PATIENCE = 15.0
#: Seconds of waiting before it is started again, doubled each time up to the second.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
#: A program that ran so many seconds was well: the next pause is the first one again.
WELL_AFTER = 60.0


@contextmanager
def kept_beside(command: Sequence[str]) -> Iterator["Keeper"]:
    """Run `command` during the block, starting it again whenever it ends; told to stop (SIGTERM) at the end.

    The program should give itself a session (`os.setsid`), so that Ctrl+C at the terminal reaches it by way of this
    one, and must end by itself when this process is killed without a word (`foundation.parent`).
    """
    keeper = Keeper(command)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


class Keeper(threading.Thread):
    """Starts the program, waits for its end, starts it again."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self.command = list(command)
        self.process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._starting = threading.Lock()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while (process := self._start()) is not None:
            started = monotonic()
            process.wait()
            pause = FIRST_PAUSE if monotonic() - started > WELL_AFTER else pause
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _start(self) -> "subprocess.Popen[bytes] | None":
        with self._starting:  # never a new one after `stop` looked for the last
            if self._stopping.is_set():
                return None
            # close_fds=False lets Python spawn instead of fork: a fork waits for a pipe to be closed, which a web
            # server that forks its own workers at the same moment would keep open for ever.
            self.process = subprocess.Popen(  # noqa: S603 -- our own program
                self.command, stdin=subprocess.DEVNULL, close_fds=False
            )
            return self.process

    def stop(self) -> None:
        """Tell the program to end, and wait until it has."""
        with self._starting:
            self._stopping.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.join()
