"""From what is known of workers and options to the pairs that a plan may choose from."""

from zaigang.engines.matching.candidates.columns import (
    NOT_STATED,
    Options,
    Workers,
    metres_from_degrees,
    skill_bits,
)
from zaigang.engines.matching.candidates.openings import Opening, counted, openings
from zaigang.engines.matching.candidates.rules import REJECTIONS, Rejection, Rules, Weights
from zaigang.engines.matching.candidates.search import BEST, CELL, Candidates, find_candidates
from zaigang.engines.matching.candidates.verdict import Terms, Verdict, verdict

__all__ = [
    "BEST",
    "CELL",
    "NOT_STATED",
    "REJECTIONS",
    "Candidates",
    "Opening",
    "Options",
    "Rejection",
    "Rules",
    "Terms",
    "Verdict",
    "Weights",
    "Workers",
    "counted",
    "find_candidates",
    "metres_from_degrees",
    "openings",
    "skill_bits",
    "verdict",
]
