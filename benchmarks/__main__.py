"""`make bench`: every measurement, each in a process of its own, with a verdict at the end."""

import subprocess
import sys

MEASUREMENTS = (
    "roster_check", "roster_import", "search", "sign_in", "hall_walk", "one_stop", "entitlement", "matching",
    "matching_peers", "matching_large", "candidates", "matching_live", "matching_offers", "matching_partitioned",
    "matching_paths", "matching_fair",
)  # fmt: skip

for name in MEASUREMENTS:
    print(f"== {name}", flush=True)
    subprocess.run([sys.executable, "-W", "ignore", "-m", f"benchmarks.{name}"], check=True)
