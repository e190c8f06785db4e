"""Runs in OpenFisca's environment: `python peer.py LAW` answers questions, one JSON line for each.

CPU time is that of the evaluation alone: imports, the country package and reading the file are excluded.
"""

import gc
import json
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import rules
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.simulations import SimulationBuilder

COUNTRY = rules.system(Path(sys.argv[1]))
ENUMS = {"left_because": rules.Ending, "category": rules.Category, "place": rules.Place}
WHOLE = ("eligible", "settled", "months_exact", "months_at_most")
MONTHLY = ("benefit", "status")


def answers(simulation, months):
    whole = {name: simulation.calculate(name, rules.CLAIM) for name in WHOLE}
    return whole | {name: [simulation.calculate(name, month) for month in months] for name in MONTHLY}


def many(path, months, keep=None):
    """Seconds for all the people of a file, from arrays to arrays."""
    given = dict(np.load(path))
    enums = {name: EnumArray(given[name].astype(np.uint8), kind) for name, kind in ENUMS.items()}
    gc.collect()
    start = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(COUNTRY, count=len(given["born"]))
    for name, array in (given | enums).items():
        simulation.set_input(name, "ETERNITY", array)
    found = answers(simulation, months)
    seconds = time.process_time() - start
    if keep:
        np.savez(keep, **{name: np.array(array) for name, array in found.items()})
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def one(worker, months, times):
    """Seconds of each of `times` evaluations of one worker by the dict interface, and the last answer."""
    facts = {name: {"ETERNITY": value} for name, value in worker.items()}
    start = time.process_time()
    for _ in range(times):
        simulation = SimulationBuilder().build_from_dict(COUNTRY, {"persons": {"worker": facts}})
        found = answers(simulation, months)
    seconds = (time.process_time() - start) / times
    return {
        "seconds": seconds,
        "answers": {name: np.array(array).ravel().tolist() for name, array in found.items()},
    }


QUESTIONS = {"many": many, "one": one, "version": lambda: version("openfisca-core")}

for line in sys.stdin:
    name, arguments = json.loads(line)
    print(json.dumps(QUESTIONS[name](**arguments)), flush=True)
