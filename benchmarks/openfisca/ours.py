"""Our side, in a process of its own: `python -m benchmarks.openfisca.ours` answers the questions of `peer.py`."""

import json
import resource
import sys
import time
from typing import Any

import numpy as np

from benchmarks.openfisca.law import PLACES
from zaigang.engines.entitlement import decide, facts_from_mapping
from zaigang.engines.entitlement.many import Columns, Decisions, decide_many, warm
from zaigang.engines.entitlement.many.columns import columns

FIRST = 2026 * 12
CATEGORY_OF_MEN = 0


def columns_of_file(path: str) -> Columns:
    """The workers of a file as columns: each is decided on the day of registration."""
    given = dict(np.load(path))
    unborn = given["born"] == np.datetime64("1800-01-01")
    rows = len(given["born"])
    made = columns(
        rows,
        territory=PLACES["licang"],
        decide_on=given["registered_on"],
        sex=np.where(given["category"] == CATEGORY_OF_MEN, 0, 1),
        born=np.where(unborn, np.datetime64("NaT"), given["born"]),
        retirement_category=given["category"],
        applied_on=given["registered_on"],
        **{name: given[name] for name in ("left_on", "left_because", "registered_on")},
        **{name: given[name] for name in ("contribution_months", "deemed_months", "unused_months")},
    )
    made.territory[:] = given["place"]
    arrays = {name: getattr(made, name) for name in Columns.__slots__ if name != "territories"}
    return Columns(tuple(PLACES.values()), **arrays)


def by_calendar(decisions: Decisions, months: int) -> dict[str, np.ndarray]:
    """The payments laid out by calendar month, as the peer answers."""
    rows, fen = len(decisions), np.zeros((months, len(decisions)))
    status = np.full((months, rows), -1)
    for place in range(decisions.horizon):
        paid = np.flatnonzero(decisions.status[:, place] >= 0)
        month = decisions.month[paid, place] - FIRST
        inside = month < months
        fen[month[inside], paid[inside]] = decisions.fen[paid[inside], place]
        status[month[inside], paid[inside]] = decisions.status[paid[inside], place]
    return {"benefit": fen / 100, "status": status}


def many(path: str, months: list[str], keep: str | None = None) -> dict[str, float]:
    people = columns_of_file(path)
    start = time.process_time()
    decisions = decide_many(people, horizon=None if keep else len(months))
    seconds = time.process_time() - start
    if keep:
        whole = {name: getattr(decisions, name) for name in ("eligible", "months_exact", "months_at_most")}
        np.savez(keep, **whole, **by_calendar(decisions, len(months)))
    paid = float(np.minimum(decisions.count, len(months)).mean())
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": megabytes, "paid": paid}


def one(worker: dict[str, Any], months: list[str], times: int) -> dict[str, Any]:
    """Seconds of one explained decision: facts from a mapping, the decision, its JSON in both languages."""
    facts = {key: value for key, value in worker.items() if key not in ("place", "category")}
    facts |= {
        "territory": PLACES[worker["place"]],
        "decide_on": worker["registered_on"],
        "retirement_category": worker["category"],
        "sex": "male" if worker["category"] == "male" else "female",
    }
    start = time.process_time()
    for _ in range(times):
        answer = decide(facts_from_mapping(facts)).as_json()
    seconds = (time.process_time() - start) / times
    return {"seconds": seconds, "answer": answer}


QUESTIONS = {"many": many, "one": one, "compile": warm}

if __name__ == "__main__":
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(QUESTIONS[name](**arguments)), flush=True)
