"""The process that does the jobs: `python -m zaigang.cli.working PARENT`. Started by `zaigang serve`.

It ends when it is told to, and when the process PARENT is gone; the next worker then does the job again.
"""

import os
import sys

from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from zaigang.cli.setup import load_django
from zaigang.foundation.parent import end_with


def main(parent: int) -> None:
    """Work until told to stop. Settings and database come by the environment."""
    end_with(parent)
    if os.getpgrp() != os.getpid():
        os.setsid()  # Ctrl+C is for `zaigang serve`, which then tells this process to stop
    load_django()
    from zaigang.jobs.worker import work  # noqa: PLC0415 -- models load after the settings

    try:
        work()
    except (OperationalError, ConnectorException) as error:
        sys.exit(f"后台任务：连不上数据库（{type(error.__cause__ or error).__name__}）")


if __name__ == "__main__":
    main(int(sys.argv[1]))
