"""The clerk's window, page by page, without a browser."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.claims import BLANKS, FILLED
from tests.factories.halls import opened
from tests.factories.rosters import case_of, id_number, imported, row, some_closure
from zaigang.claims.models import Claim, Draft, Registration
from zaigang.claims.one_stop.drafting import save_draft
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.enums import Service, TicketState
from zaigang.hall.models import ServiceDay, Ticket
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case, Closure

#: What a clerk types for somebody whom the roster knows well.
TYPED = {
    "facts-presence": "in_person", "facts-left_on": "2015-12-31", "facts-left_because": "employer_proposed_agreement",
    "facts-contribution_months": "204", "facts-deemed_months": "60", "facts-unused_months": "",
    "registration-nation": "01", "registration-education": "70", "registration-phone": "13800000001",
    "registration-home_address": "示范区北街1号", "registration-living_address": "示范区北街1号",
    "registration-reason": "20", "registration-wants_work": "1", "registration-notice_way": "1",
    "registration-lost_work_on": "2015-12-31", "registration-former_employer": "示范钢铁集团",
}  # fmt: skip


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast, cast.clerk, cast.second_clerk)


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    imported(cast, closure, tmp_path, [row(1, "王建甲"), row(2, "李丽乙")])
    return case_of(closure, "王建甲")


@pytest.fixture
def clerk(sign_in: Any, cast: Cast) -> Client:
    return sign_in(cast.clerk)  # type: ignore[no-any-return]


def served(clerk: Client, cast: Cast, day: ServiceDay, case: Case) -> UUID:
    """Called and identified; gives the ticket."""
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP).id
    window = day.windows.get(staff=cast.clerk)
    clerk.post(reverse("desk:call"), {"window": window.pk})
    answer = clerk.post(reverse("desk:identify"), {"ticket": ticket, "case": case.pk})
    assert answer.headers["Location"] == reverse("desk:serve", args=[ticket])
    return ticket


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]


def test_from_call_to_paper(clerk: Client, cast: Cast, day: ServiceDay, case: Case) -> None:
    ticket = served(clerk, cast, day, case)
    page = clerk.get(reverse("desk:serve", args=[ticket])).content.decode()
    assert "王建甲" in page and id_number(1) not in page
    assert clerk.post(reverse("desk:serve", args=[ticket]), TYPED).status_code == 302
    page = clerk.get(reverse("desk:check", args=[ticket])).content.decode()
    assert "请核对后提交 2 件事" in page and "示范区北街1号" in page and id_number(1) not in page
    sent = {"once": hidden(page, "once"), "digest": hidden(page, "digest"), "outcome": "grant", "reason": ""}
    first = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    again = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    registration = Registration.objects.get()
    assert (
        first.headers["Location"] == again.headers["Location"] == reverse("desk:done", args=[registration.pk])
    )
    page = clerk.get(first.headers["Location"]).content.decode()
    assert registration.number in page
    paper = clerk.get(reverse("desk:paper", args=[registration.pk]))
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert clerk.get(reverse("desk:paper", args=[registration.pk])).content == paper.content


def test_a_number_that_has_its_person_is_served_with_one_press(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP, case=case, by=cast.clerk).id
    clerk.post(reverse("desk:call"), {"window": day.windows.get(staff=cast.clerk).pk})
    page = clerk.get(reverse("desk:window")).content.decode()
    assert "本人到了：登记和申领，一次办" in page and f'value="{case.pk}"' in page
    clerk.post(reverse("desk:identify"), {"ticket": ticket, "case": case.pk})
    assert Ticket.objects.get(pk=ticket).state == TicketState.SERVING


def test_what_is_wrong_is_told_and_nothing_is_lost(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    answer = clerk.post(reverse("desk:serve", args=[ticket]), TYPED | {"registration-home_address": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "户籍地址" in page and 'value="示范区北街1号"' in page
    assert not Draft.objects.exists()


def test_a_phone_that_cannot_be_one_is_asked_not_filled_in(
    clerk: Client, cast: Cast, day: ServiceDay, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(5, "孙坏号", 联系电话="12345")], "又一份.csv")
    ticket = served(clerk, cast, day, case_of(closure, "孙坏号"))
    assert 'value="12345"' not in clerk.get(reverse("desk:serve", args=[ticket])).content.decode()
    assert clerk.post(reverse("desk:serve", args=[ticket]), TYPED).status_code == 302


def test_another_decision_without_reason_comes_back_with_words(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    clerk.post(reverse("desk:serve", args=[ticket]), TYPED)
    page = clerk.get(reverse("desk:check", args=[ticket])).content.decode()
    sent = {"once": hidden(page, "once"), "digest": hidden(page, "digest"), "outcome": "refuse", "reason": ""}
    answer = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    assert (answer.status_code, Claim.objects.count()) == (422, 0)
    assert "请写明理由" in answer.content.decode()
    answer = clerk.post(reverse("desk:submit", args=[ticket]), sent | {"reason": "下周去新单位"})
    assert (answer.status_code, Claim.objects.get().differs) == (302, True)


def test_a_check_page_that_is_stale_is_shown_again(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    clerk.post(reverse("desk:serve", args=[ticket]), TYPED)
    page = clerk.get(reverse("desk:check", args=[ticket])).content.decode()
    clerk.post(
        reverse("desk:serve", args=[ticket]),
        TYPED | {"facts-contribution_months": "30", "facts-deemed_months": "0"},
    )
    sent = {"once": hidden(page, "once"), "digest": hidden(page, "digest"), "outcome": "grant", "reason": ""}
    answer = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    assert (answer.status_code, Registration.objects.count()) == (409, 0)
    assert "测算的结果变了" in answer.content.decode() and "最多 12 个月" in answer.content.decode()


def test_what_was_typed_after_the_check_page_is_checked_again(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    clerk.post(reverse("desk:serve", args=[ticket]), TYPED)
    page = clerk.get(reverse("desk:check", args=[ticket])).content.decode()
    sent = {name: hidden(page, name) for name in ("once", "digest", "seen")} | {"outcome": "grant"}
    with clock.at(datetime(2016, 1, 11, 9, 5, tzinfo=clock.ZONE)):
        clerk.post(
            reverse("desk:serve", args=[ticket]), TYPED | {"claim-bank_account": "6222020000000999999"}
        )
    answer = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    assert (answer.status_code, Registration.objects.count()) == (409, 0)
    assert "又改过" in answer.content.decode() and "尾号 9999" in answer.content.decode()


def test_somebody_not_on_the_roster_is_added_and_served(
    clerk: Client, cast: Cast, day: ServiceDay, closure: Closure, case: Case
) -> None:
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP).id
    clerk.post(reverse("desk:call"), {"window": day.windows.get(staff=cast.clerk).pk})
    address = reverse("desk:walk_in", args=[ticket])
    typed = {"closure": closure.pk, "name": "赵补录", "id": "370299196905220999", "laid_off_on": "2015-12-31"}
    assert clerk.post(address, typed).status_code == 422
    assert closure.cases.count() == 2
    answer = clerk.post(address, typed | {"id": id_number(7), "left_because": "企业关闭"})
    assert answer.headers["Location"] == reverse("desk:serve", args=[ticket])
    added = case_of(closure, "赵补录")
    assert (added.number, Ticket.objects.get(pk=ticket).case_id) == (3, added.pk)
    assert added.rows.get().file.name == "窗口补录"


def test_who_died_is_refused_before_anything_is_typed(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    assert case.worker
    note_life_event(
        worker=case.worker,
        kind="died",
        on=case.worker.born.replace(year=2016, month=1, day=2),
        document="证明",
        by=cast.clerk,
    )
    page = clerk.get(reverse("desk:serve", args=[ticket])).content.decode()
    assert "已经去世" in page and "丧葬补助金" in page


def test_the_paper_can_be_verified_by_anybody(
    clerk: Client, client: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    from zaigang.desk.one_stop.verifying import token_of

    test_from_call_to_paper(clerk, cast, day, case)
    token = token_of(Registration.objects.get())
    stranger = Client()
    page = stranger.get(reverse("desk:verify", args=[token])).content.decode()
    assert "凭证是真的" in page and "王*甲" in page and "王建甲" not in page
    assert stranger.get(reverse("desk:verify", args=[token[:-2] + "xx"])).status_code == 404


def test_another_clerk_cannot_open_the_visit(
    sign_in: Any, clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    other = Client()
    other.force_login(cast.second_clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name in ("desk:serve", "desk:check"):
        assert other.get(reverse(name, args=[ticket])).status_code == 404
    assert Ticket.objects.get(pk=ticket).state == TicketState.SERVING


def test_a_file_of_an_office_where_one_registers_nobody_is_not_opened(
    clerk: Client, cast: Cast, day: ServiceDay, closure: Closure, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    closure.office = cast.south
    closure.save(update_fields=["office"])
    page = reverse("desk:serve", args=[ticket])
    sent = {"once": uuid4(), "digest": "", "outcome": "grant"}
    answers = [
        clerk.get(page), clerk.post(page, TYPED), clerk.get(reverse("desk:check", args=[ticket])),
        clerk.post(reverse("desk:submit", args=[ticket]), sent),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [403] * 4
    assert not (Draft.objects.exists() or Registration.objects.exists())


def test_who_is_registered_at_another_office_is_told_the_number_and_not_printed_here(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case, tmp_path: Path
) -> None:
    south = some_closure(cast, "NJ-2015", office=cast.south, by=cast.outsider)
    imported(cast, south, tmp_path, [row(1, "王建甲")], "南街.csv")
    elsewhere = case_of(south, "王建甲")
    Registration.objects.create(
        case=elsewhere, worker=elsewhere.worker, number="370213-2016-0000099", registered_on="2016-01-10",
        presence="in_person", blank="x", answers={}, made_by=cast.outsider, made_at=clock.now(),
    )  # fmt: skip
    page = clerk.get(reverse("desk:serve", args=[served(clerk, cast, day, case)])).content.decode()
    assert "已经办过失业登记，编号 370213-2016-0000099" in page
    assert "重新打印</a>" not in page


@pytest.mark.parametrize(
    ("address", "status"), [("/window/turn/nothing/", 404), ("/window/act/nothing/", 404)]
)
def test_an_act_that_is_none_is_not_found(
    clerk: Client, cast: Cast, day: ServiceDay, address: str, status: int
) -> None:
    sent = {"window": day.windows.get(staff=cast.clerk).pk, "ticket": uuid4()}
    assert clerk.post(address, sent).status_code == status


def test_a_confirmation_without_its_press_is_refused_in_words(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    answer = clerk.post(reverse("desk:submit", args=[ticket]), {"outcome": "grant", "once": "x"})
    assert answer.status_code == 409 and "这一页已经旧了" in answer.content.decode()


def test_benefit_for_no_month_comes_back_with_words(
    clerk: Client, cast: Cast, day: ServiceDay, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(5, "从辞", 解除原因="个人辞职")], "又一份.csv")
    ticket = served(clerk, cast, day, case_of(closure, "从辞"))
    assert (
        clerk.post(reverse("desk:serve", args=[ticket]), TYPED | {"facts-left_because": ""}).status_code
        == 302
    )
    page = clerk.get(reverse("desk:check", args=[ticket])).content.decode()
    sent = {
        "once": hidden(page, "once"),
        "digest": hidden(page, "digest"),
        "outcome": "grant",
        "reason": "有材料",
    }
    answer = clerk.post(reverse("desk:submit", args=[ticket]), sent)
    assert answer.status_code == 422 and "没有可以发的月份" in answer.content.decode()


def test_the_check_page_of_an_unfinished_form_leads_back_to_it(
    clerk: Client, cast: Cast, day: ServiceDay, case: Case
) -> None:
    ticket = served(clerk, cast, day, case)
    clerk.post(reverse("desk:serve", args=[ticket]), TYPED)
    check = reverse("desk:check", args=[ticket])
    page = clerk.get(check).content.decode()
    sent = {"once": hidden(page, "once"), "digest": hidden(page, "digest"), "outcome": "grant", "reason": ""}
    unfinished = FILLED | {"registration": FILLED["registration"] | {"nation": None}}
    save_draft(case=case, **unfinished, blanks=BLANKS, corrections={}, by=cast.clerk)
    for answer in (
        clerk.get(check, follow=True),
        clerk.post(reverse("desk:submit", args=[ticket]), sent, follow=True),
    ):
        assert answer.redirect_chain == [(reverse("desk:serve", args=[ticket]), 302)]
        assert "还有 1 项没有填：民族。请填好再核对、提交" in answer.content.decode()
    assert not Registration.objects.exists()
