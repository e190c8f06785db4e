"""The same plan on the processes of a real cluster."""

import subprocess
import sys

PROGRAM = """
import numpy as np
from distributed import Client, LocalCluster
from tests.engines.matching.markets import family
from zaigang.engines.matching.partition import OnDask, solve_partitioned

if __name__ == "__main__":
    market = family("coarse", workers=2_000, options=800, pairs=20, seed=5)
    owner = np.arange(800) % 3
    here, journey = solve_partitioned(market, owner)
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None
    )
    with cluster, Client(cluster) as client:
        pids = len(set(client.run(__import__("os").getpid).values()))
        there, again = solve_partitioned(market, owner, executor=OnDask(client))
    same = here.choice.tobytes() == there.choice.tobytes() and here.price.tobytes() == there.price.tobytes()
    print(pids, same, journey == again, there.certificate.gap <= 0.001)
"""


def test_two_processes_plan_what_one_does() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "2 True True True\n"), done.stderr
