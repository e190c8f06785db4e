"""Importing 100,000 rows against checking them: wall time, since the database works too. Limit: four times.

The import here is all of it: people, cases, search terms, ledger, sealed rows. First decisions are timed apart.
"""

import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.database import fresh_database
from benchmarks.roster_check import MANY, write

LIMIT = 4.0


def main() -> bool:
    """Print the table; whether the ratio is within the limit."""
    with tempfile.TemporaryDirectory() as folder, fresh_database():
        from zaigang.claims.actions import decide_closure
        from zaigang.foundation import clock
        from zaigang.offices.actions import operator, receiving_office
        from zaigang.roster.handing_in import hand_in
        from zaigang.roster.models import Closure
        from zaigang.roster.reading import check, read_workbook
        from zaigang.roster.signals import roster_imported

        path = write(Path(folder) / "roster.xlsx", MANY)
        receiving_office()
        with clock.at(date(2016, 1, 11)):
            started = time.monotonic()
            checked = check(read_workbook(path), today=clock.today())
            checking = time.monotonic() - started
            roster_imported.disconnect(dispatch_uid="claims.roster_imported")
            started = time.monotonic()
            summary = hand_in(
                checked, closure_code="BENCH", file_name="roster.xlsx", sha256="0", by=operator()
            )
            importing = time.monotonic() - started
            started = time.monotonic()
            decide_closure(closure=Closure.objects.get(), by=operator())
            deciding = time.monotonic() - started
    print(f"import of {MANY:,} rows ({summary.new:,} people)")
    print(
        f"  check {checking:.1f} s   import {importing:.1f} s   ratio {importing / checking:.2f} (limit {LIMIT})"
    )
    print(f"  first decisions of everybody, after it: {deciding:.1f} s")
    return importing <= LIMIT * checking


if __name__ == "__main__":
    raise SystemExit(not main())
