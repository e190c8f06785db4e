"""The counter's confirmation: all of it or nothing, never two, and never against the law."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.claims import BLANKS, FILLED, at_the_window
from tests.factories.halls import window_at
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.claims.enums import Outcome
from zaigang.claims.errors import (
    CannotRegister,
    DecisionChanged,
    NotAtTheWindow,
    NotFilled,
    NothingToPay,
    ReasonMissing,
)
from zaigang.claims.models import Claim, Draft, Payment, Registration
from zaigang.claims.one_stop.asking import answered, proposed, question
from zaigang.claims.one_stop.confirming import Confirmation, confirm
from zaigang.claims.one_stop.drafting import save_draft
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.enums import Service, TicketState
from zaigang.hall.models import Ticket, TicketEvent
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity
from zaigang.offices.models import Staff
from zaigang.roster.actions import merge_people, note_life_event
from zaigang.roster.models import Case, Closure


def ready(case: Case, ticket: UUID, *, late: bool = False, **more: Any) -> Confirmation:
    """What the check page would send: the proposed outcome, and the digest of the answer shown."""
    draft = Draft.objects.get(case=case)
    asked = question(
        case,
        on=clock.today(),
        fixed=None,
        carried=None,
        corrections=draft.answers["corrections"],
        late_accepted=late,
    )
    answer, sha256 = answered(asked)
    plain = Confirmation(ticket, uuid4(), sha256.hex(), proposed(answer), late_accepted=late)
    return replace(plain, **more)


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Any) -> Case:
    imported(cast, closure, tmp_path, [row(1, "王建甲"), row(2, "李丽乙", 解除原因="个人辞职")])
    return case_of(closure, "王建甲")


def test_one_visit_writes_two_records_and_the_schedule(cast: Cast, case: Case) -> None:
    ticket = at_the_window(cast, case)
    registration = Registration.objects.get(pk=confirm(confirmation=ready(case, ticket), by=cast.clerk))
    claim = registration.claim
    assert (registration.registered_on, claim.applied_on) == (date(2016, 1, 11), date(2016, 1, 11))
    assert registration.number.startswith("370213-2016-")
    assert registration.answers == FILLED["registration"] | {"phone": "13800000001"}
    assert (claim.eligible, claim.outcome, claim.differs, claim.months_at_most) == ("yes", "grant", False, 24)
    lines = list(claim.payments.values_list("month", "draw", "yuan", "planned", "state"))
    assert len(lines) == 24
    assert lines[0] == (date(2016, 1, 1), 1, Decimal("950.00"), True, "planned")
    assert lines[6] == (date(2016, 7, 1), 7, Decimal("1000.00"), True, "planned")
    body = claim.ruling.body["payments"]
    assert [(f"{m:%Y-%m}", float(y)) for m, _d, y, *_rest in lines] == [(p["month"], p["yuan"]) for p in body]
    case.refresh_from_db()
    assert case.state == "registered"
    assert Ticket.objects.get(pk=ticket).state == TicketState.DONE
    assert list(TicketEvent.objects.filter(ticket=ticket).values_list("act", flat=True)) == [
        "take", "call", "identify", "finish",
    ]  # fmt: skip
    entries = Entry.objects.filter(subject=case.pk, verb__startswith="claims.c") | Entry.objects.filter(
        subject=case.pk, verb__in=("claims.registered", "hall.served")
    )
    assert sorted(entries.values_list("verb", "on_behalf_of")) == [
        ("claims.claimed", case.worker_id), ("claims.registered", case.worker_id), ("hall.served", case.worker_id),
    ]  # fmt: skip
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_confirmation_takes_seven_statements(
    cast: Cast, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    confirmation = ready(case, at_the_window(cast, case))
    # A request has read who asks and what they may do before its view begins.
    assert cast.clerk.current_postings
    # BEGIN, COMMIT and the ledger's COPY are counted too.
    with django_assert_num_queries(7):
        confirm(confirmation=confirmation, by=cast.clerk)


def test_pressed_twice_it_is_written_once(cast: Cast, case: Case) -> None:
    confirmation = ready(case, at_the_window(cast, case))
    assert confirm(confirmation=confirmation, by=cast.clerk) == confirm(
        confirmation=confirmation, by=cast.clerk
    )
    assert (Registration.objects.count(), Claim.objects.count(), Payment.objects.count()) == (1, 1, 24)


def test_another_press_for_somebody_registered_is_refused(cast: Cast, case: Case) -> None:
    first = ready(case, at_the_window(cast, case))
    confirm(confirmation=first, by=cast.clerk)
    again = verbs.take(office=cast.north, service=Service.ONE_STOP)
    verbs.call(window=window_at(case.closure.office.service_days.get()), by=cast.clerk)
    verbs.identify(ticket=again.id, case=case, by=cast.clerk)
    save_draft(case=case, **FILLED, blanks=BLANKS, corrections={}, by=cast.clerk)
    with pytest.raises(CannotRegister, match="已经办过失业登记，编号 370213-2016-"):
        confirm(confirmation=ready(case, again.id), by=cast.clerk)
    assert Registration.objects.count() == 1


def test_a_decision_that_changed_since_the_check_page_is_shown_again(cast: Cast, case: Case) -> None:
    ticket = at_the_window(cast, case)
    with pytest.raises(DecisionChanged):
        confirm(confirmation=ready(case, ticket, digest="00" * 32), by=cast.clerk)
    assert Draft.objects.count() == 1
    assert Ticket.objects.get(pk=ticket).state == TicketState.SERVING
    assert not Registration.objects.exists()


def test_another_decision_needs_a_written_reason(cast: Cast, case: Case) -> None:
    ticket = at_the_window(cast, case)
    with pytest.raises(ReasonMissing):
        confirm(confirmation=ready(case, ticket, outcome=Outcome.REFUSE, reason="  "), by=cast.clerk)
    confirmation = ready(case, ticket, outcome=Outcome.REFUSE, reason="本人说下周去新单位上班")
    claim = Claim.objects.get(registration=confirm(confirmation=confirmation, by=cast.clerk))
    assert (claim.outcome, claim.differs, claim.reason) == ("refuse", True, "本人说下周去新单位上班")
    assert claim.payments.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM claims_claim")
        assert "上班".encode() not in bytes(cursor.fetchone()[0])


def test_the_database_wants_the_reason_too(cast: Cast, case: Case) -> None:
    confirm(confirmation=ready(case, at_the_window(cast, case)), by=cast.clerk)
    with pytest.raises(IntegrityError, match="claims_other_decision_has_reason"), transaction.atomic():
        Claim.objects.update(differs=True)


def test_a_fact_put_right_at_the_window_decides(cast: Cast, closure: Closure, case: Case) -> None:
    resigned = case_of(closure, "李丽乙")
    ticket = at_the_window(cast, resigned, left_because="employer_proposed_agreement")
    claim = Claim.objects.get(registration=confirm(confirmation=ready(resigned, ticket), by=cast.clerk))
    assert (claim.eligible, claim.outcome, claim.facts["left_because"]) == (
        "yes", "grant", "employer_proposed_agreement",
    )  # fmt: skip


def test_who_resigned_is_registered_and_the_refusal_is_a_person_s(
    cast: Cast, closure: Closure, case: Case
) -> None:
    resigned = case_of(closure, "李丽乙")
    ticket = at_the_window(cast, resigned)
    claim = Claim.objects.get(registration=confirm(confirmation=ready(resigned, ticket), by=cast.clerk))
    assert (claim.eligible, claim.outcome, claim.made_by, claim.payments.count()) == (
        "no", "refuse", cast.clerk, 0,
    )  # fmt: skip


LATE = date(2016, 3, 1)  # the 61st day after 2015-12-31


@pytest.mark.parametrize(("day", "eligible"), [(LATE - timedelta(days=1), "yes"), (LATE, "undecided")])
def test_the_sixty_days_of_2016(cast: Cast, case: Case, day: date, eligible: str) -> None:
    with clock.at(day):
        ticket = at_the_window(cast, case)
        registration = confirm(confirmation=ready(case, ticket), by=cast.clerk)
    claim = Claim.objects.get(registration=registration)
    assert (claim.eligible, claim.outcome) == (eligible, "grant" if eligible == "yes" else "hold")


def test_a_late_claim_is_accepted_by_a_person_with_a_reason(cast: Cast, case: Case) -> None:
    with clock.at(LATE):
        ticket = at_the_window(cast, case)
        with pytest.raises(ReasonMissing):
            confirm(confirmation=ready(case, ticket, late=True), by=cast.clerk)
        confirmation = ready(case, ticket, late=True, reason="一月至二月住院，有出院小结")
        claim = Claim.objects.get(registration=confirm(confirmation=confirmation, by=cast.clerk))
    assert (claim.outcome, claim.differs, claim.facts["late_accepted"]) == ("grant", True, True)
    assert claim.payments.order_by("month").first().month == date(2016, 3, 1)  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "words"), [("died", "丧葬补助金"), ("pension", "已经领养老金")])
def test_nobody_registers_who_died_or_draws_a_pension(cast: Cast, case: Case, kind: str, words: str) -> None:
    ticket = at_the_window(cast, case)
    confirmation = ready(case, ticket)
    assert case.worker
    note_life_event(
        worker=case.worker, kind=kind, on=date(2016, 1, 8), document="证明 2016年1月9日", by=cast.clerk
    )
    with pytest.raises(CannotRegister, match=words):
        confirm(confirmation=confirmation, by=cast.clerk)
    assert not Registration.objects.exists()
    with pytest.raises(IntegrityError, match="claims_registration_of_the_living"), transaction.atomic():
        Registration.objects.create(
            case=case, worker=case.worker, number="X", registered_on=date(2016, 1, 11), presence="in_person",
            blank="x", answers={}, made_by=cast.clerk, made_at=clock.now(),
        )  # fmt: skip


def test_nobody_works_on_their_own_file(cast: Cast, case: Case) -> None:
    note_identity(staff=cast.clerk, id_number=id_number(1), by=cast.director)
    ticket = at_the_window(cast, case)
    with pytest.raises(CannotRegister, match="您自己的档案"):
        confirm(confirmation=ready(case, ticket), by=cast.clerk)
    with pytest.raises(IntegrityError, match="claims_not_the_own_file"), transaction.atomic():
        Registration.objects.create(
            case=case, worker=case.worker, number="X", registered_on=date(2016, 1, 11), presence="in_person",
            blank="x", answers={}, made_by=cast.clerk, made_at=clock.now(),
        )  # fmt: skip


def test_a_contract_that_runs_is_refused_until_the_day_after(
    cast: Cast, closure: Closure, tmp_path: Any
) -> None:
    imported(cast, closure, tmp_path, [row(9, "钱未到", 解除合同日期="2016-01-11")])
    later = case_of(closure, "钱未到")
    ticket = at_the_window(cast, later)
    with pytest.raises(CannotRegister, match="合同还没有结束"):
        confirm(confirmation=ready(later, ticket), by=cast.clerk)


def test_the_ticket_of_another_window_is_refused(cast: Cast, case: Case) -> None:
    ticket = at_the_window(cast, case)
    with pytest.raises(NotAtTheWindow):
        confirm(confirmation=ready(case, ticket), by=cast.second_clerk)


def test_unknown_law_gives_a_bound_and_no_amount(cast: Cast, case: Case) -> None:
    cast.north.territory = "420106"  # Wuhan: national law alone is known here
    cast.north.save()
    case = Case.objects.select_related("worker", "closure__office").get(pk=case.pk)
    ticket = at_the_window(cast, case)
    claim = Claim.objects.get(registration=confirm(confirmation=ready(case, ticket), by=cast.clerk))
    assert (claim.months_exact, claim.months_at_most) == (None, 24)
    assert set(claim.payments.values_list("yuan", "status")) == {(None, "missing")}


@pytest.mark.parametrize("name", ["从辞", "杜问"])
def test_benefit_for_no_month_is_not_granted(people: Closure, cast: Cast, name: str) -> None:
    """Who resigned, or nobody knows why: a clerk who knows better puts the fact right."""
    case = case_of(people, name)
    asked = ready(case, at_the_window(cast, case), outcome="grant", reason="有材料")
    with pytest.raises(NothingToPay, match="没有可以发的月份"):
        confirm(confirmation=asked, by=cast.clerk)
    assert not Registration.objects.exists()


def test_a_file_that_was_merged_into_another_is_not_registered(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王甲"), row(3, "王甲", 联系电话="13900000003")])
    kept, merged = Case.objects.filter(closure=closure).select_related("worker").order_by("number")
    asked = ready(merged, at_the_window(cast, merged))
    assert kept.worker and merged.worker
    merge_people(keep=kept.worker, absorb=merged.worker, reason="同一人", by=cast.clerk)
    with pytest.raises(CannotRegister, match="已经并入另一份"):
        confirm(confirmation=asked, by=cast.clerk)


def test_nobody_is_registered_for_an_office_where_one_registers_nobody(cast: Cast, case: Case) -> None:
    asked = ready(case, at_the_window(cast, case))
    cast.clerk.postings.update(office=cast.south)
    with pytest.raises(PermissionDenied):
        confirm(confirmation=asked, by=Staff.objects.get(pk=cast.clerk.pk))
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("form", "empty", "said"),
    [
        ("registration", ["nation"], "还有 1 项没有填：民族"),
        ("registration", ["nation", "reason"], "还有 2 项没有填：民族、失业原因"),
        ("claim", ["notice_phone"], "还有 1 项没有填：手机号码"),
    ],
)
def test_an_unfinished_form_is_not_submitted(
    cast: Cast, case: Case, form: str, empty: list[str], said: str
) -> None:
    ticket = at_the_window(cast, case)
    unfinished = FILLED | {form: FILLED[form] | dict.fromkeys(empty)}
    save_draft(case=case, **unfinished, blanks=BLANKS, corrections={}, by=cast.clerk)
    with pytest.raises(NotFilled) as refused:
        confirm(confirmation=ready(case, ticket), by=cast.clerk)
    assert (refused.value.what, Registration.objects.count(), Draft.objects.count()) == (said, 0, 1)
