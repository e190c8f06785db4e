"""A notice of August that counts from July: who was paid for July and August gets the difference, once."""

from decimal import Decimal

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.factories.claims import month
from tests.factories.laws import NOTE, NOTICE, in_force, run_of
from zaigang.claims.actions import apply_law, confirm_law, load_law, make_list, preview_law, release
from zaigang.claims.budget import Assumption
from zaigang.claims.enums import PaymentState
from zaigang.claims.explaining import explain_answer
from zaigang.claims.lists import list_data
from zaigang.claims.models import BackPay, Claim, FirstDecision, LawEffect, Payment
from zaigang.claims.queries.budget import budget_of
from zaigang.claims.queries.lists import unsound
from zaigang.foundation import clock
from zaigang.ledger.models import Entry

NOTICED = "2016-08-25"


def _amounts(claim: Claim) -> list[tuple[str, int, str]]:
    return [
        (f"{one.month:%Y-%m}", int(one.yuan or 0), one.state)
        for one in claim.payments.order_by("month")[5:10]
    ]


def test_months_that_went_out_get_the_difference_and_those_to_come_the_new_amount(
    cast: Cast, paid: list[Claim]
) -> None:
    with clock.at(at(NOTICED)):
        file = in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    assert _amounts(paid[0]) == [
        ("2016-06", 950, "planned"), ("2016-07", 950, "listed"), ("2016-08", 950, "listed"),
        ("2016-09", 1000, "planned"), ("2016-10", 1000, "planned"),
    ]  # fmt: skip
    lines = BackPay.objects.order_by("payment__month")
    assert [(one.payment.month, one.yuan, one.standard, one.source["document"]) for one in lines] == [
        *[(month("2016-07"), 50, 1000, "鲁人社发〔2016〕31号")] * 2,
        *[(month("2016-08"), 50, 1000, "鲁人社发〔2016〕31号")] * 2,
    ]
    run = run_of(file)
    assert (run.done, run.total, run.ended_at is not None) == (2, 2, True)
    effects = LawEffect.objects.filter(run=run).order_by("about")
    assert list(effects.values_list("about", "changes", "needs", "applied", "counted")) == [
        *[("claim", ["amount", "back_pay"], "", True, True)] * 2,
        *[("decision", ["amount"], "", True, False)] * 2,
    ]


def test_the_forecast_follows_the_law_in_force_and_counts_the_differences_in_the_month_that_runs(
    cast: Cast, paid: list[Claim]
) -> None:
    closure, september = paid[0].case.closure, month("2016-09")
    with clock.at(at(NOTICED)):
        before = budget_of([closure], Assumption(), september).by_month()
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
        after = budget_of([closure], Assumption(), september).by_month()
    assert [(line.month, line.exact, line.bound, line.persons) for line in (before[0], after[0], after[1])] == [
        (september, 0, 1900, 2), (september, 200, 2000, 2), (month("2016-10"), 0, 2000, 2),
    ]  # fmt: skip


def test_the_differences_go_onto_the_next_list_and_count_in_its_control_sum(
    cast: Cast, paid: list[Claim]
) -> None:
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    with clock.at(at("2016-09-05")):
        release(office=cast.north, month=month("2016-09"), by=cast.clerk)
        made = make_list(office=cast.north, month=month("2016-09"), by=cast.clerk)
        again = make_list(office=cast.north, month=month("2016-09"), by=cast.clerk)
    data = list_data(made, whole=True)
    assert (made.persons, made.control_sum, again.pk) == (2, Decimal(2200), made.pk)
    assert [(line.number, line.month.month, line.total, line.note) for line in data.lines[:4]] == [
        (1, 9, 1000, ""), (2, 9, 1000, ""), (3, 7, 50, "补差：鲁人社发〔2016〕31号"),
        (4, 8, 50, "补差：鲁人社发〔2016〕31号"),
    ]  # fmt: skip
    assert unsound() == (0, 0, 0)


def test_the_old_decision_stays_readable_as_it_was(cast: Cast, paid: list[Claim]) -> None:
    old = Claim.objects.select_related("ruling").get(pk=paid[0].pk)
    words = explain_answer(old.case_id, old.ruling.body, old.facts, on=old.applied_on)
    first = FirstDecision.objects.get(case=old.case, current=True)
    with clock.at(at(NOTICED)):
        file = in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    effect = LawEffect.objects.select_related("before").get(claim=old)
    assert effect.before is not None and effect.facts_before is not None and effect.decided_before is not None
    assert effect.before_id == old.ruling_id
    assert (
        explain_answer(old.case_id, effect.before.body, effect.facts_before, on=effect.decided_before)
        == words
    )
    assert effect.law_before == old.law
    new = Claim.objects.get(pk=old.pk)
    assert (new.ruling_id, new.law["370213"]) == (effect.after_id, file.sha256[:16])
    first.refresh_from_db()
    assert (first.current, FirstDecision.objects.filter(case=old.case, current=True).count()) == (False, 1)


def test_everybody_changed_is_told_in_the_ledger_once(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at(NOTICED)):
        file = in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
        apply_law(file=file.pk)
    entries = Entry.objects.filter(facts__law=str(file.pk)).order_by("id")
    assert [(one.verb, one.subject_kind) for one in entries] == [
        ("claims.law_loaded", "staff"), ("claims.law_in_force", "staff"),
        *[("claims.redecided", "case")] * 2, *[("claims.claim_redecided", "case")] * 2,
        ("claims.law_applied", "closure"),
    ]  # fmt: skip
    told = [one for one in entries if one.verb == "claims.claim_redecided"]
    assert [one.facts["back_pay"] for one in told] == [["2016-07", "2016-08"]] * 2
    assert entries[6].facts == {"law": str(file.pk), "changed": 4, "needs": 0}
    assert BackPay.objects.count() == 4


def test_a_preview_writes_nothing_and_says_what_the_job_will_do(cast: Cast, paid: list[Claim]) -> None:
    before = (
        list(Payment.objects.values()),
        list(FirstDecision.objects.values()),
        list(Claim.objects.values()),
    )
    with clock.at(at(NOTICED)):
        file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
        run = preview_law(file=file, by=cast.clerk)
        again = preview_law(file=file, by=cast.clerk)
    assert LawEffect.objects.filter(run=run).count() == 0
    told = LawEffect.objects.filter(run=again).order_by("case", "about")
    fields = (
        "case",
        "about",
        "changes",
        "needs",
        "month_before",
        "month_after",
        "yuan_after",
        "back_pay",
        "overpaid",
    )
    foreseen = list(told.values(*fields))
    after = (
        list(Payment.objects.values()),
        list(FirstDecision.objects.values()),
        list(Claim.objects.values()),
    )
    assert (after, BackPay.objects.count()) == (before, 0)
    with clock.at(at(NOTICED)):
        confirm_law(file=file, by=cast.director)
        apply_law(file=file.pk)
    assert (
        list(LawEffect.objects.filter(run=run_of(file)).order_by("case", "about").values(*fields)) == foreseen
    )
    assert [one["back_pay"] for one in foreseen if one["about"] == "claim"] == [100, 100]


def test_a_released_month_stays_released_at_the_new_amount(cast: Cast, paid: list[Claim]) -> None:
    Payment.objects.filter(month=month("2016-09")).update(
        state=PaymentState.RELEASED, released_by=cast.clerk, released_at=at("2016-08-20")
    )
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    assert _amounts(paid[0])[3] == ("2016-09", 1000, "released")
