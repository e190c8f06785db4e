"""Unemployment benefit as an OpenFisca country package: the same conditions, months and amounts. Runs in its own venv.

Written as OpenFisca advises: whole arrays, parameters by period, scales for the months. What does not change for a
person is computed in the month of the claim, once; monthly formulas read it there. Answers are 0 no, 1 yes, 2 unknown;
an unknown count is -1, an unknown birth date the default of the variable.
"""

from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="A worker", is_person=True)
CLAIM = "2026-01"
UNBORN = date(1800, 1, 1)
LONGEST, MOST = 720, 24
NO, YES, UNKNOWN = 0, 1, 2


class Place(Enum):
    __order__ = "licang shanghai"
    licang = "licang"
    shanghai = "shanghai"


class Ending(Enum):
    __order__ = (
        "contract_expired dismissed_no_fault dismissed_fault employer_proposed_agreement layoff closure resigned "
        "resigned_for_cause other"
    )
    contract_expired = "contract_expired"
    dismissed_no_fault = "dismissed_no_fault"
    dismissed_fault = "dismissed_fault"
    employer_proposed_agreement = "employer_proposed_agreement"
    layoff = "layoff"
    closure = "closure"
    resigned = "resigned"
    resigned_for_cause = "resigned_for_cause"
    other = "other"


class Category(Enum):
    __order__ = "male female_55 female_50"
    male = "male"
    female_55 = "female_55"
    female_50 = "female_50"


def fact(name, value_type, **more):
    """An input that holds for ever."""
    members = {"value_type": value_type, "entity": Person, "definition_period": DateUnit.ETERNITY, **more}
    return type(name, (Variable,), members)


FACTS = (
    fact("born", date, default_value=UNBORN),
    fact("left_on", date),
    fact("registered_on", date),
    fact("contribution_months", int, default_value=-1),
    fact("deemed_months", int, default_value=-1),
    fact("unused_months", int, default_value=-1),
    fact("left_because", Enum, possible_values=Ending, default_value=Ending.layoff),
    fact("category", Enum, possible_values=Category, default_value=Category.male),
    fact("place", Enum, possible_values=Place, default_value=Place.licang),
)


def by_code(node, codes):
    """The values of a node by an enum. (OpenFisca's own `node[codes]` walks through the codes one by one.)"""
    return np.array([node[item.name] for item in codes.possible_values])[np.asarray(codes)]


