"""One market planned in parts, each by a process of its own: what crosses a border travels once a round."""

from zaigang.engines.matching.partition.driver import solve_partitioned
from zaigang.engines.matching.partition.executors import Executor, InProcess, OnDask
from zaigang.engines.matching.partition.rounds import Journey
from zaigang.engines.matching.partition.shares import Share, Split, split

__all__ = ["Executor", "InProcess", "Journey", "OnDask", "Share", "Split", "solve_partitioned", "split"]
