"""A cohort and its options placed at a proved distance from the best possible plan."""

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadMarket, MatchingError
from zaigang.engines.matching.offers import Offers, offers
from zaigang.engines.matching.problem import Market, market_from_edges

__all__ = [
    "BadMarket",
    "Certificate",
    "Market",
    "MatchingError",
    "Offers",
    "Plan",
    "certificate",
    "market_from_edges",
    "offers",
    "solve",
]
