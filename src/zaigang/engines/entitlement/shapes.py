"""The shapes a parameter's value can have, and the reading of each from plain YAML.

Every reader takes the raw YAML value and returns the typed one; ValueError says what is wrong with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from zaigang.engines.entitlement.calendar import parse_month
from zaigang.engines.entitlement.shape_readers import count, number, only, true
from zaigang.engines.entitlement.shapes_around import SHAPES_AROUND

Material = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Band:
    """From `at_least` months of contributions on: `months` of benefit, `add` more for each full `every`.

    A rest of more than `rest_over` months counts as a full `every` too; None: a rest counts for nothing.
    """

    at_least: int
    months: int
    add: int = 0
    every: int = 12
    most: int | None = None
    rest_over: int | None = None

    def months_for(self, contributed: int) -> int:
        times, rest = divmod(contributed - self.at_least, self.every)
        if self.rest_over is not None and rest > self.rest_over:
            times += 1
        months = self.months + self.add * times
        return months if self.most is None else min(months, self.most)


@dataclass(frozen=True, slots=True)
class Table:
    """Months of benefit by months of contributions: steps, increments by band or by half-year, and a cap."""

    bands: tuple[Band, ...]
    cap: int

    def months_for(self, contributed: int) -> int:
        months = 0
        for band in self.bands:
            if contributed < band.at_least:
                break
            months = band.months_for(contributed)
        return min(months, self.cap)


@dataclass(frozen=True, slots=True)
class Readings:
    """One table, or several where the text can be read in more than one way."""

    tables: tuple[Table, ...]

    def exact(self, contributed: int) -> int | None:
        """The months, where every reading gives the same."""
        found = {table.months_for(contributed) for table in self.tables}
        return found.pop() if len(found) == 1 else None

    def most(self, contributed: int) -> int:
        return max(table.months_for(contributed) for table in self.tables)


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan per month: fixed, by month of draw, by months of contributions, or a share of the minimum wage.

    By contributions: (months of contributions from which a sum counts, yuan), and from month of draw
    `lowest_from_draw` on the lowest sum for everybody (Beijing's shape).
    """

    by_draw: tuple[tuple[int, int | float], ...] = ()
    extension: int | float | None = None
    percent_of_minimum_wage: int | float | None = None
    by_contributed: tuple[tuple[int, int | float], ...] = ()
    lowest_from_draw: int | None = None

    def yuan_by_tier(self, draw: int, contributed: int) -> int | float | None:
        """The sum for so many months of contributions; None below the first tier."""
        if self.lowest_from_draw is not None and draw >= self.lowest_from_draw:
            return min(yuan for _, yuan in self.by_contributed)
        tiers = [yuan for since, yuan in self.by_contributed if since <= contributed]
        return tiers[-1] if tiers else None

    def yuan_of(self, draw: int, extension: bool) -> int | float:
        if extension and self.extension is not None:
            return self.extension
        return [yuan for since, yuan in self.by_draw if since <= draw][-1]


