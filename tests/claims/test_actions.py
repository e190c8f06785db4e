from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.claims.actions import decide_case, decide_closure, fix_months
from zaigang.claims.enums import Verb
from zaigang.claims.models import AgencyMonths, FirstDecision, Ruling
from zaigang.claims.queries import decision_of
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity
from zaigang.roster.actions import merge_people, repair_case
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, Closure


def entries(case: Case) -> list[dict]:
    found = Entry.objects.filter(subject=case.pk, verb=Verb.FIRST_DECIDED).order_by("number")
    return list(found.values_list("facts", flat=True))


def test_an_import_decides_everybody_and_writes_each_on_record(people: Closure) -> None:
    answers = FirstDecision.objects.in_force().order_by("case__number")
    assert list(answers.values_list("eligible", "months_exact", "months_at_most", "decided_on")) == [
        ("yes", None, 24, date(2016, 1, 11)),
        ("yes", None, 24, date(2016, 1, 11)),
        ("no", 0, 0, date(2016, 1, 11)),
        ("undecided", None, 24, date(2016, 1, 11)),
        ("yes", None, 12, date(2016, 1, 11)),
    ]
    assert entries(case_of(people, "安可")) == [{"eligible": "yes", "at_most": 24, "exact": None}]
    assert entries(case_of(people, "从辞")) == [{"eligible": "no", "at_most": 0, "exact": 0}]


def test_equal_answers_are_kept_once(people: Closure) -> None:
    first, second = decision_of(case_of(people, "安可")), decision_of(case_of(people, "毕可"))
    assert first is not None and second is not None
    assert first.ruling_id == second.ruling_id
    assert Ruling.objects.count() == 4


def test_deciding_again_writes_nothing_when_nothing_changed(people: Closure, cast: Cast) -> None:
    before = (
        list(FirstDecision.objects.order_by("pk").values()),
        Entry.objects.count(),
        Ruling.objects.count(),
    )
    counts = decide_closure(closure=people, by=cast.clerk)
    assert counts == {"yes": 3, "no": 1, "undecided": 1, "changed": 0}
    after = list(FirstDecision.objects.order_by("pk").values()), Entry.objects.count(), Ruling.objects.count()
    assert after == before


