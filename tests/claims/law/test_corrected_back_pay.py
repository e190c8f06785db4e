"""A correction that finds too little was paid makes out the difference, once, for the next list."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.claims.life.acts import stop, suspend
from tests.claims.life.test_correcting import proposed, signed
from tests.factories.claims import month
from tests.factories.laws import EARLIER, NOTICE, in_force
from zaigang.claims import actions
from zaigang.claims.lists import list_data
from zaigang.claims.models import BackPay, Claim, Overpayment, PaymentList
from zaigang.claims.pages.corrections import of_correction
from zaigang.claims.queries.lists import unsound
from zaigang.foundation import clock
from zaigang.ledger.models import Entry

NOTICED, SEPTEMBER = "2016-08-25", month("2016-09")


def left_alone(claim: Claim) -> None:
    """Decided otherwise than the engine proposed: a change of the law leaves it to a person."""
    claim.refresh_from_db()
    claim.differs, claim.reason = True, "本人补交了材料"
    claim.save(update_fields=["differs", "reason"])


@pytest.fixture
def short(cast: Cast, paid: list[Claim]) -> Claim:
    """The notice left it alone: July and August are 50 short."""
    left_alone(paid[0])
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    return Claim.objects.select_related("case__closure__office").get(pk=paid[0].pk)


def corrected(cast: Cast, claim: Claim, facts: dict[str, Any] | None = None, outcome: str = "grant") -> Claim:
    """By the law of the day, with these facts put right."""
    claim.refresh_from_db()
    with clock.at(at(NOTICED)):
        return signed(cast, proposed(cast, claim, facts or {}, outcome))


def lines(claim: Claim) -> list[tuple[str, int, str]]:
    """Month, yuan and state of each back-pay."""
    found = BackPay.objects.filter(payment__claim=claim).order_by("payment__month", "state")
    return [(f"{one.payment.month:%Y-%m}", int(one.yuan), one.state) for one in found]


def listed(cast: Cast) -> PaymentList:
    with clock.at(at("2016-09-05")):
        return actions.make_list(office=cast.north, month=SEPTEMBER, by=cast.clerk)


def test_the_difference_goes_onto_the_next_list_and_onto_no_other(cast: Cast, short: Claim) -> None:
    assert BackPay.objects.filter(payment__claim=short).count() == 0
    after = corrected(cast, short)
    assert lines(short) == [("2016-07", 50, "released"), ("2016-08", 50, "released")]
    one = BackPay.objects.filter(payment__claim=short).first()
    assert one is not None and one.correction
    assert (one.standard, one.source["document"], one.file, one.correction.claim, one.released_by) == (
        Decimal(1000), "鲁人社发〔2016〕31号", None, short, cast.director,
    )  # fmt: skip
    assert Entry.objects.get(verb="claims.corrected").facts["back_pay"] == ["2016-07", "2016-08"]
    made = listed(cast)
    notes = [line.note for line in list_data(made, whole=False).lines if line.note]
    assert sorted(notes) == ["更正补差：鲁人社发〔2016〕31号"] * 2 + ["补差：鲁人社发〔2016〕31号"] * 2
    assert (made.control_sum, lines(short)) == (
        200, [("2016-07", 50, "listed"), ("2016-08", 50, "listed")],
    )  # fmt: skip
    assert listed(cast).pk == made.pk
    assert (after.payments.get(month=month("2016-07")).yuan, unsound()) == (950, (0, 0, 0))


def test_said_before_it_is_signed(cast: Cast, short: Claim) -> None:
    with clock.at(at(NOTICED)):
        made = proposed(cast, short, {})
    effect = of_correction(short, made.ruling.body, made.outcome)
    assert "已经列入名册的有 2 个月少发，共 ¥100.00：审批以后进下一份名册补发。" in effect.lines
    assert BackPay.objects.filter(payment__claim=short).count() == 0


def test_past_months_of_a_claim_that_was_stopped_rose_too(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at("2016-08-20")):
        stop(cast, paid[0], date(2016, 8, 15))
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    corrected(cast, paid[0])
    assert lines(paid[0]) == [("2016-07", 50, "released"), ("2016-08", 50, "released")]
    assert (listed(cast).control_sum, unsound()) == (200, (0, 0, 0))


def test_a_month_that_was_not_due_at_all_gets_nothing(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at("2016-08-20")):
        stop(cast, paid[0], date(2016, 7, 15))
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    corrected(cast, paid[0])
    assert lines(paid[0]) == [("2016-07", 50, "released")]


def test_what_is_held_back_waits(cast: Cast, short: Claim) -> None:
    with clock.at(at(NOTICED)):
        suspend(cast, short, date(2016, 10, 20))
    corrected(cast, short)
    assert listed(cast).control_sum == 100  # the other person's
    with clock.at(at("2016-09-06")):
        actions.lift(claim=short, evidence="是同名的人", by=cast.clerk)
    assert (listed(cast).control_sum, lines(short)) == (
        100, [("2016-07", 50, "listed"), ("2016-08", 50, "listed")],
    )  # fmt: skip


def test_corrected_again_before_the_list_nothing_is_paid_twice(cast: Cast, short: Claim) -> None:
    corrected(cast, short)
    corrected(cast, short, {"contribution_months": 30, "deemed_months": 0})
    assert lines(short) == [("2016-07", 50, "released"), ("2016-08", 50, "released")]
    corrected(cast, short, {"left_because": "resigned"}, "refuse")
    assert lines(short) == [("2016-07", 50, "dropped"), ("2016-08", 50, "dropped")]
    assert listed(cast).control_sum == 100  # the other person's
    # What went out is owed, what never did is not.
    assert (Overpayment.objects.get(claim=short).yuan, unsound()[0]) == (1900, 0)


def test_what_the_law_made_out_is_made_out_once(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at(NOTICED)):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    corrected(cast, paid[1], {"contribution_months": 30, "deemed_months": 0})
    assert lines(paid[1]) == [("2016-07", 50, "released"), ("2016-08", 50, "released")]
    assert BackPay.objects.filter(correction__isnull=False).count() == 0


def test_what_was_dropped_does_not_count_when_more_is_due_again(cast: Cast, short: Claim) -> None:
    corrected(cast, short)
    for text, found in ((EARLIER, ["dropped"] * 2), (NOTICE, ["dropped", "released"] * 2)):
        left_alone(short)
        with clock.at(at(NOTICED)):
            in_force(f"{text}# once more\n", by=cast.clerk, confirmed_by=cast.director)
        corrected(cast, short)
        assert [state for _month, _yuan, state in lines(short)] == found
    assert (Overpayment.objects.count(), unsound()) == (0, (0, 0, 0))


def test_too_much_found_by_mistake_is_taken_out_again(cast: Cast, short: Claim) -> None:
    corrected(cast, short, {"left_because": "resigned"}, "refuse")
    found = Overpayment.objects.get()
    corrected(cast, short, {"left_because": "employer_proposed_agreement"})
    found.refresh_from_db()
    assert (found.state, found.yuan, lines(short)) == (
        "withdrawn", 0, [("2016-07", 50, "released"), ("2016-08", 50, "released")],
    )  # fmt: skip


def test_the_database_wants_its_own_correction_once(cast: Cast, short: Claim) -> None:
    corrected(cast, short)
    one = BackPay.objects.filter(correction__isnull=False)[0]
    other = BackPay.objects.filter(file__isnull=False)[0]
    plain = {
        "yuan": 1, "standard": 1000, "source": {}, "released_by": cast.clerk, "released_at": clock.now(),
    }  # fmt: skip
    for values, name in (
        ({"payment": one.payment, "correction": one.correction}, "claims_back_pay_once_corrected"),
        ({"payment": other.payment, "correction": one.correction}, "claims_back_pay_of_its_correction"),
        ({"payment": one.payment}, "claims_back_pay_of_law_or_correction"),
        (
            {"payment": one.payment, "correction": one.correction, "file": other.file},
            "claims_back_pay_of_law_or_correction",
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BackPay.objects.create(**plain | values)
    BackPay.objects.filter(pk=one.pk).update(state="dropped")
    with pytest.raises(IntegrityError, match="claims_listed_for_good"), transaction.atomic():
        BackPay.objects.filter(pk=one.pk).update(state="released")
