"""Where the parts live: in this process, or on the workers of a Dask cluster."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from zaigang.engines.matching.errors import MatchingError
from zaigang.engines.matching.partition.part import Part
from zaigang.engines.matching.partition.shares import Share


class Executor(Protocol):
    """Holds one Part for each share and calls the same method on all of them, each with arguments of its own."""

    def start(self, shares: Sequence[Share]) -> None: ...

    def call(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """One exchange: the results in the order of the shares. An error in any part is raised here."""
        ...

    def stop(self) -> None: ...


class InProcess:
    """The parts in this process, `threads` of them at a time (the loops let go of the interpreter)."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._parts: list[Part] = []

    def start(self, shares: Sequence[Share]) -> None:
        self._pool = ThreadPoolExecutor(self._threads) if self._threads > 1 else None
        self._parts = [Part(share) for share in shares]

    def call(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        calls = [(getattr(part, method), given) for part, given in zip(self._parts, arguments, strict=True)]
        if self._pool is None:
            return [run(*given) for run, given in calls]
        return [future.result() for future in [self._pool.submit(run, *given) for run, given in calls]]

    def stop(self) -> None:
        self._parts = []
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


class OnDask:
    """The parts as actors on the workers of a cluster, in turn. `client` is a `distributed.Client`.

    A worker that is lost ends the plan with the error of the cluster; nothing is planned in its stead.
    The package `distributed` is an optional extra (`pip install zaigang[dask]`) and not imported here.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._actors: list[Any] = []

    def start(self, shares: Sequence[Share]) -> None:
        machines = sorted(self._client.scheduler_info(n_workers=-1)["workers"])
        if not machines:
            raise MatchingError("集群里没有工作进程", "client", "请先启动工作进程，再重新排。")
        # Shares are sent apart from the call: a cluster passes large arguments on badly.
        futures = [
            self._client.submit(
                Part, self._client.scatter(share, workers=[machine], hash=False), actor=True, workers=[machine],
                pure=False,
            )
            for share, machine in zip(shares, _in_turn(machines, len(shares)), strict=True)
        ]  # fmt: skip
        self._actors = [future.result() for future in futures]

    def call(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        pairs = zip(self._actors, arguments, strict=True)
        answers = [getattr(actor, method)(*given) for actor, given in pairs]
        return [answer.result() for answer in answers]

    def stop(self) -> None:
        self._actors = []


def _in_turn(machines: Sequence[str], number: int) -> list[str]:
    return [machines[k % len(machines)] for k in range(number)]
