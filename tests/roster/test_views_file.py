from hashlib import sha256
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.rosters import case_of, csv_file, id_number, imported, row
from zaigang.foundation import clock
from zaigang.ledger.models import Read
from zaigang.roster.actions import stage_file
from zaigang.roster.models import Closure, RosterFile, RosterRow
from zaigang.roster.reading import check, read_workbook

LOST = "3.70299E+17"
ROWS = [
    row(1, "王建国"),
    row(2, "李敏", 联系电话="1380000"),
    row(1, "王建国"),
    row(3, "赵志敏", 身份证号=LOST),
    row(4, "孙强", 解除合同日期="2015-06-31"),
]


def staged(cast: Cast, closure: Closure, folder: Path, rows: list[dict[str, str]]) -> RosterFile:
    path = csv_file(folder, rows)
    checked = check(read_workbook(path), today=clock.today())
    digest = sha256(path.read_bytes()).hexdigest()
    return stage_file(closure=closure, checked=checked, name=path.name, sha256=digest, by=cast.clerk)[0]


@pytest.fixture
def file(cast: Cast, closure: Closure, tmp_path: Path) -> RosterFile:
    return staged(cast, closure, tmp_path, ROWS)


@pytest.fixture
def clerk(cast: Cast, sign_in):
    return sign_in(cast.clerk)


def address(file: RosterFile, end: str = "") -> str:
    return f"/roster/files/{file.pk}/{end}"


def row_of(file: RosterFile, ordinal: int) -> tuple[RosterRow, str]:
    found = file.rows.get(ordinal=ordinal)
    return found, f"/roster/rows/{found.pk}/"


def test_the_headline_counts_every_row(clerk, file: RosterFile) -> None:
    answer = clerk.get(address(file))
    counts = answer.context["preview"].overview.counts
    assert (counts.total, counts.ok, counts.warning, counts.duplicate, counts.error) == (5, 1, 1, 1, 2)
    page = answer.content.decode()
    assert "核对并导入 2 行" in page and "要改的 2 行进补正清单" in page
    assert "身份证号后几位丢失 1 ›" in page and "解除合同日期读不出 1 ›" in page


@pytest.mark.parametrize(
    ("query", "ordinals"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("?outcome=error", [4, 5]),
        ("?outcome=warning", [2]),
        ("?proposal=duplicate", [3]),
        ("?proposal=awaiting_repair", [4, 5]),
        ("?code=date_invalid", [5]),
        ("?outcome=error&code=id_digits_lost", [4]),
        ("?code=nonsense&page=99", [1, 2, 3, 4, 5]),
    ],
)
def test_filters(clerk, file: RosterFile, query: str, ordinals: list[int]) -> None:
    lines = clerk.get(address(file) + query).context["preview"].lines
    assert [line.row.ordinal for line in lines] == ordinals


def test_a_long_file_comes_in_pages(clerk, cast: Cast, closure: Closure, tmp_path: Path) -> None:
    file = staged(cast, closure, tmp_path, [row(n, f"测试{n}") for n in range(1, 103)])
    assert [len(clerk.get(address(file) + f"?page={n}").context["preview"].lines) for n in (1, 2)] == [100, 2]


@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_no_number_that_names_a_person_is_in_the_source(
    cast: Cast, closure: Closure, sign_in, tmp_path: Path, who: str
) -> None:
    cells = {"身份证号": id_number(9)[:-1] + "0", "联系电话": "13800001234"}
    bad = [row(1, "王建国"), row(9, "钱大业", **cells)]
    page = sign_in(getattr(cast, who)).get(address(staged(cast, closure, tmp_path, bad))).content.decode()
    for hidden in (id_number(1), cells["身份证号"], "13800000001", "13800001234", row(1)["银行卡号"]):
        assert hidden not in page
    assert f"尾号 {id_number(1)[-4:]}" in page
    assert ("王建国" in page, "王*国" in page) == (who == "clerk", who == "auditor")


def test_changed_rows_show_the_old_beside_the_new(
    clerk, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王建国"), row(2, "李敏")])
    file = staged(
        cast, closure, tmp_path, [row(1, "王建国", 工种="行车工", 联系电话="13900005678"), row(2, "李敏")]
    )
    changed, same = clerk.get(address(file)).context["preview"].lines
    assert [(str(c.label), c.old, c.new) for c in changed.changes] == [
        ("工种", "电焊工", "行车工"),
        ("联系电话", "", "加上 139 **** 5678"),
    ]
    assert same.changes == []


def test_a_cell_is_put_right_in_its_place(clerk, file: RosterFile) -> None:
    found, url = row_of(file, 4)
    form = clerk.get(url, headers={"HX-Request": "true"}).content.decode()
    assert LOST in form and "<html" not in form
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address(file)}?outcome=error"}
    done = clerk.post(url, {"id": id_number(3)}, headers=here)
    assert (done.status_code, done["HX-Retarget"]) == (200, "#row-4")
    assert 'id="overview" hx-swap-oob="true"' in done.content.decode()
    assert '<a href="?outcome=error" aria-current="true">要改 1</a>' in done.content.decode()
    assert "要改 1" in done.content.decode() and id_number(3) not in done.content.decode()
    found.refresh_from_db()
    assert (found.outcome, found.proposal, found.codes) == ("ok", "new", [])


