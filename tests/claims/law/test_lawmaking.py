"""Who may change the law, in which order, and what the database itself refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.cast import Cast, make_staff
from tests.factories.laws import EARLIER, NOTE, NOTICE, in_force
from tests.factories.rosters import some_closure
from zaigang.claims.actions import apply_law, confirm_law, load_law, withdraw_law
from zaigang.claims.enums import LawState
from zaigang.claims.errors import LawRefused
from zaigang.claims.law.states import STEPS
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import BackPay, Claim, LawEffect, LawFile, LawRun, Payment
from zaigang.claims.queries.law import files_for
from zaigang.engines.entitlement import load_parameters
from zaigang.foundation import clock
from zaigang.offices.enums import Role

LAW = (2016 * 12 + 6, 1)


def _july() -> object:
    return current_law().library.rules("370213").amount(*LAW).yuan


def test_a_draft_is_no_law_and_a_confirmed_one_is_until_the_next(cast: Cast) -> None:
    packaged = load_parameters()
    assert current_law().library is packaged
    file = load_law(text=EARLIER, note=NOTE, by=cast.clerk)
    assert current_law().library is packaged
    confirm_law(file=file, by=cast.director)
    assert _july() == 950
    apply_law(file=file.pk)
    later = in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    assert _july() == 1000
    states = LawFile.objects.order_by("loaded_at", "state").values_list("pk", "state")
    assert set(states) == {(file.pk, LawState.SUPERSEDED), (later.pk, LawState.IN_FORCE)}


@pytest.mark.parametrize("start", LawState.values)
@pytest.mark.parametrize("end", LawState.values)
def test_the_database_knows_the_same_steps_as_the_table(cast: Cast, start: str, end: str) -> None:
    signed = {"confirmed_by": cast.director, "confirmed_at": clock.now()}
    draft = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    values = signed if start in (LawState.IN_FORCE, LawState.SUPERSEDED) else {}
    made = LawFile(
        territory=draft.territory, name=draft.name, text=draft.text, sha256=draft.sha256, note=NOTE, state=start,
        loaded_by=cast.clerk, loaded_at=draft.loaded_at, **values,
    )  # fmt: skip
    made.save(force_insert=True)
    values = signed if end in (LawState.IN_FORCE, LawState.SUPERSEDED) else {"confirmed_by": None}
    allowed = start == end or (LawState(start), LawState(end)) in STEPS
    try:
        with transaction.atomic():
            LawFile.objects.filter(pk=made.pk).update(state=end, **values)
        done = True
    except IntegrityError as error:
        assert "claims_law_in_its_order" in str(error)
        done = False
    assert done == allowed


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"text": "x"}, "claims_law_for_good"),
        ({"note": "x"}, "claims_law_for_good"),
        ({"territory": "37"}, "claims_law_for_good"),
        ({"state": LawState.SUPERSEDED}, "claims_law_confirmed"),
    ],
)
def test_a_loaded_text_is_never_changed(cast: Cast, change: dict[str, str], name: str) -> None:
    file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        LawFile.objects.filter(pk=file.pk).update(**change)
    assert name in str(refused.value) or "claims_law_in_its_order" in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        file.delete()


def test_a_text_is_its_digest_and_who_confirms_is_another(cast: Cast) -> None:
    file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    file.pk, file.sha256 = None, "0" * 64
    with pytest.raises(IntegrityError, match="claims_law_is_its_digest"), transaction.atomic():
        file.save(force_insert=True)
    drafts = LawFile.objects.filter(state=LawState.DRAFT)
    with pytest.raises(IntegrityError, match="claims_law_confirmed_by_another"), transaction.atomic():
        drafts.update(state=LawState.IN_FORCE, confirmed_by=cast.clerk, confirmed_at=clock.now())


def test_one_version_of_a_place_is_in_force(cast: Cast) -> None:
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    with pytest.raises(IntegrityError, match="claims_one_law_in_force"), transaction.atomic():
        LawFile.objects.filter(state=LawState.DRAFT).update(
            state=LawState.IN_FORCE, confirmed_by=cast.director, confirmed_at=clock.now()
        )


@pytest.mark.parametrize(("note", "text", "what"), [
    ("  ", NOTICE, "没有写为什么改"),
    (NOTE, EARLIER, "和现在施行的规定一字不差"),
    (NOTE, "territory: [", "读不出 YAML"),
])  # fmt: skip
def test_what_is_not_loaded(cast: Cast, note: str, text: str, what: str) -> None:
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    with pytest.raises(LawRefused) as refused:
        load_law(text=text, note=note, by=cast.clerk)
    assert refused.value.what.startswith(what)
    assert LawFile.objects.count() == 1


def test_the_loader_does_not_confirm_and_no_two_re_decisions_run(cast: Cast) -> None:
    own = load_law(text=EARLIER, note=NOTE, by=cast.director)
    with pytest.raises(LawRefused, match="这份规定是您载入的"):
        confirm_law(file=own, by=cast.director)
    running = load_law(text=EARLIER, note=NOTE, by=cast.clerk)
    run = confirm_law(file=running, by=cast.director)
    assert confirm_law(file=running, by=cast.director) == run
    later = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    with pytest.raises(LawRefused, match="上一份规定还在重新测算"):
        confirm_law(file=later, by=cast.director)
    with pytest.raises(LawRefused, match="这份规定现在是：施行中"):
        withdraw_law(file=running, by=cast.clerk)


def test_whoever_changes_a_rule_answers_for_every_office_it_reaches(cast: Cast) -> None:
    file = load_law(text=EARLIER, note=NOTE, by=cast.clerk)
    some_closure(cast, code="NAN-2015", office=cast.south)
    with pytest.raises(PermissionDenied):
        confirm_law(file=file, by=cast.director)
    with pytest.raises(PermissionDenied):
        load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    above = make_staff("zong", "宗主任", Role.DIRECTOR, cast.district)
    assert confirm_law(file=file, by=above).total == 0


def test_files_are_seen_where_they_reach(cast: Cast) -> None:
    file = load_law(text=EARLIER, note=NOTE, by=cast.clerk)
    assert [list(files_for(one)) for one in (cast.director, cast.auditor, cast.officer)] == [
        [file],
        [file],
        [],
    ]


def test_back_pay_is_for_months_that_went_out_and_stays_once_listed(cast: Cast, paid: list[Claim]) -> None:
    file = LawFile.objects.get()
    planned = Payment.objects.filter(claim=paid[0], state="planned").first()
    listed = Payment.objects.filter(claim=paid[0], state="listed").first()
    values = {"file": file, "yuan": 50, "standard": 1000, "source": {}, "released_by": cast.director}
    with pytest.raises(IntegrityError, match="claims_back_pay_for_listed_months"), transaction.atomic():
        BackPay.objects.create(payment=planned, released_at=clock.now(), **values)
    made = BackPay.objects.create(payment=listed, released_at=clock.now(), **values)
    for changes, name in (
        ({"yuan": -1}, "claims_back_pay_is_more"),
        ({"state": "listed"}, "claims_back_pay_listed_where"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BackPay.objects.filter(pk=made.pk).update(**changes)
    assert listed is not None
    BackPay.objects.filter(pk=made.pk).update(state="listed", list=listed.list)
    with pytest.raises(IntegrityError, match="claims_listed_for_good"), transaction.atomic():
        made.delete()


def test_what_a_re_decision_kept_is_never_changed(cast: Cast, paid: list[Claim]) -> None:
    in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
    assert LawEffect.objects.filter(applied=True).count() == 4
    with pytest.raises(IntegrityError, match="claims_effect_for_good"), transaction.atomic():
        LawEffect.objects.update(needs="own")
    with pytest.raises(IntegrityError, match="claims_effect_for_good"), transaction.atomic():
        LawRun.objects.all().delete()
