"""What a month's list holds, who is new and who is gone, and that figures, spreadsheet and paper agree."""

import time
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.claims import approved, claimants, month, without_triggers
from tests.factories.rosters import id_number, imported, row
from tests.papers import pages_of
from zaigang.claims.actions import fix_months, make_list, release, stop
from zaigang.claims.lists import list_data
from zaigang.claims.models import Claim, Payment, PaymentList, Registration, Ruling
from zaigang.claims.printing import ListData, payment_list_pdf, payment_list_xlsx
from zaigang.claims.queries.payments import changes, changes_of, months_for
from zaigang.cli.examination import Finding, examine
from zaigang.foundation import clock
from zaigang.roster.models import Case, Closure

JANUARY, FEBRUARY, MARCH = (month(f"2016-0{n}") for n in (1, 2, 3))
DAYS = {JANUARY: date(2016, 1, 25), FEBRUARY: date(2016, 2, 25), MARCH: date(2016, 3, 25)}


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    return claimants(cast, closure, tmp_path, "王建甲", "李建乙", "赵建丙", "钱建丁")


def listed(cast: Cast, of: date, claims: list[Claim] | None = None) -> PaymentList:
    """Release the month (of these claims) and put it on a list, late in that month."""
    with clock.at(DAYS[of]):
        found = (
            Payment.objects.filter(claim__in=claims, month=of).values_list("pk", flat=True)
            if claims
            else None
        )
        release(office=cast.north, month=of, payments=found, by=cast.clerk)
        return make_list(office=cast.north, month=of, by=cast.clerk)


def told(data: ListData) -> tuple[list[str], list[str], dict[str, str]]:
    """Names on the list, those of them that are new, and who is gone with why."""
    return (
        [line.name for line in data.lines],
        [line.name for line in data.newcomers],
        {person.name: person.reason for person in data.stopped},
    )


@pytest.fixture
def three_months(cast: Cast, cases: list[Case]) -> list[PaymentList]:
    """January: 甲 (two months only), 乙, 丙. February: 丁 is new, 乙 stopped. March: 甲 is through, 丙 not released."""
    fix_months(case=cases[0], months=2, document="核定表第7号", by=cast.clerk)
    claims = [approved(cast, case) for case in cases[:3]]
    january = listed(cast, JANUARY)
    with clock.at(date(2016, 2, 15)):
        stop(claim=claims[1], reason="41", on=date(2016, 2, 1), evidence="劳动合同", by=cast.clerk)
        claims.append(approved(cast, cases[3]))
    february = listed(cast, FEBRUARY)
    return [january, february, listed(cast, MARCH, [claims[3]])]


def test_who_is_new_and_who_is_gone_over_three_months(three_months: list[PaymentList]) -> None:
    assert [told(list_data(made, whole=True)) for made in three_months] == [
        (["王建甲", "李建乙", "赵建丙"], ["王建甲", "李建乙", "赵建丙"], {}),
        (["王建甲", "赵建丙", "钱建丁"], ["钱建丁"], {"李建乙": "2016-02-01 起停发：重新就业"}),
        (["钱建丁"], [], {"王建甲": "月数已经领完", "赵建丙": "还没有放行"}),
    ]


def test_the_month_s_page_says_the_same(cast: Cast, three_months: list[PaymentList]) -> None:
    for made in three_months:
        of_list, of_month = changes_of(made), changes(cast.north, made.month)
        assert (of_month.new, [(one.payment, one.why) for one in of_month.gone]) == (
            of_list.new, [(one.payment, one.why) for one in of_list.gone],
        )  # fmt: skip


def test_a_later_batch_changes_nothing_on_the_first(
    cast: Cast, cases: list[Case], three_months: list[PaymentList]
) -> None:
    second = listed(cast, MARCH, [cases[2].claim])
    assert told(list_data(second, whole=True)) == (["赵建丙"], [], {"王建甲": "月数已经领完"})
    assert told(list_data(three_months[2], whole=True)) == (
        ["钱建丁"], [], {"王建甲": "月数已经领完", "赵建丙": "已经放行，不在这一批里"},
    )  # fmt: skip


