"""Shapes of the parameters around the benefit: repayment, subsidies, hard-to-place lists and the like."""

from collections.abc import Mapping
from typing import Any

from zaigang.engines.entitlement.shape_readers import Reader, count, record, words

WAYS_OF_REPAYMENT = ("return", "instalments", "set_off")


def pair(raw: Any) -> tuple[int, int]:
    """Two counts, the smaller first."""
    if not isinstance(raw, list) or len(raw) != 2 or count(raw[0]) > count(raw[1]):
        raise ValueError(f"应为从小到大的两个整数，现在是 {raw!r}")
    return raw[0], raw[1]


SHAPES_AROUND: Mapping[str, Reader] = {
    "overpayment": words(*WAYS_OF_REPAYMENT),
    "benefit_fraud": record({"fine_times": pair}),
    "report_stop_working_days": count,
}
