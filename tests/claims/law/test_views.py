"""The law's pages: load, look, confirm by another, and nothing for outsiders."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.factories.laws import NOTE, NOTICE, in_force, run_of
from tests.factories.rosters import imported, row
from zaigang.claims.actions import (
    apply_law,
    confirm_law,
    load_law,
    make_list,
    preview_law,
    redeciding,
    release,
)
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import BackPay, Claim, FirstDecision, LawEffect, LawFile
from zaigang.foundation import clock
from zaigang.jobs.models import Job
from zaigang.jobs.tasks import execute
from zaigang.roster.models import Closure

LOAD = "/claims/law/load/"
#: Two batches, the second one empty.
PREVIEW_QUERIES = 28


@pytest.fixture
def noticed(cast: Cast, paid: list[Claim]) -> LawFile:
    """The notice is loaded, and nobody has confirmed it."""
    with clock.at(at("2016-08-25")):
        file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
        preview_law(file=file, by=cast.clerk)
    return file


def _text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_text_in_force_is_changed_on_the_page(sign_in, cast: Cast, paid: list[Claim]) -> None:
    client: Client = sign_in(cast.clerk)
    assert "value: {fixed: 950}" in _text(client.get(f"{LOAD}?territory=370213"))
    answer = client.post(LOAD, {"text": NOTICE.replace("\n", "\r\n"), "note": NOTE})
    file = LawFile.objects.get(state="draft")
    assert (answer.status_code, answer["Location"]) == (302, f"/claims/law/{file.pk}/")
    assert (file.text, file.territory, file.name) == (NOTICE, "370213", "青岛市李沧区")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            NOTICE.replace("2016-06-30", "2016-07-31"),
            "与前一条时间重叠（新规定.yaml benefit_amount 2016-07-01）",
        ),
        (
            NOTICE.replace("2016-06-30", "2016-05-31"),
            "与前一条之间有空档（新规定.yaml benefit_amount 2016-07-01）",
        ),
        (NOTICE.replace("article: null}", "colour: red}", 1), "不认识的键"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_line(sign_in, cast: Cast, text: str, where: str) -> None:
    file = SimpleUploadedFile("新规定.yaml", text.encode())
    answer = sign_in(cast.clerk).post(LOAD, {"file": file, "note": NOTE})
    assert (answer.status_code, LawFile.objects.count()) == (422, 0)
    assert where in _text(answer)


def test_the_page_says_what_changes_for_whom(sign_in, cast: Cast, noticed: LawFile) -> None:
    text = _text(sign_in(cast.director).get(f"/claims/law/{noticed.pk}/"))
    assert "<strong>1000 元</strong>" in text
    assert "鲁人社发〔2016〕31号" in text
    assert "核对无误，开始施行" in text
    page = sign_in(cast.director).get(f"/claims/law/{noticed.pk}/").context["page"]
    assert [
        (one.word, str(one.name), one.since, one.before.text, one.after.text) for one in page.amended
    ] == [
        ("改动", "失业保险金每月标准", date(2015, 7, 1), "950 元", "950 元"),
        ("新增", "失业保险金每月标准", date(2016, 7, 1), "", "1000 元"),
    ]
    total = page.total
    assert (total.people, total.more, total.less, total.needs) == (2, 2, 0, 0)
    assert (total.monthly, total.total, total.back_pay, total.overpaid) == (100, 1800, 200, 0)


def test_where_many_are_reached_the_preview_is_a_job(
    sign_in, cast: Cast, paid: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redeciding, "AT_ONCE", 1)
    client: Client = sign_in(cast.clerk)
    address = client.post(LOAD, {"text": NOTICE, "note": NOTE})["Location"]
    job = Job.objects.get(kind="claims.preview_law")
    assert "还没有试算" in _text(client.get(address))
    execute(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"people": 2})
    assert client.get(address).context["page"].total.people == 2


def test_who_loaded_cannot_confirm(sign_in, cast: Cast, paid: list[Claim]) -> None:
    file = load_law(text=NOTICE, note=NOTE, by=cast.director)
    client = sign_in(cast.director)
    assert "这是您载入的，请另一位同事核对、确认" in _text(client.get(f"/claims/law/{file.pk}/"))
    answer = client.post(f"/claims/law/{file.pk}/confirm/")
    file.refresh_from_db()
    assert (answer.status_code, file.state) == (422, "draft")
    assert "这份规定是您载入的" in _text(answer)


def test_a_confirmation_asks_for_one_job(sign_in, cast: Cast, noticed: LawFile) -> None:
    client = sign_in(cast.director)
    for _ in range(2):
        assert client.post(f"/claims/law/{noticed.pk}/confirm/").status_code == 302
    job = Job.objects.get(subject=str(noticed.pk))
    assert (job.kind, job.asked_by, job.state) == ("claims.apply_law", cast.director, "waiting")
    assert 'hx-trigger="every 2s"' in _text(client.get(f"/claims/law/{noticed.pk}/"))


def test_a_withdrawn_file_reaches_nobody(sign_in, cast: Cast, noticed: LawFile) -> None:
    assert sign_in(cast.clerk).post(f"/claims/law/{noticed.pk}/withdraw/").status_code == 302
    answer = sign_in(cast.director).post(f"/claims/law/{noticed.pk}/confirm/")
    noticed.refresh_from_db()
    assert (answer.status_code, noticed.state, BackPay.objects.count()) == (422, "withdrawn", 0)


def test_people_are_listed_with_before_and_after(sign_in, cast: Cast, noticed: LawFile) -> None:
    client = sign_in(cast.clerk)
    page = client.get(f"/claims/law/{noticed.pk}/people/?change=back_pay")
    assert [(row.name, row.before, row.after, row.more) for row in page.context["rows"]] == [
        ("安可", "可以领取，最多 24 个月，每月 950 元", "可以领取，最多 24 个月，每月 1000 元", 900),
        ("毕可", "可以领取，最多 24 个月，每月 950 元", "可以领取，最多 24 个月，每月 1000 元", 900),
    ]
    assert "没有符合的人" in _text(client.get(f"/claims/law/{noticed.pk}/people/?needs=stopped"))
    assert client.get(f"/claims/law/{noticed.pk}/people.xlsx").content[:2] == b"PK"


def test_an_outsider_sees_the_sums_and_names_of_nobody(sign_in, cast: Cast, noticed: LawFile) -> None:
    client = sign_in(cast.outsider)
    page = client.get(f"/claims/law/{noticed.pk}/")
    assert (page.context["page"].sums, page.context["page"].total.people) == ([], 0)
    assert client.get(f"/claims/law/{noticed.pk}/people/").context["rows"] == []
    effect = LawEffect.objects.filter(run=run_of(_applied(cast, noticed))).first()
    assert effect is not None
    assert client.get(f"/claims/law/earlier/{effect.pk}/").status_code == 404
    assert sign_in(cast.clerk).get(f"/claims/law/earlier/{effect.pk}/").status_code == 200


def _applied(cast: Cast, file: LawFile) -> LawFile:
    confirm_law(file=file, by=cast.director)
    apply_law(file=file.pk)
    return file


def test_the_district_sees_sums_and_no_names(sign_in, cast: Cast, noticed: LawFile) -> None:
    client = sign_in(cast.district_viewer)
    page = client.get(f"/claims/law/{noticed.pk}/")
    assert page.context["page"].total.people == 2
    assert f"/claims/law/{noticed.pk}/people/" not in _text(page)
    assert client.get(f"/claims/law/{noticed.pk}/people/").status_code == 403


def test_the_claim_shows_the_version_the_back_pay_and_the_decision_as_it_was(
    sign_in, cast: Cast, noticed: LawFile, paid: list[Claim]
) -> None:
    with clock.at(at("2016-08-26")):
        _applied(cast, noticed)
    client = sign_in(cast.clerk)
    page = client.get(f"/claims/claims/{paid[0].pk}/")
    assert "2016-08-25 载入的青岛市李沧区规定" in _text(page)
    assert [(f"{one.payment.month:%Y-%m}", one.yuan) for one, _due in page.context["page"].back_pay] == [
        ("2016-07", 50), ("2016-08", 50),
    ]  # fmt: skip
    (effect,) = page.context["page"].earlier
    earlier = _text(client.get(f"/claims/law/earlier/{effect.pk}/"))
    assert "这是 2016-08-26 规定改变以前的决定，照原样留着" in earlier
    assert "1,000.00" not in earlier and "950.00" in earlier
    first = FirstDecision.objects.get(case=paid[0].case_id, current=True)
    assert "规定改变以前的" in _text(client.get(f"/claims/cases/{first.case_id}/"))


def test_the_month_shows_what_is_to_be_paid_back_until_it_is_listed(
    sign_in, cast: Cast, noticed: LawFile
) -> None:
    with clock.at(at("2016-09-05")):
        _applied(cast, noticed)
        release(office=cast.north, month=date(2016, 9, 1), by=cast.clerk)
        address = "/claims/payments/370299001/2016-09/"
        page = sign_in(cast.clerk).get(address).context["page"]
        assert (len(page.back_pay), page.back_pay_yuan) == (4, 200)
        made = make_list(office=cast.north, month=date(2016, 9, 1), by=cast.clerk)
        assert sign_in(cast.clerk).get(address).context["page"].back_pay == []
        text = _text(sign_in(cast.clerk).get(f"/claims/payments/lists/{made.pk}/"))
    assert text.count("鲁人社发〔2016〕31号") == 4


@pytest.mark.parametrize("loaded", [1, 3])
def test_the_page_of_rules_takes_as_many_queries_for_one_version_as_for_three(
    sign_in, cast: Cast, paid: list[Claim], django_assert_num_queries, loaded: int
) -> None:
    for number in range(loaded):
        in_force(NOTICE + f"# {number}\n", by=cast.clerk, confirmed_by=cast.director)
    client = sign_in(cast.clerk)
    client.get("/claims/law/")
    with django_assert_num_queries(9):
        client.get("/claims/law/")


@pytest.mark.parametrize("more", [0, 6])
def test_a_preview_takes_as_many_queries_for_many_as_for_few(
    cast: Cast, paid: list[Claim], closure: Closure, tmp_path: Path, django_assert_num_queries, more: int
) -> None:
    imported(
        cast, closure, tmp_path, [row(2 * n + 51, f"安{chr(0x4E10 + n)}") for n in range(more)], "后来.csv"
    )
    file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    current_law()
    with django_assert_num_queries(PREVIEW_QUERIES):
        preview_law(file=file, by=cast.clerk)
