"""What the job leaves to a person: nobody loses by it, and nothing that somebody decided is overruled."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.factories.claims import approved, checked, claimants, held, month
from tests.factories.laws import EARLIER, NOTICE, amount, in_force, licang, run_of
from zaigang.claims.actions import receive_appeal, stop
from zaigang.claims.enums import AppealAbout, Outcome, StopReason
from zaigang.claims.models import BackPay, Claim, LawEffect, LawFile, Payment
from zaigang.claims.queries.correcting import differences
from zaigang.claims.queries.lists import unsound
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.models import Closure

#: A notice that takes from people: 900 yuan from July on.
LESS = licang(
    amounts=amount("2015-07-01", "2016-06-30", 950, "benefit_2015")
    + amount("2016-07-01", None, 900, "benefit_2016")
)
#: The amount from July on is not known any more.
UNKNOWN = licang(
    amounts=amount("2015-07-01", "2016-06-30", 950, "benefit_2015")
    + amount("2016-07-01", None, None, "benefit_2016")
)


def _found(file: LawFile, claim: Claim) -> LawEffect:
    return LawEffect.objects.get(run=run_of(file), claim=claim)


def _noticed(cast: Cast, text: str = NOTICE, by: Staff | None = None) -> LawFile:
    with clock.at(at("2016-08-25")):
        return in_force(text, by=cast.clerk, confirmed_by=by or cast.director)


def test_a_stopped_claim_is_left_as_it_is(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at("2016-08-20")):
        stop(
            claim=paid[0],
            reason=StopReason.REEMPLOYED,
            on=date(2016, 8, 15),
            evidence="劳动合同",
            by=cast.clerk,
        )
    before = list(Payment.objects.filter(claim=paid[0]).values())
    effect = _found(_noticed(cast), paid[0])
    assert (effect.needs, effect.applied, effect.back_pay) == ("stopped", False, 0)
    assert list(Payment.objects.filter(claim=paid[0]).values()) == before
    assert BackPay.objects.filter(payment__claim=paid[0]).count() == 0
    assert BackPay.objects.filter(payment__claim=paid[1]).count() == 2


def test_a_decision_that_differs_is_left_as_it_is(cast: Cast, paid: list[Claim]) -> None:
    paid[0].differs, paid[0].reason = True, "本人补交了材料"
    paid[0].save(update_fields=["differs", "reason"])
    effect = _found(_noticed(cast), paid[0])
    assert (effect.needs, effect.applied) == ("differs", False)


def test_the_confirmers_own_file_is_left_to_others(cast: Cast, paid: list[Claim]) -> None:
    worker = paid[0].case.worker
    assert worker is not None
    Staff.objects.filter(pk=cast.director.pk).update(id_index=worker.id_index)
    effect = _found(_noticed(cast, by=Staff.objects.get(pk=cast.director.pk)), paid[0])
    assert (effect.needs, effect.applied) == ("own", False)


def test_what_was_paid_too_much_is_found_and_not_taken_back(cast: Cast, paid: list[Claim]) -> None:
    effect = _found(_noticed(cast, LESS), paid[0])
    assert (effect.needs, effect.applied, effect.overpaid, effect.back_pay) == ("overpaid", True, 100, 0)
    assert (effect.changes, effect.month_after) == (["amount", "overpaid"], 900)
    later = Payment.objects.get(claim=paid[0], month=month("2016-09"))
    assert (later.yuan, BackPay.objects.count(), unsound()) == (900, 0, (0, 0, 0))


def test_months_whose_amount_is_unknown_are_not_released_any_more(cast: Cast, paid: list[Claim]) -> None:
    Payment.objects.filter(month=month("2016-09")).update(
        state="released", released_by=cast.clerk, released_at=at("2016-08-20")
    )
    effect = _found(_noticed(cast, UNKNOWN), paid[0])
    later = Payment.objects.get(claim=paid[0], month=month("2016-09"))
    assert (effect.needs, later.yuan, later.status, later.state) == ("unknown", None, "missing", "planned")
    assert unsound() == (0, 0, 0)


@pytest.fixture
def unsigned(cast: Cast, closure: Closure, tmp_path: Path) -> dict[str, Claim]:
    """Claims on their way: checked by a second person, and one that waits for its decision."""
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    first, second, third = claimants(cast, closure, tmp_path, "安可", "毕可", "从可")
    return {"checked": checked(cast, first), "held": held(cast, second), "approved": approved(cast, third)}


def test_who_checked_signs_again_for_the_new_amounts(cast: Cast, unsigned: dict[str, Claim]) -> None:
    file = _noticed(cast)
    claim = Claim.objects.get(pk=unsigned["checked"].pk)
    assert (claim.state, claim.checked_by, _found(file, claim).applied) == ("made", None, True)
    assert Payment.objects.get(claim=claim, month=month("2016-07")).yuan == 1000
    signed = Claim.objects.get(pk=unsigned["approved"].pk)
    assert (signed.state, signed.approved_by) == ("approved", cast.director)


def test_an_undecided_claim_waits_for_its_clerk(cast: Cast, unsigned: dict[str, Claim]) -> None:
    effect = _found(_noticed(cast), unsigned["held"])
    # The clerk held a claim that the engine would grant: that is another decision, with its reason.
    assert (effect.needs, effect.applied) == ("differs", False)
    assert Claim.objects.get(pk=unsigned["held"].pk).outcome == Outcome.HOLD


def test_who_disagrees_and_has_no_answer_yet_is_left_as_it_is(cast: Cast, paid: list[Claim]) -> None:
    with clock.at(at("2016-08-20")):
        day = date(2016, 8, 20)
        receive_appeal(
            claim=paid[0], about=AppealAbout.DECISION, received_on=day, explained_on=day, promised_on=date(2016, 9, 20),
            words="觉得应当多", by=cast.clerk,
        )  # fmt: skip
    file = _noticed(cast)
    assert (_found(file, paid[0]).needs, _found(file, paid[1]).needs) == ("appeal", "")
    assert BackPay.objects.filter(payment__claim=paid[0]).count() == 0


def test_a_fact_put_right_later_does_not_find_the_paid_back_months_again(
    cast: Cast, paid: list[Claim]
) -> None:
    _noticed(cast)
    claim = Claim.objects.select_related("ruling").get(pk=paid[0].pk)
    found = differences(claim, claim.ruling.body, claim.outcome)
    assert (found.over, found.under) == ((), ())