class least_contributed(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        own, deemed = person("contribution_months", period), person("deemed_months", period)
        return np.maximum(own, 0) + np.maximum(deemed, 0)


class most_contributed(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        own, deemed = person("contribution_months", period), person("deemed_months", period)
        return np.where(own < 0, LONGEST, own) + np.where(deemed < 0, LONGEST, deemed)


class has_contributed(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        need, unused = parameters(period).contribution_minimum_months, person("unused_months", period)
        without = np.where(unused < 0, UNKNOWN, np.where(unused > 0, YES, NO))
        may = np.where(person("most_contributed", period) >= need, UNKNOWN, without)
        return np.where(person("least_contributed", period) >= need, YES, may)


class lost_work_involuntarily(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        return by_code(parameters(period).involuntary, person("left_because", period))


class retirement_month(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        kind, law = person("category", period), parameters(period).retirement
        month = person("born", period).astype("datetime64[M]").astype(np.int64)
        begun = (month - by_code(law.delay_from, kind)) // by_code(law.every, kind) + 1
        return month + by_code(law.years, kind) * 12 + np.clip(begun, 0, by_code(law.most, kind))


class above_age(Variable):
    """Whether the age had been reached on the day of registration."""

    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        start, born = person("registered_on", period), person("born", period)
        month = person("retirement_month", period).astype("datetime64[M]")
        reached = month + (born - born.astype("datetime64[M]"))
        return np.minimum(reached, (month + 1).astype("datetime64[D]") - 1) <= start


class eligible(Variable):
    """Registered, contributed, lost work against one's will; people above the age may draw."""

    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        contributed = person("has_contributed", period)
        ending = person("lost_work_involuntarily", period)
        unborn = person("born", period) == np.datetime64(UNBORN)
        unknown = (contributed == UNKNOWN) | (ending == UNKNOWN) | unborn
        refused = (contributed == NO) | (ending == NO)
        return np.where(refused, NO, np.where(unknown, UNKNOWN, YES))


class least_at_most(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        law, unused = parameters(period), np.maximum(person("unused_months", period), 0)
        return np.minimum(
            law.months_ceiling.calc(person("least_contributed", period)) + unused, law.months_cap
        )


class months_at_most(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        law, unused = parameters(period), person("unused_months", period)
        own = law.months_ceiling.calc(person("most_contributed", period))
        most = np.minimum(own + np.where(unused < 0, MOST, unused), law.months_cap)
        return np.where(person("eligible", period) == NO, 0, most)


def table_months(person, period, law, total, unused):
    """The months by the place's table, -1 where the place has none."""
    own = law.months_ceiling.calc(total)
    table = np.minimum(law.months_table.shanghai.calc(total), own)
    found = np.where((person("place", period) == Place.shanghai) | (own == 0), table, -1)
    return np.where(found < 0, -1, np.minimum(found + unused, law.months_cap))


class settled(Variable):
    """Whether the unknown counts make no difference to the months."""

    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        law, unused = parameters(period), person("unused_months", period)
        least = table_months(person, period, law, person("least_contributed", period), np.maximum(unused, 0))
        most = table_months(
            person, period, law, person("most_contributed", period), np.where(unused < 0, MOST, unused)
        )
        same_bound = person("least_at_most", period) == person("months_at_most", period)
        need = law.contribution_minimum_months
        enough = person("least_contributed", period) >= need
        same_ground = enough == (person("most_contributed", period) >= need)
        return (least == most) & same_bound & same_ground


class months_exact(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        unused = np.maximum(person("unused_months", period), 0)
        total = person("least_contributed", period)
        exact = table_months(person, period, parameters(period), total, unused)
        known = np.where(person("settled", period), exact, -1)
        return np.where(person("eligible", period) == NO, 0, known)


class first_month(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        return person("registered_on", period).astype("datetime64[M]").astype(np.int64)


class last_regular(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period):
        exact = person("months_exact", period)
        months = np.where(exact < 0, person("months_at_most", period), exact)
        due = person("settled", period) & (person("eligible", period) == YES)
        last = person("first_month", period) + np.where(due, months, 0) - 1
        free = person("above_age", period)
        return np.where(free, last, np.minimum(last, person("retirement_month", period)))


class last_month(Variable):
    """With the extension of those whose months are used up less than a year before retirement."""

    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        exact, last = person("months_exact", period), person("last_regular", period)
        reached, more = person("retirement_month", period), parameters(period).extension_months
        used_up = (last - person("first_month", period) + 1 == exact) & ~person("above_age", period)
        near = (reached > last) & (reached <= last + more) & (exact > 0)
        return np.where(used_up & near, np.minimum(reached, last + more), last)


def month_number(period):
    return (period.start.year - 1970) * 12 + period.start.month - 1


class benefit(Variable):
    """Yuan of the month."""

    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        month, first = month_number(period), person("first_month", CLAIM)
        law, place = parameters(period).benefit_amount, person("place", period)
        regular = np.where(month - first < 12, by_code(law.first, place), by_code(law.later, place))
        amount = np.where(month > person("last_regular", CLAIM), by_code(law.extension, place), regular)
        return np.where((first <= month) & (month <= person("last_month", CLAIM)), amount, 0)


class status(Variable):
    """How sure the law of the month's amount is, -1 where nothing is paid."""

    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        month = month_number(period)
        due = (person("first_month", CLAIM) <= month) & (month <= person("last_month", CLAIM))
        return np.where(due, by_code(parameters(period).benefit_status, person("place", period)), -1)


COMPUTED = (
    least_contributed, most_contributed, has_contributed, lost_work_involuntarily, retirement_month, above_age,
    eligible, least_at_most, months_at_most, settled, months_exact, first_month, last_regular, last_month, benefit,
    status,
)  # fmt: skip


def system(law: Path) -> TaxBenefitSystem:
    """The country package with the parameters of a folder."""
    country = TaxBenefitSystem([Person])
    country.add_variables(*FACTS, *COMPUTED)
    country.load_parameters(str(law))
    return country