def test_without_script_the_same_is_a_page(clerk, file: RosterFile) -> None:
    found, url = row_of(file, 5)
    assert "<html" in clerk.get(url).content.decode()
    wrong = clerk.post(url, {"laid_off_on": "2015-02-30"})
    assert wrong.status_code == 422
    assert "解除（终止）合同日期读不出是哪一天" in str(wrong.context["form"].errors["laid_off_on"])
    assert wrong.context["form"]["laid_off_on"].value() == "2015-02-30"
    assert clerk.post(url, {"laid_off_on": "2015-06-30"})["Location"] == address(file)
    found.refresh_from_db()
    assert (found.outcome, found.content["cells"]["laid_off_on"]) == ("ok", "2015-06-31")


def test_other_cells_that_were_not_touched_stay(clerk, file: RosterFile) -> None:
    found, url = row_of(file, 4)
    cells = {name: field.initial for name, field in clerk.get(url).context["form"].fields.items()}
    clerk.post(url, cells | {"id": id_number(3)})
    found.refresh_from_db()
    assert found.corrections["cells"] == {"id": id_number(3)}


def test_looking_at_the_row_of_somebody_known_is_recorded(
    clerk, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王建国")])
    file = staged(cast, closure, tmp_path, [row(1, "王建国", 联系电话="1380000")])
    clerk.get(row_of(file, 1)[1])
    read = Read.objects.get()
    assert (read.subject, read.page, read.reader) == (
        case_of(closure, "王建国").pk,
        "roster.row",
        cast.clerk.pk,
    )


def test_importing_twice_counts_once_and_says_the_same(clerk, closure: Closure, file: RosterFile) -> None:
    said = []
    for _press in range(2):
        answer = clerk.post(address(file, "import/"), follow=True)
        said.append([str(message) for message in answer.context["messages"]])
    assert said[0] == said[1] == ["已导入“名册.csv”：新增 2 人，没有变化 0，有变化 0，进补正清单 2。"]
    assert closure.cases.count() == 4


def test_an_imported_file_is_for_reading(clerk, file: RosterFile) -> None:
    url = row_of(file, 4)[1]
    clerk.post(address(file, "import/"))
    page = clerk.get(address(file)).content.decode()
    assert "柳经办 2016-01-11 09:00 导入" in page
    assert "import-button" not in page and "/roster/rows/" not in page
    assert clerk.post(url, {"id": id_number(3)}).status_code == 409
    late = clerk.post(url, {"id": id_number(3)}, headers={"HX-Request": "true"})
    assert late["HX-Redirect"] == "/roster/closures/SF-2015/repairs/"


def test_a_file_is_discarded_after_a_question(clerk, closure: Closure, file: RosterFile) -> None:
    assert "5 行会删掉" in clerk.get(address(file, "discard/")).content.decode()
    assert clerk.post(address(file, "discard/"))["Location"] == "/roster/closures/SF-2015/"
    assert (RosterFile.objects.count(), closure.cases.count()) == (0, 0)


def test_what_took_effect_is_not_discarded(clerk, file: RosterFile) -> None:
    clerk.post(address(file, "import/"))
    answer = clerk.post(address(file, "discard/"))
    assert answer.status_code == 409
    assert "这份花名册已经导入，不能丢弃" in answer.content.decode()
    assert RosterFile.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "see", "correct", "take"),
    [
        ("director", 200, 200, 302),
        ("officer", 200, 200, 403),
        ("counsellor", 200, 403, 403),
        ("auditor", 200, 403, 403),
        ("district_viewer", 403, 403, 403),
        ("outsider", 404, 404, 404),
    ],
)
def test_who_may_see_correct_and_import(
    cast: Cast, sign_in, file: RosterFile, who: str, see: int, correct: int, take: int
) -> None:
    client = sign_in(getattr(cast, who))
    assert client.get(address(file)).status_code == see
    assert client.get(row_of(file, 4)[1]).status_code == correct
    assert client.post(address(file, "discard/")).status_code == take


def test_hidden_and_unread_parts_are_named(clerk, file: RosterFile) -> None:
    file.hidden_sheets = [["旧表", 12]]
    file.save(update_fields=["hidden_sheets"])
    page = clerk.get(address(file)).content.decode()
    assert "旧表（12 行）" in page
    assert "<td>个人缴费月数</td><td>缴费月数</td>" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_of_rows_costs_the_same_queries(
    clerk, cast: Cast, closure: Closure, tmp_path: Path, django_assert_num_queries, rows: int
) -> None:
    people = [f"测试{n}" for n in range(rows)]
    imported(cast, closure, tmp_path, [row(n, name) for n, name in enumerate(people)])
    changed = [row(n, name, 工种="行车工") for n, name in enumerate(people)]
    file = staged(cast, closure, tmp_path, changed)
    with django_assert_num_queries(10):
        clerk.get(address(file))
