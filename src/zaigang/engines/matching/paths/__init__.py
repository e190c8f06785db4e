"""Plans of paths that use two resources: a class seat, then a seat in a vacancy that the class opens."""

from zaigang.engines.matching.paths.certify import path_bound, path_certificate
from zaigang.engines.matching.paths.explain import why_path
from zaigang.engines.matching.paths.problem import NONE, PathMarket, path_market_from_rows
from zaigang.engines.matching.paths.search import PathPlan, Stop, solve_paths

__all__ = [
    "NONE",
    "PathMarket",
    "PathPlan",
    "Stop",
    "path_bound",
    "path_certificate",
    "path_market_from_rows",
    "solve_paths",
    "why_path",
]
