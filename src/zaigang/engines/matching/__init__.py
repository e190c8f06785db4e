"""A cohort and its options placed at a proved distance from the best possible plan."""

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadColumns, BadMarket, MatchingError
from zaigang.engines.matching.fairness import FloorPlan, GroupAudit, audit, solve_with_floor
from zaigang.engines.matching.incremental import Change, Live
from zaigang.engines.matching.offers import Offers, offers
from zaigang.engines.matching.problem import Market, market_from_edges
from zaigang.engines.matching.whatif import Gain, Shortage, add_seats, marginal_value, shortages

__all__ = [
    "BadColumns",
    "BadMarket",
    "Certificate",
    "Change",
    "FloorPlan",
    "Gain",
    "GroupAudit",
    "Live",
    "Market",
    "MatchingError",
    "Offers",
    "Plan",
    "Shortage",
    "add_seats",
    "audit",
    "certificate",
    "marginal_value",
    "market_from_edges",
    "offers",
    "shortages",
    "solve",
    "solve_with_floor",
]
