"""What the law gives to a person who lost their work: dated, cited, exact or honestly bounded.

Pure functions over immutable facts; the only files read are the parameters and the texts beside this one.
"""

from zaigang.engines.entitlement.around.ask import QUESTIONS, ask
from zaigang.engines.entitlement.around.drawing import PayBy, Rights, pay_by, rights
from zaigang.engines.entitlement.around.duties import Duties, duties
from zaigang.engines.entitlement.around.endings import DismissalChecks, dismissal_checks
from zaigang.engines.entitlement.around.grants import (
    FuneralGrant,
    JobSeekingAllowance,
    PriceSubsidy,
    SingleParentSupplement,
    UnemploymentAllowance,
    funeral_grant,
    job_seeking_allowance,
    price_subsidy,
    single_parent_supplement,
    unemployment_allowance,
)
from zaigang.engines.entitlement.around.hard_to_place import HardToPlace, hard_to_place
from zaigang.engines.entitlement.around.moving import Moving, moving
from zaigang.engines.entitlement.around.overpayment import Overpayment, overpayment
from zaigang.engines.entitlement.around.pension import (
    FlexibleRetirement,
    InternalRetirement,
    OlderContributions,
    flexible_retirement,
    internal_retirement,
    older_contributions,
)
from zaigang.engines.entitlement.around.registering import Registration, registration
from zaigang.engines.entitlement.around.skills import SkillUpgradeSubsidy, skill_upgrade_subsidy
from zaigang.engines.entitlement.decision import Decision, decide
from zaigang.engines.entitlement.errors import BadFacts, BadParameters, EntitlementError
from zaigang.engines.entitlement.facts import AgencyMonths, Event, Facts, facts_from_mapping
from zaigang.engines.entitlement.loader import load_parameters, read_territory, with_file
from zaigang.engines.entitlement.materials import Material, materials
from zaigang.engines.entitlement.parameters import Library, Territory
from zaigang.engines.entitlement.retirement import retirement, retirement_date
from zaigang.engines.entitlement.severance import severance

__all__ = [
    "QUESTIONS",
    "AgencyMonths",
    "BadFacts",
    "BadParameters",
    "Decision",
    "DismissalChecks",
    "Duties",
    "EntitlementError",
    "Event",
    "Facts",
    "FlexibleRetirement",
    "FuneralGrant",
    "HardToPlace",
    "InternalRetirement",
    "JobSeekingAllowance",
    "Library",
    "Material",
    "Moving",
    "OlderContributions",
    "Overpayment",
    "PayBy",
    "PriceSubsidy",
    "Registration",
    "Rights",
    "SingleParentSupplement",
    "SkillUpgradeSubsidy",
    "Territory",
    "UnemploymentAllowance",
    "ask",
    "decide",
    "dismissal_checks",
    "duties",
    "facts_from_mapping",
    "flexible_retirement",
    "funeral_grant",
    "hard_to_place",
    "internal_retirement",
    "job_seeking_allowance",
    "load_parameters",
    "materials",
    "moving",
    "older_contributions",
    "overpayment",
    "pay_by",
    "price_subsidy",
    "read_territory",
    "registration",
    "retirement",
    "retirement_date",
    "rights",
    "severance",
    "single_parent_supplement",
    "skill_upgrade_subsidy",
    "unemployment_allowance",
    "with_file",
]