@dataclass(frozen=True, slots=True)
class RetirementAge:
    """Age in years; births from month `delay_from` on: a month more for each `every` begun, up to `most`."""

    years: int
    delay_from: int | None = None
    every: int = 1
    most: int = 0

    def delay(self, birth_month: int) -> int:
        if self.delay_from is None or birth_month < self.delay_from:
            return 0
        return min((birth_month - self.delay_from) // self.every + 1, self.most)


@dataclass(frozen=True, slots=True)
class Extension:
    """Months used up with less than `within_months` to retirement: on to that age, `most` months at most."""

    within_months: int
    most: int


@dataclass(frozen=True, slots=True)
class SeveranceRule:
    cap_times_average: int
    cap_months: int
    due: Mapping[str, str]


def table(raw: Any) -> Table:
    keys = only(raw, {"bands", "cap"})
    bands = []
    for item in keys["bands"]:
        band = only(item, {"at_least", "months"}, {"add", "every", "most", "rest_over"})
        bands.append(Band(**{name: count(value) for name, value in band.items()}))
    starts = [band.at_least for band in bands]
    if not bands or starts != sorted(set(starts)):
        raise ValueError("缴费月数的各档应从小到大，不能重复")
    if any(band.every == 0 for band in bands):
        raise ValueError("every 不能是0")
    if any(band.rest_over is not None and band.rest_over >= band.every for band in bands):
        raise ValueError("rest_over 应小于 every")
    return Table(tuple(bands), count(keys["cap"]))


def readings(raw: Any) -> Readings:
    if isinstance(raw, dict) and "readings" in raw:
        return Readings(tuple(table(item) for item in only(raw, {"readings"})["readings"]))
    return Readings((table(raw),))


_WAYS = ("fixed", "by_month_of_draw", "percent_of_minimum_wage", "by_contributed")


def amount(raw: Any) -> Amount:
    keys = only(raw, set(), {*_WAYS, "extension", "lowest_from_draw"})
    ways = [name for name in _WAYS if name in keys]
    if len(ways) != 1:
        raise ValueError(f"{'、'.join(_WAYS)} 只能有一个")
    if "lowest_from_draw" in keys and ways != ["by_contributed"]:
        raise ValueError("lowest_from_draw 只能和 by_contributed 一起写")
    if "extension" in keys and ways != ["by_month_of_draw"]:
        raise ValueError("extension 只能和 by_month_of_draw 一起写")
    if ways == ["fixed"]:
        return Amount(by_draw=((1, number(keys["fixed"])),))
    if ways == ["percent_of_minimum_wage"]:
        return Amount(percent_of_minimum_wage=number(keys["percent_of_minimum_wage"]))
    steps = tuple((count(since), number(yuan)) for since, yuan in keys[ways[0]])
    if not steps or [since for since, _ in steps] != sorted({since for since, _ in steps}):
        raise ValueError(f"{ways[0]} 应从小到大，不能重复")
    if ways == ["by_contributed"]:
        lowest = keys.get("lowest_from_draw")
        return Amount(by_contributed=steps, lowest_from_draw=None if lowest is None else count(lowest))
    if steps[0][0] != 1:
        raise ValueError("by_month_of_draw 应从第1个月开始，从小到大")
    return Amount(by_draw=steps, extension=number(keys["extension"]) if "extension" in keys else None)


def retirement_ages(raw: Any) -> dict[str, RetirementAge]:
    groups = only(raw, {"male", "female_55", "female_50"})
    ages = {}
    for group, item in groups.items():
        age = only(item, {"years"}, {"delay_from", "every", "most"})
        start = parse_month(age["delay_from"]) if "delay_from" in age else None
        ages[group] = RetirementAge(
            count(age["years"]), start, count(age.get("every", 1)), count(age.get("most", 0))
        )
    return ages


def extension(raw: Any) -> Extension:
    keys = only(raw, {"within_months", "most"})
    return Extension(count(keys["within_months"]), count(keys["most"]))


def severance_rule(raw: Any) -> SeveranceRule:
    keys = only(raw, {"cap_times_average", "cap_months", "due"})
    return SeveranceRule(count(keys["cap_times_average"]), count(keys["cap_months"]), yes_no(keys["due"]))


def yes_no(raw: Any) -> dict[str, str]:
    """A mapping from a code to yes, no or person (a person decides)."""
    if not isinstance(raw, dict) or not set(raw.values()) <= {"yes", "no", "person"}:
        raise ValueError("每一项应为 yes、no 或 person（带引号）")
    return raw


def days_or_none(raw: Any) -> int | None:
    return None if raw == "none" else count(raw)


def first_payment(raw: Any) -> Literal[0, 1]:
    """How many months after the month of registration the first payment lies."""
    if raw not in ("month_of_registration", "next_month"):
        raise ValueError("应为 month_of_registration 或 next_month")
    return 0 if raw == "month_of_registration" else 1


def materials(raw: Any) -> tuple[Material, ...]:
    if not isinstance(raw, list):
        raise ValueError("应为一列材料")
    return tuple(only(item, {"code", "zh", "en", "required", "status"}) for item in raw)


SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "contribution_minimum_months": count,
    "deemed_counts": true,
    "involuntary": yes_no,
    "seeks_work": true,
    "months_ceiling": table,
    "months_table": readings,
    "months_cap": count,
    "carry_over": true,
    "resume_unused_months": count,
    "claim_window_days": days_or_none,
    "first_payment": first_payment,
    "benefit_amount": amount,
    "minimum_wage": number,
    "retirement_age": retirement_ages,
    "last_month_at_retirement": true,
    "above_age_may_draw": true,
    "extension_to_retirement": extension,
    "extension_transition": true,
    "stops": yes_no,
    "pay_day": true,
    "medical_insurance": true,
    "funeral_grant": true,
    "explanation_right": true,
    "severance": severance_rule,
    "materials": materials,
    **SHAPES_AROUND,
}
