"""Shapes of the parameters around the benefit: repayment, subsidies, hard-to-place lists and the like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zaigang.engines.entitlement.shape_readers import (
    Reader,
    count,
    flag,
    number,
    only,
    record,
    true,
    word,
    words,
)

WAYS_OF_REPAYMENT = ("return", "instalments", "set_off")
CERTIFICATE_LEVELS = (5, 4, 3, 2, 1)
CIRCUMSTANCES = (
    "zero_employment_household",
    "rural_zero_transfer_poor",
    "single_parent",
    "dibao",
    "disability_card",
    "land_lost",
    "agreement_insured",
    "rural_older",
    "rural_poor_household",
    "registered_poor",
)
RESIDENCE = ("anywhere", "hukou", "hukou_or_settled")


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of hard-to-place person. Every condition that is set must hold; none set: a person decides.

    Ages in years by sex; `unemployed_months` and `registered_months` in a row, `strictly` longer when true.
    """

    code: str
    article: str
    circumstance: str | None = None
    female: int | None = None
    male: int | None = None
    unemployed_months: int | None = None
    registered_months: int | None = None
    strictly: bool = False
    drawing: bool = False
    monthly_search: bool = False


@dataclass(frozen=True, slots=True)
class HardToPlaceRule:
    residence: str
    categories: tuple[Category, ...]


_CATEGORY: Mapping[str, Reader] = {
    "circumstance": word(*CIRCUMSTANCES),
    "female": count,
    "male": count,
    "unemployed_months": count,
    "registered_months": count,
    "strictly": flag,
    "drawing": flag,
    "monthly_search": flag,
}


def text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(f"应为文字，现在是 {raw!r}")
    return raw


def hard_to_place(raw: Any) -> HardToPlaceRule:
    keys = only(raw, {"residence", "categories"})
    categories = []
    for item in keys["categories"]:
        kind = only(item, {"code", "article"}, _CATEGORY.keys())
        given = {name: _CATEGORY[name](kind[name]) for name in _CATEGORY if name in kind}
        if ("female" in given) != ("male" in given):
            raise ValueError("年龄要男女都写")
        categories.append(Category(text(kind["code"]), text(kind["article"]), **given))
    codes = [category.code for category in categories]
    if not codes or len(set(codes)) != len(codes):
        raise ValueError("各类人员的 code 不能重复，也不能一类都没有")
    return HardToPlaceRule(word(*RESIDENCE)(keys["residence"]), tuple(categories))


def pair(raw: Any) -> tuple[int, int]:
    """Two counts, the smaller first."""
    if not isinstance(raw, list) or len(raw) != 2 or count(raw[0]) > count(raw[1]):
        raise ValueError(f"应为从小到大的两个整数，现在是 {raw!r}")
    return raw[0], raw[1]


def by_level(raw: Any) -> dict[int, int | float]:
    """Yuan by level of certificate."""
    levels = only(raw, set(), set(CERTIFICATE_LEVELS))
    if not levels:
        raise ValueError("至少要有一个等级")
    return {level: number(yuan) for level, yuan in levels.items()}


_DEATH = ("pension", "work_injury", "unemployment")
_CHANNELS = ("inside_the_firm", "other_work_or_venture", "internal_retirement", "public_benefit_job")

SHAPES_AROUND: Mapping[str, Reader] = {
    # the benefit itself
    "cap_is_per_spell": true,
    "amount_frame": record({"set_by": word("province"), "at_least": word("dibao")}),
    "amount_below_minimum_wage": true,
    "period_from_registration": true,
    "paid_monthly": true,
    "pay_cutoff_day": count,
    "claim_rules_amended": true,
    "contributions_kept": true,
    "single_parent_supplement_percent": number,
    "contribution_rate_percent": number,
    "minimum_wage_hourly": number,
    "maternity_insurance": true,
    # duties and papers
    "employer_names_days": count,
    "claim_handling_working_days": count,
    "no_extra_papers": true,
    "report_stop_working_days": count,
    "ending_papers": record({"days": count, "states": words("term", "date", "job", "years")}),
    "employment_report_days": record({"hiring": count, "ending": count}),
    # money that was not due
    "overpayment": words(*WAYS_OF_REPAYMENT),
    "benefit_fraud": record({"fine_times": pair}),
    # moving
    "moving_years_add_up": true,
    "moving_claim_place": true,
    "moving_money": true,
    # other payments of the fund
    "one_death_grant_only": words(*_DEATH),
    "death_grant_amount": record(
        {"funeral_times": number, "survivors_times": number, "of": word("local_average_monthly_wage")}
    ),
    "job_seeking_allowance": record({"percent": number, "months": count}),
    "unemployment_allowance": record(
        {
            "months": count,
            "percent": number,
            "medical_insurance": flag,
            "funeral_money": flag,
            "uses_up_years": flag,
        }
    ),
    "unemployment_allowance_rate": number,
    "skill_upgrade_amounts": by_level,
    "skill_upgrade_apply_within_months": count,
    "skill_upgrade_conditions": record(
        {"contribution_months": count, "drawing": word("yes", "no", "person")},
        {"most_per_year": count, "more_for_shortage": count},
    ),
    "price_subsidy_trigger": record({"cpi": number, "pay_within_working_days": count}, {"food_cpi": number}),
    "price_subsidy_amount": word("dibao_times_index_rise"),
    "older_contributions": record({"within_months": count, "pay_first": flag}),
    "older_contributions_limits": record({"not_with_hard_to_place_subsidy": flag, "once": flag}),
    # retirement
    "flexible_retirement": record({"early_months": count, "late_months": count}),
    "pension_minimum": record({"months": count, "grows_from": count, "add": count, "most": count}),
    "early_retirement_heavy_work": record({"male": count, "female": count}),
    "no_new_early_retirement": true,
    # registration and hard-to-place people
    "may_register": words("working_age", "able_to_work", "wants_work", "unemployed"),
    "registration_card": words("employment_and_unemployment_registration", "employment_and_venture"),
    "registration_place": record(
        {"at": words("residence", "hukou", "insurance", "work")},
        {"youngest": count, "online_working_days": count},
    ),
    "hard_to_place": hard_to_place,
    "hard_to_place_subsidy_months": record({"months": count, "to_retirement_within_months": count}),
    "public_job_share_percent": number,
    "public_job_pay": number,
    # resettlement and the end of contracts
    "resettlement_channels": words(*_CHANNELS),
    "internal_retirement": record({"within_months": count}),
    "award_fund": record({"base_percent": count, "output": count, "workers": count, "hardship": count}),
    "award_fund_applies": true,
    "city_average_wage": number,
    "subsidy_base": number,
    "severance_unlawful_times": count,
    "severance_before_2008": record({"most_months_by_agreement": count}),
    "severance_tax_free_times": number,
    "protected_from_dismissal": record({"years": count, "within_months": count}),
    "mass_layoff": record({"persons": count, "percent": count, "notice_days": count}),
}
