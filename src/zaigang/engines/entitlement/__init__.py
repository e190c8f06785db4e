"""What the law gives to a person who lost their work: dated, cited, exact or honestly bounded.

Pure functions over immutable facts; the only files read are the parameters and the texts beside this one.
"""

from zaigang.engines.entitlement.around.overpayment import Overpayment, overpayment
from zaigang.engines.entitlement.decision import Decision, decide
from zaigang.engines.entitlement.errors import BadFacts, BadParameters, EntitlementError
from zaigang.engines.entitlement.facts import AgencyMonths, Event, Facts, facts_from_mapping
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.materials import Material, materials
from zaigang.engines.entitlement.retirement import retirement, retirement_date
from zaigang.engines.entitlement.severance import severance

__all__ = [
    "AgencyMonths",
    "BadFacts",
    "BadParameters",
    "Decision",
    "EntitlementError",
    "Event",
    "Facts",
    "Material",
    "Overpayment",
    "decide",
    "facts_from_mapping",
    "load_parameters",
    "materials",
    "overpayment",
    "retirement",
    "retirement_date",
    "severance",
]
