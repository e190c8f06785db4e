from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.ledger.models import Entry, Read
from zaigang.roster.enums import CaseState, Verb
from zaigang.roster.models import Case, Closure

LIST = "/roster/closures/SF-2015/repairs/"
EXPORT = "/roster/closures/SF-2015/repairs.xlsx"
LOST = "3.70299E+17"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def waiting(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    """赵志敏, whose identity number Excel has cut; 王建国 is fine."""
    imported(cast, closure, tmp_path, [row(1, "王建国"), row(3, "赵志敏", 身份证号=LOST)])
    return closure.cases.get(state=CaseState.AWAITING_REPAIR)


@pytest.fixture
def clerk(cast: Cast, sign_in):
    return sign_in(cast.clerk)


def address(case: Case, end: str = "") -> str:
    return f"/roster/repairs/{case.pk}/{end}"


def last_verb(case: Case) -> str:
    return Entry.objects.filter(subject=case.pk, verb__startswith="roster.").latest("number").verb


def test_rows_wait_by_kind_the_commonest_first(clerk, cast: Cast, closure: Closure, tmp_path: Path) -> None:
    rows = [row(1, 解除合同日期=""), row(2, 身份证号=""), row(3, 身份证号=""), row(4)]
    imported(cast, closure, tmp_path, rows)
    found = clerk.get(LIST).context["list"]
    assert [(kind.code, kind.count) for kind in found.kinds] == [("id_missing", 2), ("end_missing", 1)]
    assert [[one.case.number for one in group.waiting] for group in found.groups] == [[2, 3], [1]]
    narrowed = clerk.get(LIST + "?code=end_missing").context["list"]
    assert [[one.case.number for one in group.waiting] for group in narrowed.groups] == [[1]]


def test_a_long_list_comes_in_pages(clerk, cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(cast, closure, tmp_path, [row(n, f"测试{n}", 身份证号="") for n in range(51)])
    pages = [clerk.get(LIST + f"?page={n}").context["list"] for n in (1, 2)]
    assert [sum(len(group.waiting) for group in page.groups) for page in pages] == [50, 1]


def test_an_empty_list_says_so(clerk, closure: Closure) -> None:
    page = clerk.get(LIST).content.decode()
    assert "没有要补的行" in page and EXPORT not in page


@pytest.mark.parametrize(("who", "name"), [("clerk", "赵志敏"), ("auditor", "赵*敏")])
def test_the_list_masks_what_it_must(
    cast: Cast, sign_in, closure: Closure, tmp_path: Path, who: str, name: str
) -> None:
    wrong = id_number(3)[:-1] + ("1" if id_number(3)[-1] == "0" else "0")
    imported(cast, closure, tmp_path, [row(3, "赵志敏", 身份证号=wrong)])
    page = sign_in(getattr(cast, who)).get(LIST).content.decode()
    assert name in page and ("赵志敏" in page) == (who == "clerk")
    for hidden in (wrong, "13800000003", row(3)["银行卡号"]):
        assert hidden not in page
    assert f"18 位，末尾 {wrong[-4:]}" in page


def test_the_form_shows_the_cell_as_typed_and_the_look_is_recorded(clerk, cast: Cast, waiting: Case) -> None:
    page = clerk.get(address(waiting)).content.decode()
    assert f"原值 {LOST}" in page
    read = Read.objects.get()
    assert (read.subject, read.page, read.revealed, read.reader) == (
        waiting.pk, "roster.repair", ["id_number"], cast.clerk.pk,
    )  # fmt: skip


def test_repaired_the_person_joins_the_roster(clerk, closure: Closure, waiting: Case) -> None:
    answer = clerk.post(address(waiting), {"id": id_number(3)}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert [str(m) for m in answer.context["messages"]] == ["SF-2015-00002 补正好了，已列入名册。"]
    assert case_of(closure, "赵志敏").pk == waiting.pk
    assert last_verb(waiting) == Verb.ROW_REPAIRED


def test_the_same_person_as_another_row_is_counted_as_duplicate(clerk, waiting: Case) -> None:
    answer = clerk.post(address(waiting), {"id": id_number(1), "name": "王建国"}, follow=True)
    said = [str(m) for m in answer.context["messages"]]
    assert said == ["SF-2015-00002 和 SF-2015-00001 是同一个人，按重复行计，不多算一个人。"]
    waiting.refresh_from_db()
    assert waiting.state == CaseState.DUPLICATE


def test_still_wrong_it_says_what_and_keeps_the_typing(clerk, waiting: Case) -> None:
    answer = clerk.post(address(waiting), {"id": "37029919690522"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "身份证号不是 18 位" in page and "有错误：" in page and "填的内容已经保存" in page
    assert clerk.get(address(waiting)).context["form"]["id"].value() == "37029919690522"
    waiting.refresh_from_db()
    assert (waiting.state, last_verb(waiting)) == (CaseState.AWAITING_REPAIR, Verb.ROW_CORRECTED)


def test_in_its_place_the_row_answers_for_itself(clerk, waiting: Case) -> None:
    wrong = clerk.post(address(waiting), {"id": "1"}, headers=HTMX)
    assert wrong.status_code == 200 and "error-summary" in wrong.content.decode()
    done = clerk.post(address(waiting), {"id": id_number(3)}, headers=HTMX)
    assert done["HX-Retarget"] == "#case-2"
    assert f'href="/people/{waiting.pk}/"' in done.content.decode()
    again = clerk.post(address(waiting), {"id": id_number(3)}, headers=HTMX)
    assert again["HX-Redirect"] == LIST
    assert clerk.post(address(waiting), {"id": id_number(3)}).status_code == 409


def test_a_row_that_is_no_person_is_withdrawn_with_a_reason(clerk, waiting: Case) -> None:
    assert clerk.post(address(waiting, "withdraw/"), {"reason": " "}).status_code == 422
    answer = clerk.post(address(waiting, "withdraw/"), {"reason": "表尾的合计行"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.note, last_verb(waiting)) == (
        CaseState.WITHDRAWN, "表尾的合计行", Verb.ROW_WITHDRAWN,
    )  # fmt: skip


def test_the_export_tells_the_employer_what_to_fill_in(
    clerk, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(
        cast,
        closure,
        tmp_path,
        [row(1), row(3, "赵志敏", 身份证号=LOST, 解除合同日期=""), row(4, "=1+1", 身份证号="")],
    )
    answer = clerk.get(EXPORT)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == [
        "文件",
        "工作表",
        "行号",
        "姓名",
        "哪一格",
        "现在写的",
        "哪里不对，怎么改",
        "请填写正确内容",
    ]
    assert [line[:6] for line in rows[1:]] == [
        ["名册.csv", "名册", "3", "赵志敏", "身份证号", LOST],
        ["名册.csv", "名册", "3", "赵志敏", "解除合同日期", ""],
        ["名册.csv", "名册", "4", "=1+1", "身份证号", ""],
    ]
    assert rows[1][6].startswith("身份证号按数字保存，后几位已经丢失")
    read = Read.objects.get()
    assert (read.subject, read.page) == (closure.pk, "roster.repairs_xlsx")


@pytest.mark.parametrize(
    ("who", "see", "repair"),
    [
        ("officer", 200, 200), ("director", 200, 200), ("counsellor", 200, 403), ("auditor", 200, 403),
        ("district_viewer", 403, 403), ("outsider", 404, 404),
    ],
)  # fmt: skip
def test_who_may_see_and_who_may_repair(
    cast: Cast, sign_in, waiting: Case, who: str, see: int, repair: int
) -> None:
    client = sign_in(getattr(cast, who))
    assert client.get(LIST).status_code == see
    assert (LIST in client.get(LIST).content.decode() and see == 200) == (see == 200)
    doors = [address(waiting), address(waiting, "withdraw/"), EXPORT]
    assert [client.get(door).status_code for door in doors] == [repair] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries(
    clerk, cast: Cast, closure: Closure, tmp_path: Path, django_assert_num_queries, rows: int
) -> None:
    imported(cast, closure, tmp_path, [row(n, f"测试{n}", 身份证号="") for n in range(rows)])
    with django_assert_num_queries(7):
        clerk.get(LIST)
