"""Is anything due at all: the conditions of art. 45, the claim window, age and what happened since.

Each function looks at one condition, writes its reasons and answers yes, no or unknown.
"""

from zaigang.engines.entitlement.facts import LONGEST_WORKING_LIFE, Event
from zaigang.engines.entitlement.parameters import Dated
from zaigang.engines.entitlement.retirement import Retirement
from zaigang.engines.entitlement.situation import Answer, Situation


def bounds(known: int | None, most: int) -> tuple[int, int]:
    """The least and the most that a count can be."""
    return (0, most) if known is None else (known, known)


def contributed(case: Situation) -> tuple[int, int]:
    """The least and the most months of contribution time, deemed time included."""
    own = bounds(case.facts.contribution_months, LONGEST_WORKING_LIFE)
    deemed = bounds(case.facts.deemed_months, LONGEST_WORKING_LIFE)
    return own[0] + deemed[0], own[1] + deemed[1]


def has_contributed(case: Situation) -> Answer:
    """Art. 45(1): a year of contributions, deemed time included, or months left from an earlier spell."""
    facts, notes, rule = case.facts, case.notes, case.rule("contribution_minimum_months")
    if not rule.known:
        return _no_rule(case, rule)
    least, most = contributed(case)
    if facts.deemed_months:
        notes.because("deemed_time", case.rule("deemed_counts"), deemed=facts.deemed_months)
    if least >= rule.value:
        notes.because("contributed_enough" if least == most else "contributed_at_least", rule, total=least)
        return "yes"
    if facts.agency_months is not None:
        return _by_agency(case, rule, most)
    if most >= rule.value:
        notes.because("contributions_unknown", rule)
        return "unknown"
    return _too_little(case, least, rule.value)


def _by_agency(case: Situation, rule: Dated, most: int) -> Answer:
    """The agency's document speaks for the year, unless the known record speaks against it."""
    facts, notes, agency = case.facts, case.notes, case.facts.agency_months
    assert agency is not None
    if most >= rule.value or facts.unused_months is None or agency.months <= facts.unused_months:
        notes.because("contributed_by_agency", rule, document=agency.document)
        return "yes"
    notes.because("agency_against_record", rule, document=agency.document, total=most, need=rule.value)
    notes.asks("agency_against_record", document=agency.document)
    notes.changes("contribution_months")
    return "unknown"


def _too_little(case: Situation, total: int, need: int) -> Answer:
    notes, unused = case.notes, case.facts.unused_months
    resume = case.rule("resume_unused_months")
    if unused and resume.known:
        notes.because("unused_resumed", resume, unused=unused)
        return "yes"
    notes.because("contributed_too_little", case.rule("contribution_minimum_months"), total=total, need=need)
    if unused is None:
        notes.changes("unused_months")
        return "unknown"
    notes.changes("contribution_months", "contribution_months_more", more=need - total)
    return "no"


def lost_work_involuntarily(case: Situation) -> Answer:
    """Art. 45(2), by the list of art. 13 of the implementing rules."""
    notes, ending, rule = case.notes, case.facts.left_because, case.rule("involuntary")
    if not rule.known:
        return _no_rule(case, rule)
    if ending is None:
        notes.because("ending_unknown", rule)
        notes.changes("left_because")
        return "unknown"
    verdict = rule.value[ending]
    if verdict == "yes":
        notes.because("involuntary", rule, ending=ending)
        return "yes"
    if verdict == "no":
        notes.because("voluntary", rule, ending=ending)
        if case.facts.agency_months is not None:
            notes.asks("agency_against_ending", document=case.facts.agency_months.document, ending=ending)
        notes.changes("left_because", "left_because_other")
        return "no"
    notes.because("ending_for_person", rule, ending=ending)
    notes.asks("ending_proof")
    notes.changes("left_because")
    return "unknown"


def is_registered(case: Situation) -> Answer:
    """Art. 45(3). Before registration the answer is for a person who registers on the assumed day."""
    facts, notes, rule = case.facts, case.notes, case.rule("seeks_work")
    if facts.registered_on is not None and facts.registered_on <= case.on:
        notes.because("registered", rule, registered=case.start)
        return "yes"
    if facts.registered_on is None and facts.applied_on is not None:
        notes.because("registration_unknown", rule)
        notes.changes("registered_on")
        return "unknown"
    if facts.registered_on is None and facts.left_on is None:
        notes.because("left_unknown", rule)
        notes.changes("left_on")
        return "unknown"
    if facts.left_on is not None and facts.left_on >= case.on:
        notes.because("not_yet_unemployed", rule, left=facts.left_on)
    notes.because("register_by", rule, registered=case.start)
    return "yes"


