"""A cohort and its options placed at a proved distance from the best possible plan."""

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadColumns, BadMarket, MatchingError
from zaigang.engines.matching.fairness import FloorPlan, GroupAudit, audit, solve_with_floor
from zaigang.engines.matching.offers import Offers, offers
from zaigang.engines.matching.problem import Market, market_from_edges

__all__ = [
    "BadColumns",
    "BadMarket",
    "Certificate",
    "FloorPlan",
    "GroupAudit",
    "Market",
    "MatchingError",
    "Offers",
    "Plan",
    "audit",
    "certificate",
    "market_from_edges",
    "offers",
    "solve",
    "solve_with_floor",
]
