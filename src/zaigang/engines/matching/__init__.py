"""A cohort and its options placed at a proved distance from the best possible plan."""

from zaigang.engines.matching.access import (
    Access,
    AccessAudit,
    Article,
    Status,
    audit_access,
    groups_by_status,
)
from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.candidates import Candidates, Options, Rules, Workers, find_candidates
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadColumns, BadMarket, MatchingError
from zaigang.engines.matching.explain import Line, why, why_not
from zaigang.engines.matching.fairness import (
    FloorPlan,
    GroupAudit,
    audit,
    difference,
    solve_at_parity,
    solve_with_floor,
)
from zaigang.engines.matching.floors import Floor, FloorsPlan, solve_with_floors
from zaigang.engines.matching.incremental import Change, Live
from zaigang.engines.matching.offers import Offers, offers
from zaigang.engines.matching.overlapping import solve_with_overlapping_floors
from zaigang.engines.matching.paths import (
    PathMarket,
    PathPlan,
    path_certificate,
    path_market_from_rows,
    solve_paths,
)
from zaigang.engines.matching.problem import Market, market_from_edges
from zaigang.engines.matching.shortfall import FloorsNotFound, ImpossibleFloors, Shortfall, Weighing
from zaigang.engines.matching.whatif import Gain, Shortage, add_seats, marginal_value, shortages

__all__ = [
    "Access",
    "AccessAudit",
    "Article",
    "BadColumns",
    "BadMarket",
    "Candidates",
    "Certificate",
    "Change",
    "Floor",
    "FloorPlan",
    "FloorsNotFound",
    "FloorsPlan",
    "Gain",
    "GroupAudit",
    "ImpossibleFloors",
    "Line",
    "Live",
    "Market",
    "MatchingError",
    "Offers",
    "Options",
    "PathMarket",
    "PathPlan",
    "Plan",
    "Rules",
    "Shortage",
    "Shortfall",
    "Status",
    "Weighing",
    "Workers",
    "add_seats",
    "audit",
    "audit_access",
    "certificate",
    "difference",
    "find_candidates",
    "groups_by_status",
    "marginal_value",
    "market_from_edges",
    "offers",
    "path_certificate",
    "path_market_from_rows",
    "shortages",
    "solve",
    "solve_at_parity",
    "solve_paths",
    "solve_with_floor",
    "solve_with_floors",
    "solve_with_overlapping_floors",
    "why",
    "why_not",
]