def test_progress_counts_people_over_all_chunks(
    people: Closure, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zaigang.claims.actions.deciding.CHUNK", 2)
    seen: list[tuple[int, int]] = []
    decide_closure(closure=people, by=cast.clerk, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_a_changed_roster_supersedes_the_decision_and_keeps_the_old_one(
    people: Closure, cast: Cast, tmp_path: Path
) -> None:
    imported(cast, people, tmp_path, [row(1, "安可", 个人缴费月数="90", 视同缴费月数="12")], "改.csv")
    case = case_of(people, "安可")
    kept = FirstDecision.objects.filter(case=case).order_by("current")
    assert list(kept.values_list("current", "months_at_most")) == [(False, 24), (True, 18)]
    assert entries(case) == [
        {"eligible": "yes", "at_most": 24, "exact": None},
        {"eligible": "yes", "at_most": 18, "exact": None},
    ]
    assert len(entries(case_of(people, "毕可"))) == 1


def test_the_closures_ground_answers_for_those_whose_roster_gives_none(people: Closure, cast: Cast) -> None:
    people.ground = "closure"
    people.save(update_fields=["ground"])
    assert decide_closure(closure=people, by=cast.clerk) == {"yes": 4, "no": 1, "changed": 1}
    decision = decision_of(case_of(people, "杜问"))
    assert decision is not None
    assert decision.facts["left_because"] == "closure"


def test_facts_that_cannot_be_stop_one_person_only(people: Closure, cast: Cast) -> None:
    Case.objects.filter(pk=case_of(people, "安可").pk).update(contribution_months=700)
    assert decide_closure(closure=people, by=cast.clerk) == {"yes": 2, "no": 1, "undecided": 2, "changed": 1}
    decision = decision_of(case_of(people, "安可"))
    assert decision is not None
    body = decision.ruling.body
    assert (decision.eligible, body["payments"]) == ("undecided", [])
    assert [reason["code"] for reason in body["reasons"]] == ["facts_not_usable"]
    assert body["needs_human"] == body["reasons"]
    assert body["reasons"][0]["zh"].startswith("缴费和视同缴费共760个月")


@pytest.mark.parametrize(
    ("cell", "category"),
    [("干部", "female_55"), ("工人", "female_50"), ("", None)],
)
def test_a_womans_category_comes_from_her_status(
    people: Closure, cast: Cast, cell: str, category: str | None
) -> None:
    case = case_of(people, "安可")
    case.worker.sex = "female"
    case.worker.save(update_fields=["sex"])
    Case.objects.filter(pk=case.pk).update(staff_category=cell, contribution_months=100)
    decision = decide_case(case=case, by=cast.clerk)
    assert decision is not None
    assert decision.facts["retirement_category"] == category


def test_facts_hold_no_name_and_no_number(people: Closure) -> None:
    decision = decision_of(case_of(people, "安可"))
    assert decision is not None
    assert decision.facts == {
        "territory": "370213",
        "sex": "male",
        "born": "1969-05-22",
        "retirement_category": "male",
        "left_on": "2015-12-31",
        "left_because": "employer_proposed_agreement",
        "registered_on": None,
        "applied_on": None,
        "contribution_months": 204,
        "deemed_months": 60,
        "unused_months": 0,
        "agency_months": None,
        "events": [],
        "decide_on": "2016-01-11",
    }


def test_months_of_the_agency_decide_exactly(people: Closure, cast: Cast) -> None:
    case = case_of(people, "安可")
    decision = fix_months(case=case, months=20, document="核定表第7号", by=cast.clerk)
    assert (decision.eligible, decision.months_exact) == ("yes", 20)
    assert len(decision.ruling.body["payments"]) == 20
    fixed = AgencyMonths.objects.get()
    last_two = Entry.objects.filter(subject=case.pk).order_by("-number")[:2]
    assert [(entry.verb, entry.facts) for entry in reversed(last_two)] == [
        (Verb.FACTS_FIXED, {"agency_months": str(fixed.pk), "months": 20}),
        (Verb.FIRST_DECIDED, {"eligible": "yes", "at_most": 24, "exact": 20}),
    ]


def test_the_newest_months_of_the_agency_count(people: Closure, cast: Cast) -> None:
    case = case_of(people, "安可")
    fix_months(case=case, months=20, document="核定表第7号", by=cast.clerk)
    decision = fix_months(case=case, months=24, document="核定表第8号", by=cast.clerk)
    assert decision.facts["agency_months"] == {"months": 24, "document": "核定表第8号"}


@pytest.mark.parametrize(("months", "document"), [(0, "核定表"), (25, "核定表"), (20, "  ")])
def test_months_outside_the_law_or_without_document_are_refused(
    people: Closure, cast: Cast, months: int, document: str
) -> None:
    with pytest.raises(ValidationError):
        fix_months(case=case_of(people, "安可"), months=months, document=document, by=cast.clerk)
    assert AgencyMonths.objects.count() == 0


def test_a_row_that_waits_is_decided_when_it_is_repaired(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "安可", 解除合同日期="年底")])
    case = Case.objects.get()
    assert (case.state, decide_case(case=case, by=cast.clerk)) == (CaseState.AWAITING_REPAIR, None)
    with pytest.raises(ZaigangError):
        fix_months(case=case, months=20, document="核定表", by=cast.clerk)
    repair_case(case=case, corrections={"laid_off_on": "2015-12-31"}, by=cast.clerk)
    decision = decision_of(case_of(closure, "安可"))
    assert decision is not None
    assert decision.eligible == "yes"


def test_a_case_that_became_a_duplicate_has_no_decision_in_force(people: Closure, cast: Cast) -> None:
    absorbed = case_of(people, "毕可")
    merge_people(
        keep=case_of(people, "安可").worker, absorb=absorbed.worker, reason="同一人两个号", by=cast.clerk
    )
    assert decision_of(absorbed) is None
    assert FirstDecision.objects.in_force().count() == 4


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("claims_one_current_decision", {"current": True}),
        ("claims_exact_within_at_most", {"months_exact": 13, "months_at_most": 12}),
        ("claims_months_within_law", {"months_at_most": 25}),
        ("claims_months_within_law", {"months_exact": 25}),
    ],
)
def test_the_database_refuses(people: Closure, constraint: str, values: dict) -> None:
    current = decision_of(case_of(people, "安可"))
    assert current is not None
    copy = {
        name: getattr(current, name) for name in ("case", "ruling", "decided_on", "decided_at", "decided_by")
    }
    row = {**copy, "eligible": "yes", "facts": {}, "current": False, **values}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FirstDecision.objects.create(**row)


def test_nobody_fixes_their_own_months(people: Closure, cast: Cast) -> None:
    case = case_of(people, "安可")
    note_identity(staff=cast.clerk, id_number=id_number(1), by=cast.director)
    with pytest.raises(ZaigangError, match="这是您自己的档案"):
        fix_months(case=case, months=24, document="核定表", by=cast.clerk)
