"""After warming the planner's loops are there."""

from zaigang.engines.matching import faults, kernels, offer_kernels
from zaigang.engines.matching.paths import kernels as path_kernels
from zaigang.engines.matching.warming import warm


def test_every_loop_of_the_command_line_is_compiled() -> None:
    assert warm() > 0
    loops = (
        kernels.sort_pairs, kernels.forward, kernels.reverse, offer_kernels.offer,
        offer_kernels.find_takers, faults.first_fault, path_kernels.by_vacancy, path_kernels.class_gains,
    )  # fmt: skip
    assert [len(loop.signatures) for loop in loops] == [1] * len(loops)
