"""How many months are due, inside the compiled loop: `entitlement/duration.py` without its words."""

from typing import NamedTuple

from zaigang.engines.entitlement.facts import MOST_MONTHS
from zaigang.engines.entitlement.many.conditions import least_contributed, most_contributed
from zaigang.engines.entitlement.many.people import Person
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, Era, Law
from zaigang.engines.jit import step


class Months(NamedTuple):
    """-1 where unknown."""

    exact: int
    at_most: int
    source: int


@step
def months_due(person: Person, era: Era, law: Law) -> tuple[Months, bool]:
    """The months, and whether the known facts settle them."""
    if era.ceiling == NOT_KNOWN or era.cap == NOT_KNOWN:
        return Months(-1, -1, -1), False
    least = _months_for(era, law, least_contributed(person), max(person.unused, 0))
    unused = MOST_MONTHS if person.unused == -1 else person.unused
    most = _months_for(era, law, most_contributed(person), unused)
    if person.agency != -1:
        return _by_agency(person.agency, most), True
    if least.exact == most.exact and least.at_most == most.at_most and least.source == most.source:
        return least, True
    return Months(-1, most.at_most, most.source), False


@step
def _months_for(era: Era, law: Law, contributed: int, unused: int) -> Months:
    total = min(contributed, law.ceilings.shape[1] - 1)
    own = law.ceilings[era.ceiling, total]
    at_most = min(era.cap, own + unused)
    if own == 0:
        return Months(at_most, at_most, era.resume_source)
    if era.table == NOT_KNOWN:
        return Months(-1, at_most, era.ceiling_source)
    exact = law.exact[era.table, total]
    if exact == NOT_KNOWN:
        most = min(own, law.most[era.table, total])
        return Months(-1, min(era.cap, most + unused), era.table_source)
    return Months(min(era.cap, min(exact, own) + unused), at_most, era.table_source)


@step
def _by_agency(agency: int, by_law: Months) -> Months:
    if by_law.at_most == 0:
        return Months(-1, -1, -1)
    return Months(-1 if agency > by_law.at_most else agency, by_law.at_most, by_law.source)
