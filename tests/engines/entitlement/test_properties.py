"""What must hold for every person, tried on invented ones."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from zaigang.engines.entitlement import (
    AgencyMonths,
    BadFacts,
    Decision,
    Event,
    Facts,
    decide,
    load_parameters,
)
from zaigang.engines.entitlement.calendar import first_day, month_of

TERRITORIES = [
    "370213",
    "370281",
    "440103",
    "500103",
    "430102",
    "510100",
    "310101",
    "110105",
    "410102",
    "650102",
]
INVOLUNTARY = ["layoff", "closure", "employer_proposed_agreement", "contract_expired"]


@st.composite
def people(draw: st.DrawFn) -> Facts:
    """Consistent facts with a known ending; some counts, dates and categories are unknown."""
    left_on = date(2012, 1, 1) + timedelta(days=draw(st.integers(0, 5400)))
    registered = left_on + timedelta(days=draw(st.integers(1, 80)))
    category = draw(st.sampled_from(["male", "female_55", "female_50", None]))
    sex = "male" if category == "male" else "female"
    born = left_on - timedelta(days=draw(st.integers(40 * 365, 60 * 365)))
    months = draw(st.none() | st.integers(0, 200))
    return Facts(
        territory=draw(st.sampled_from(TERRITORIES)),
        decide_on=registered,
        sex=sex,
        born=born,
        retirement_category=category,
        left_on=left_on,
        left_because=draw(st.sampled_from(INVOLUNTARY)),
        registered_on=draw(st.sampled_from([registered, None])),
        contribution_months=months,
        deemed_months=draw(st.sampled_from([0, 0, 50, None])),
        unused_months=draw(st.sampled_from([0, 0, 0, 7, None])),
        agency_months=draw(st.none() | st.builds(AgencyMonths, st.integers(1, 24), st.just("核定表"))),
    )


def _months(decision: Decision) -> list[int]:
    return [payment.month for payment in decision.payments]


@settings(deadline=None)
@given(people())
def test_the_answer_is_json_and_adds_up(facts: Facts) -> None:
    decision = decide(facts)
    answer = json.loads(json.dumps(decision.as_json(), ensure_ascii=False))
    known = [line["yuan"] for line in answer["payments"] if line["yuan"] is not None]
    assert answer["total_yuan"] == round(sum(known), 2)
    assert all(
        (line["yuan"] is None) == (line["status"] in ("missing", "unverified")) for line in answer["payments"]
    )
    assert all(set(reason["source"]) == {"title", "article", "document"} for reason in answer["reasons"])
    assert answer["needs_human"][-1]["code"] == "clerk_confirms"


@settings(deadline=None)
@given(people())
def test_months_follow_each_other_and_keep_to_the_bound(facts: Facts) -> None:
    decision = decide(facts)
    months = _months(decision)
    assert all(later - earlier == 1 for earlier, later in pairwise(months))
    assert not months or decision.eligible == "yes"
    exact, at_most = decision.months.exact, decision.months.at_most
    assert at_most is None or 0 <= at_most <= 24
    assert exact is None or (at_most is not None and exact <= at_most)


@settings(deadline=None)
@given(people(), st.integers(1, 100))
def test_more_contributions_never_lower_the_bound(facts: Facts, more: int) -> None:
    facts = replace(facts, contribution_months=facts.contribution_months or 0, agency_months=None)
    richer = replace(facts, contribution_months=(facts.contribution_months or 0) + more)
    before = decide(facts).months.at_most
    try:
        after = decide(richer).months.at_most
    except BadFacts as refusal:
        # More months than a working life holds are refused, rightly, and have no bound to compare.
        assert refusal.where == "contribution_months"
        reject()
    assert (before or 0) <= (after or 0)


@settings(deadline=None)
@given(people(), st.integers(-200, 900))
def test_nothing_published_later_is_used(facts: Facts, days: int) -> None:
    known_on = facts.decide_on + timedelta(days=days)
    decision = decide(replace(facts, known_on=known_on))
    published = [value.published for value in decision.parameters if value.source.document is not None]
    assert all(day <= known_on for day in published)


@settings(deadline=None)
@given(people(), st.integers(0, 700))
def test_a_job_never_adds_months(facts: Facts, days: int) -> None:
    hired = facts.decide_on + timedelta(days=1 + days)
    without, with_job = decide(facts), decide(replace(facts, events=(Event(hired, "employed"),)))
    # an early job can settle what an unknown retirement category had left open
    assume(without.eligible != "undecided")
    kept = [month for month in _months(without) if first_day(month) < hired]
    assert _months(with_job) in (kept, [m for m in kept if m <= month_of(hired)])


def test_filling_in_unknown_facts_stays_within_the_bound() -> None:
    unknown = Facts(
        territory="440103",
        decide_on=date(2020, 3, 2),
        sex="male",
        born=date(1975, 5, 5),
        left_on=date(2020, 2, 29),
        left_because="layoff",
        contribution_months=60,
    )
    bound = decide(unknown).months.at_most
    found = [
        decide(replace(unknown, deemed_months=deemed, unused_months=unused)).months.exact
        for deemed in (0, 30, 120)
        for unused in (0, 5, 24)
    ]
    assert bound == 24
    assert found == [6, 11, 24, 11, 16, 24, 24, 24, 24]


def test_every_territory_file_decides_without_error() -> None:
    codes = [code.ljust(6, "0") for code in load_parameters().territories if code != "CN"]
    answers = [
        decide(
            Facts(
                territory=code,
                decide_on=date(2026, 7, 10),
                sex="male",
                born=date(1985, 5, 5),
                left_on=date(2026, 6, 30),
                left_because="layoff",
                contribution_months=150,
                deemed_months=0,
                unused_months=0,
            )
        ).eligible
        for code in codes
    ]
    assert answers == ["yes"] * len(codes)