def claimed_in_time(case: Situation) -> Answer:
    """The 60-day window, in the years when there was one. A late claim is for a person to decide."""
    facts, notes, rule = case.facts, case.notes, case.rule("claim_window_days")
    if not rule.known:
        notes.because("window_missing", rule)
        return "unknown"
    if rule.value is None:
        return "yes"
    if facts.left_on is None:
        if facts.registered_on is not None or facts.applied_on is not None:
            notes.because("left_unknown", rule)
            notes.changes("left_on")
        return "unknown"
    claimed = facts.applied_on or max(case.on, case.start)
    late = (claimed - facts.left_on).days
    if late <= rule.value:
        notes.because("claimed_in_time", rule, days=rule.value)
        return "yes"
    if facts.late_accepted:
        notes.because("late_accepted", rule, days=rule.value, claimed=claimed, late=late)
        return "yes"
    notes.because("claimed_late", rule, days=rule.value, claimed=claimed, late=late)
    notes.asks("late_claim", days=rule.value)
    notes.changes("applied_on")
    return "unknown"


def is_of_age(case: Situation) -> Answer:
    """Below the statutory retirement age on the first day; above it only as the rules of 2020 allow."""
    notes = case.notes
    if not case.retirements:
        notes.because("born_unknown", case.rule("retirement_age"))
        notes.changes("born")
        return "unknown"
    reached = [found.on <= case.start for found in case.retirements]
    if not any(reached):
        _below_age(case, min(case.retirements, key=lambda found: found.on))
        return "yes"
    may_draw = case.rule("above_age_may_draw")
    if may_draw.known:
        notes.because("above_age_may_draw", may_draw)
        notes.asks("above_age")
        return "yes"
    if not all(reached):
        category_matters(case)
        return "unknown"
    last = max(case.retirements, key=lambda found: found.on)
    notes.because("above_age_for_person", last.rule, reached=last.on)
    notes.asks("above_age")
    return "unknown"


def _below_age(case: Situation, found: Retirement) -> None:
    """Says the age in the law of the day: a later reform is no reason for an earlier decision."""
    later_reform = found.rule.published > case.on
    rule = case.rule("retirement_age") if later_reform else found.rule
    reached = found.old_on if later_reform else found.on
    case.notes.because("below_retirement_age", rule, reached=reached)


def category_matters(case: Situation) -> None:
    case.notes.because("category_matters", case.retirements[0].rule)
    case.notes.changes("retirement_category")


def still_unemployed(case: Situation) -> Answer:
    """Art. 51: nothing that ends the benefit had happened on the first day."""
    last: Event | None = None
    for event in case.facts.events:
        if event.on <= case.start:
            last = None if event.kind == "unemployed_again" else event
    if last is None:
        return "yes"
    rule = case.rule("stops")
    if not rule.known:
        return _no_rule(case, rule)
    case.notes.changes("events")
    if last.kind == "retired":
        case.notes.because("draws_pension", rule, on=last.on)
        return "no"
    if rule.value[last.kind] == "yes":
        case.notes.because("stopped_before", rule, on=last.on, event=last.kind)
        return "no"
    case.notes.because("stopped_before_for_person", rule, on=last.on, event=last.kind)
    case.notes.asks(evidence_of(last.kind), event=last.kind)
    return "unknown"


def evidence_of(kind: str) -> str:
    """What a clerk must look at before an event that needs a person's judgement stops the benefit."""
    return "stop_evidence" if kind == "refused_suitable_offer" else "stop_papers"


def _no_rule(case: Situation, rule: Dated) -> Answer:
    case.notes.because("rule_missing", rule)
    case.notes.asks("rule_missing")
    return "unknown"


CONDITIONS = (
    has_contributed,
    lost_work_involuntarily,
    is_registered,
    claimed_in_time,
    is_of_age,
    still_unemployed,
)


def eligibility(case: Situation) -> Answer:
    """All conditions together: one no is a no, else one unknown is an unknown."""
    answers = [condition(case) for condition in CONDITIONS]
    if "no" in answers:
        return "no"
    return "unknown" if "unknown" in answers else "yes"
