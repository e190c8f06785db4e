"""`make bench`: every measurement, each in a process of its own, and at the end which of them missed its bar.

`python -m benchmarks NAME ...` takes these alone. Exit status 1 when a bar was missed or a measurement broke down.
"""

import subprocess
import sys
from time import monotonic

MEASUREMENTS = (
    "roster_check", "roster_import", "search", "sign_in", "hall_walk", "one_stop", "entitlement", "matching",
    "matching_peers", "matching_large", "candidates", "matching_live", "matching_offers", "matching_partitioned",
    "matching_paths", "matching_fair",
)  # fmt: skip


def measure(name: str) -> tuple[bool, float]:
    """Whether the bar was kept, and the seconds on the wall. A measurement that misses it exits with a status."""
    print(f"== {name}", flush=True)
    started = monotonic()
    ended = subprocess.run([sys.executable, "-W", "ignore", "-m", f"benchmarks.{name}"], check=False)
    return ended.returncode == 0, monotonic() - started


def main(names: list[str]) -> bool:
    """Take the measurements; whether each kept its bar."""
    if unknown := set(names) - set(MEASUREMENTS):
        sys.exit(f"no measurement named {', '.join(sorted(unknown))}: {', '.join(MEASUREMENTS)}")
    taken = {name: measure(name) for name in names or MEASUREMENTS}
    print("==")
    for name, (kept, seconds) in taken.items():
        print(f"{name:22} {seconds:6.0f} s  {'ok' if kept else 'MISSED'}")
    return all(kept for kept, _seconds in taken.values())


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
