"""A process that must not outlive the one that started it: a parent killed with -9 can tell nobody."""

import os
import threading
import time

#: Environment variable that names the parent, set by whoever starts the process.
PARENT = "ZAIGANG_PARENT"
LOOK_EVERY = 0.5


def end_with_parent() -> None:
    """Where PARENT names this process's parent, end when it is gone. Called once, at the start."""
    named = os.environ.get(PARENT, "")
    if named.isdigit() and os.getppid() == int(named):
        end_with(int(named))


def end_with(parent: int) -> None:
    """End when `parent` is not this process's parent any more, at once when it has gone before this is called."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(0)