def test_persons_of_a_month_are_those_before_with_the_new_without_the_gone(
    three_months: list[PaymentList],
) -> None:
    before = 0
    for made in three_months:
        found = changes_of(made)
        assert made.persons == before + len(found.new) - len(found.gone)
        before = made.persons


@pytest.mark.parametrize(
    ("whole", "name", "number"),
    [(True, "王建甲", "370299196905220010"), (False, "王*甲", "370299********0010")],
    ids=["whole", "masked"],
)
def test_one_line(cast: Cast, cases: list[Case], whole: bool, name: str, number: str) -> None:
    approved(cast, cases[0])
    data = list_data(listed(cast, JANUARY), whole=whole)
    assert (data.office, data.month, data.batch, data.persons) == ("北街", JANUARY, "2016-01-1", 1)
    (line,) = data.lines
    assert (line.name, line.id_number, line.sex, line.bank, line.account_tail) == (
        name, number, "男", "示范银行", "0001",
    )  # fmt: skip
    assert (line.nth, line.months, line.standard, line.amount, line.total) == (
        1, 24, Decimal(950), Decimal(950), Decimal(950),
    )  # fmt: skip


@pytest.mark.parametrize(("whole", "account"), [(True, "6222020000000000001"), (False, "0001")])
def test_the_bank_s_spreadsheet_alone_has_whole_accounts(
    cast: Cast, cases: list[Case], whole: bool, account: str
) -> None:
    approved(cast, cases[0])
    made = listed(cast, JANUARY)
    data = list_data(made, whole=whole)
    sheet = load_workbook(BytesIO(payment_list_xlsx(data)))["发放名册"]
    assert [sheet.cell(row=5, column=13).value, sheet.cell(row=5, column=8).value] == [account, "1/最多24"]
    assert "6222020000000000001" not in "".join(pages_of(payment_list_pdf(data, made_at=made.made_at)))


def test_list_lines_spreadsheet_and_paper_agree(cast: Cast, cases: list[Case]) -> None:
    for case in cases:
        approved(cast, case)
    made = listed(cast, JANUARY)
    data = list_data(made, whole=True)
    assert (made.control_sum, sum(payment.yuan or 0 for payment in made.payments.all()), data.total) == (
        Decimal(3800), Decimal(3800), Decimal(3800),
    )  # fmt: skip
    sheet = load_workbook(BytesIO(payment_list_xlsx(data)), data_only=True)["发放名册"]
    rows = list(sheet.iter_rows(values_only=True))
    total, control = ([row[10] for row in rows if row[0] == word] for word in ("合计", "控制数"))
    assert (total, control, sum(Decimal(str(row[10])) for row in rows[4:8])) == (
        [3800],
        [3800],
        Decimal(3800),
    )
    text = "".join(pages_of(payment_list_pdf(data, made_at=made.made_at)))
    assert "控制数3,800.00元，与合计相符" in text


def test_the_months_of_an_office_in_persons_and_yuan(cast: Cast, three_months: list[PaymentList]) -> None:
    with clock.at(DAYS[MARCH]):
        sums = {one.month: one for one in months_for(cast.clerk)}
    assert [
        (one.planned, one.planned_yuan, one.unknown, one.released, one.listed, one.listed_yuan, one.stopped,
         [made.pk for made in one.lists])
        for one in (sums[JANUARY], sums[FEBRUARY], sums[MARCH], sums[month("2018-01")])
    ] == [
        (0, 0, 0, 0, 3, Decimal(2850), 0, [three_months[0].pk]),
        (0, 0, 0, 0, 3, Decimal(2850), 1, [three_months[1].pk]),
        (1, Decimal(950), 0, 0, 1, Decimal(950), 1, [three_months[2].pk]),
        (1, Decimal(1080), 0, 0, 0, 0, 0, []),
    ]  # fmt: skip
    assert months_for(cast.outsider) == []


def finding() -> Finding:
    return next(one for one in examine() if one.name == "发放名册")


