"""The law as code against OpenFisca-core: one explained decision, and a million workers at once.

    python -m benchmarks.entitlement

CPU time, each side in a process of its own, asked in turns; the median of the rounds after the first. The two sides
must give the same answers to a mixed sample before anything is timed. OpenFisca lives in an environment of its own,
made in the user's cache folder; where it cannot be installed, the comparison is skipped and said so.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.openfisca.environment import Side, Unavailable, ours, theirs
from benchmarks.openfisca.law import write_law
from benchmarks.openfisca.workers import alike, mixed
from zaigang.engines.entitlement.calendar import month_text

SAMPLE, MANY, ROUNDS, TIMES = 50_000, 1_000_000, 9, 50
PAID, LOOKED_AT = 24, 36
LIMIT_ONE, LIMIT_MANY, LIMIT_MEGABYTES = 1 / 3, 1 / 3, 2048
UNDECIDED = 2
WORKER = {
    "place": "shanghai",
    "born": "1975-05-05",
    "left_on": "2025-12-31",
    "registered_on": "2026-01-12",
    "left_because": "closure",
    "category": "male",
    "contribution_months": 150,
    "deemed_months": 20,
    "unused_months": 0,
}


def calendar(months: int) -> list[str]:
    return [month_text(2026 * 12 + number) for number in range(months)]


def agree(mine: Side, peer: Side, folder: Path) -> int:
    """How many of the sample are decided; SystemExit where the two sides differ at all."""
    path, kept = mixed(folder / "mixed.npz", SAMPLE), (folder / "mine.npz", folder / "peer.npz")
    for side, keep in zip((mine, peer), kept, strict=True):
        side.ask("many", path=str(path), months=calendar(LOOKED_AT), keep=str(keep))
    one, other = (dict(np.load(keep)) for keep in kept)
    unsettled = (other["eligible"] == 1) & ~other["settled"]
    other["eligible"] = np.where(unsettled, UNDECIDED, other["eligible"])
    for name in one:
        different = int((one[name] != other[name]).sum())
        if different:
            raise SystemExit(f"the two sides differ in {name} for {different} of {one[name].size}")
    return int((one["eligible"] == 1).sum())


def same_single(mine: dict[str, Any], peer: dict[str, Any]) -> None:
    answer, other = mine["answer"], peer["answers"]
    assert answer["eligible"] == "yes" and other["eligible"] == [1]
    assert [answer["months"]["exact"]] == other["months_exact"]
    assert [payment["yuan"] for payment in answer["payments"]] == other["benefit"]


def in_turns(mine: Side, peer: Side, question: str, **arguments: Any) -> tuple[list[Any], list[Any]]:
    """The answers of both sides, asked in turns; the first round warms up and is left out."""
    pairs = [(mine.ask(question, **arguments), peer.ask(question, **arguments)) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs[1:]], [pair[1] for pair in pairs[1:]]


def median(answers: list[Any]) -> float:
    return statistics.median(answer["seconds"] for answer in answers)


def report(name: str, mine: float, peer: float, limit: float) -> bool:
    print(f"{name:<34}{mine * 1000:>12.3f}{peer * 1000:>14.3f}{mine / peer:>8.2f}   limit {limit:.2f}")
    return mine / peer > limit


def measure(mine: Side, peer: Side, folder: Path) -> bool:
    """Prints the table; true when a limit is broken."""
    print(
        f"openfisca-core {peer.ask('version')}; compiled or loaded in {mine.ask('compile'):.1f} s, not counted"
    )
    decided = agree(mine, peer, folder)
    print(
        f"the same answers to a sample of {SAMPLE} people, {decided} of them entitled, over {LOOKED_AT} months"
    )
    print(f"{'':<34}{'ours ms':>12}{'OpenFisca ms':>14}{'ratio':>8}")
    ones = in_turns(mine, peer, "one", worker=WORKER, months=calendar(PAID), times=TIMES)
    same_single(ones[0][0], ones[1][0])
    broken = report("one decision, explained", median(ones[0]), median(ones[1]), LIMIT_ONE)
    path = alike(folder / "alike.npz", MANY)
    crowds = in_turns(mine, peer, "many", path=str(path), months=calendar(PAID))
    name = f"{MANY} workers, {crowds[0][0]['paid']:.0f} months"
    broken |= report(name, median(crowds[0]), median(crowds[1]), LIMIT_MANY)
    megabytes = max(answer["megabytes"] for answer in crowds[0])
    print(f"peak memory of our process {megabytes:.0f} MB   limit {LIMIT_MEGABYTES} MB")
    return broken or megabytes > LIMIT_MEGABYTES


def main() -> int:
    """Return 1 when a limit is broken; 0 also where there is nobody to compare with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_law(folder / "law")
        try:
            peer = theirs(folder / "law")
        except Unavailable as reason:
            print(f"skipped: openfisca-core cannot be installed here ({reason})")
            return 0
        mine = ours()
        try:
            return int(measure(mine, peer, folder))
        finally:
            mine.close()
            peer.close()


if __name__ == "__main__":
    sys.exit(main())
