"""How many months: exactly where the law and the facts allow it, else at most (art. 46)."""

from dataclasses import dataclass

from zaigang.engines.entitlement.conditions import bounds, contributed
from zaigang.engines.entitlement.facts import MOST_MONTHS, AgencyMonths
from zaigang.engines.entitlement.parameters import Dated, Source
from zaigang.engines.entitlement.shapes import Readings, Table
from zaigang.engines.entitlement.situation import Notes, Situation


@dataclass(frozen=True, slots=True)
class Months:
    """`at_most` is the legal ceiling, unused months included; `exact` is None where only it is known."""

    exact: int | None
    at_most: int | None
    source: Source | None


#: How many months missing from a contribution record are worth a look.
MORE_MONTHS = 12
NOTHING = Months(0, 0, None)
UNKNOWN = Months(None, None, None)


def months_due(case: Situation) -> tuple[Months, bool]:
    """The months, and whether the known facts settle them (unknown facts that cannot matter do not count)."""
    ceiling, cap = case.rule("months_ceiling"), case.rule("months_cap")
    if not (ceiling.known and cap.known):
        case.notes.because("rule_missing", ceiling)
        case.notes.asks("rule_missing")
        return UNKNOWN, False
    total, unused = contributed(case), bounds(case.facts.unused_months, MOST_MONTHS)
    least, most = (_months_for(case, total[i], unused[i]) for i in (0, 1))
    agency = case.facts.agency_months
    if agency is not None:
        return _by_agency(
            case, agency, least if least == most else Months(None, most.at_most, most.source)
        ), True
    if least == most:
        _explain(case, least)
        _next_step(case, total[0], unused[0], least)
        return least, True
    case.notes.because("months_unknown", ceiling, months=most.at_most)
    for fact in ("contribution_months", "deemed_months", "unused_months"):
        if getattr(case.facts, fact) is None:
            case.notes.changes(fact)
    return Months(None, most.at_most, most.source), False


def _months_for(case: Situation, total: int, unused: int) -> Months:
    """The months for known counts. Under a year of contributions only the months left from before remain."""
    ceiling, table = case.rule("months_ceiling"), case.rule("months_table")
    cap: int = case.rule("months_cap").value
    steps: Table = ceiling.value
    own = steps.months_for(total)
    at_most = min(cap, own + unused)
    if own == 0:
        return Months(at_most, at_most, case.rule("resume_unused_months").source)
    if not table.known:
        return Months(None, at_most, ceiling.source)
    readings: Readings = table.value
    exact, most = readings.exact(total), min(own, readings.most(total))
    if exact is None:
        return Months(None, min(cap, most + unused), table.source)
    return Months(min(cap, min(exact, own) + unused), at_most, table.source)


def _by_agency(case: Situation, agency: AgencyMonths, by_law: Months) -> Months:
    notes, ceiling = case.notes, case.rule("months_ceiling")
    assert by_law.at_most is not None
    if by_law.at_most == 0:
        return UNKNOWN  # the record speaks against the document: the conditions have said so
    if agency.months > by_law.at_most:
        notes.because("months_at_most", ceiling, months=by_law.at_most)
        notes.asks(
            "agency_above_ceiling", document=agency.document, months=agency.months, ceiling=by_law.at_most
        )
        return Months(None, by_law.at_most, by_law.source)
    if by_law.exact is not None and by_law.exact != agency.months:
        notes.asks("agency_differs", months=agency.months, table=by_law.exact)
    notes.because("months_by_agency", ceiling, months=agency.months, document=agency.document)
    source = Source("经办机构核定", None, agency.document)
    return Months(agency.months, by_law.at_most, source)


def _explain(case: Situation, months: Months) -> None:
    notes, facts, table = case.notes, case.facts, case.rule("months_table")
    ceiling, total = case.rule("months_ceiling"), contributed(case)[0]
    if ceiling.value.months_for(total) == 0:
        return  # only unused months: the conditions have said so
    if facts.unused_months:
        notes.because("unused_added", case.rule("carry_over"), unused=facts.unused_months, cap=MOST_MONTHS)
    if months.exact is not None:
        notes.because("months_exact", table if table.known else ceiling, months=months.exact, total=total)
        _explain_doubts(notes, table)
        return
    notes.because("months_at_most", ceiling, months=months.at_most)
    _explain_bound(notes, table)


def _explain_doubts(notes: Notes, table: Dated) -> None:
    if table.status == "inferred":
        notes.asks("inferred_months", title=table.source.title)
    if table.first_seen:
        notes.asks("first_day_unknown", title=table.source.title, since=table.since)


def _next_step(case: Situation, total: int, unused: int, months: Months) -> None:
    """Records are often short by some months: says how few more would give more benefit."""
    for more in range(1, MORE_MONTHS + 1):
        then = _months_for(case, total + more, unused)
        if (then.exact, then.at_most) != (months.exact, months.at_most):
            code = "contribution_months_next" if then.exact is None else "contribution_months_next_exact"
            count = then.at_most if then.exact is None else then.exact
            case.notes.changes("contribution_months", code, more=more, months=count)
            return


def _explain_bound(notes: Notes, table: Dated) -> None:
    notes.because("months_ambiguous" if table.known else "months_table_missing", table)
    notes.changes("agency_months")
    notes.asks("fix_months")