@pytest.mark.parametrize(
    ("statement", "table", "words"),
    [
        ("UPDATE claims_paymentlist SET control_sum = control_sum + 0.01", "claims_paymentlist",
         "1 份控制金额或人数与各行不符"),
        ("UPDATE claims_paymentlist SET persons = 2", "claims_paymentlist", "1 份控制金额或人数与各行不符"),
        ("UPDATE claims_payment SET yuan = yuan + 1 WHERE list_id IS NOT NULL", "claims_payment",
         "1 份控制金额或人数与各行不符，1 行金额与核定不同"),
        ("UPDATE claims_claim SET state = 'checked'", "claims_claim", "1 行没有审批"),
        ("UPDATE claims_ruling SET body = jsonb_set(body, '{payments,0,yuan}', '951')", "claims_ruling",
         "1 行金额与核定不同"),
    ],
    ids=["sum", "persons", "amount", "signature", "ruling"],
)  # fmt: skip
def test_the_doctor_finds_a_list_that_was_tampered_with(
    cast: Cast, cases: list[Case], statement: str, table: str, words: str
) -> None:
    approved(cast, cases[0])
    listed(cast, JANUARY)
    assert finding() == Finding("发放名册", True, "合计与各行相符，各行与核定相符")
    # The deferred checks of foreign keys come first: a table with some pending cannot be altered.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with without_triggers(table):
            cursor.execute(statement)
    assert finding() == Finding("发放名册", False, words)


MANY = 1500


def many(cast: Cast, closure: Closure, folder: Path, number: int) -> PaymentList:
    """A list of so many people, written in bulk: as many visits to the window would take minutes."""
    births = [f"1969{n // 28 % 12 + 1:02d}{n % 28 + 1:02d}" for n in range(number)]
    rows = [row(1 + n // 336, 身份证号=id_number(1 + n // 336 * 2, born)) for n, born in enumerate(births)]
    imported(cast, closure, folder, rows)
    by, now = cast.clerk, clock.now()
    ruling = Ruling.objects.create(sha256=b"0" * 32, body={})
    made = PaymentList.objects.create(
        office=cast.north,
        month=JANUARY,
        batch=1,
        persons=number,
        control_sum=950 * number,
        made_by=by,
        made_at=now,
    )
    cases = list(Case.objects.filter(closure=closure).select_related("worker"))
    registrations = Registration.objects.bulk_create(
        Registration(
            case=case, worker=case.worker, number=f"N{case.number}", registered_on=JANUARY, presence="in_person",
            blank="x", answers={}, made_by=by, made_at=now,
        )
        for case in cases
    )  # fmt: skip
    claims = Claim.objects.bulk_create(
        Claim(
            case=one.case, registration=one, applied_on=JANUARY, ruling=ruling, facts={}, eligible="yes",
            outcome="grant", blank="x", answers={"bank": "示范银行", "bank_account": "6222020000000001234"},
            state="approved", made_by=by, made_at=now, approved_by=cast.director, approved_at=now, months_exact=24,
        )
        for one in registrations
    )  # fmt: skip
    Payment.objects.bulk_create(
        Payment(
            claim=claim, month=JANUARY, draw=1, yuan=950, status="verified", planned=False, state="listed",
            released_by=by, released_at=now, list=made,
        )
        for claim in claims
    )  # fmt: skip
    return PaymentList.objects.select_related("office").get(pk=made.pk)


@pytest.mark.parametrize("number", [3, 40])
def test_a_list_takes_four_statements(
    cast: Cast,
    closure: Closure,
    tmp_path: Path,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = many(cast, closure, tmp_path, number)
    # Who is new, who is gone, the lines: nobody is gone, so nothing is asked about them. And the back-pay.
    with django_assert_num_queries(4):
        assert len(list_data(made, whole=True).lines) == number


def test_fifteen_hundred_lines_are_there_within_two_seconds(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    made = many(cast, closure, tmp_path, MANY)
    started = time.process_time()
    data = list_data(made, whole=True)
    spent = time.process_time() - started
    assert (len(data.lines), len(data.newcomers), data.lines[-1].account_tail) == (MANY, MANY, "1234")
    assert spent < 2, f"{spent:.2f} s"
