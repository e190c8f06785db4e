from pathlib import Path

import pytest

from tests.cast import Cast, make_staff
from tests.factories.rosters import case_of, id_number, imported, row, some_closure
from zaigang.offices.enums import Role
from zaigang.roster.models import Closure, Merge, Worker

PAGE = "/roster/closures/SF-2015/"
ALIKE = "/roster/closures/SF-2015/alike/"


@pytest.fixture
def clerk(cast: Cast, sign_in):
    return sign_in(cast.clerk)


@pytest.fixture
def twins(cast: Cast, closure: Closure, tmp_path: Path) -> tuple[Worker, Worker]:
    """One name, one birth date, one phone, two identity numbers."""
    imported(
        cast, closure, tmp_path, [row(1, "王建国"), row(3, "王建国", 联系电话="13800000001", 工种="行车工")]
    )
    one, other = Worker.objects.order_by("cases__number")
    return one, other


def test_the_page_says_how_many_and_what_waits(clerk, cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(cast, closure, tmp_path, [row(1), row(2), row(3, 身份证号="")])
    answer = clerk.get(PAGE)
    page = answer.content.decode()
    assert (answer.context["page"].people, answer.context["page"].waiting) == (3, 1)
    assert "2 人名册清楚，还有 <strong>1</strong> 人的那一行要补正" in page
    assert "新增 2，没有变化 0，有变化 0，进补正清单 1" in page
    assert "补正 1 行" in page
    for link in ("repairs/", "alike/", "upload/"):
        assert PAGE + link in page


def test_an_empty_closure_says_what_to_do(clerk, closure: Closure) -> None:
    page = clerk.get(PAGE).content.decode()
    assert "还没有名册" in page and "向单位要花名册" in page


@pytest.mark.parametrize(
    ("who", "status", "uploads"),
    [("director", 200, True), ("officer", 200, False), ("auditor", 200, False), ("district_viewer", 403, False),
     ("outsider", 404, False)],
)  # fmt: skip
def test_who_sees_the_page(
    cast: Cast, sign_in, closure: Closure, who: str, status: int, uploads: bool
) -> None:
    answer = sign_in(getattr(cast, who)).get(PAGE)
    assert (answer.status_code, "id_file" in answer.content.decode()) == (status, uploads)


@pytest.mark.parametrize("files", [1, 3])
def test_the_page_costs_the_same_queries(
    clerk, cast: Cast, closure: Closure, tmp_path: Path, django_assert_num_queries, files: int
) -> None:
    for n in range(files):
        imported(cast, closure, tmp_path, [row(n, f"测试{n}")], name=f"{n}.csv")
    with django_assert_num_queries(8):
        clerk.get(PAGE)


def test_pairs_stand_side_by_side_with_what_differs(clerk, twins: tuple[Worker, Worker]) -> None:
    answer = clerk.get(ALIKE)
    [pair] = answer.context["pairs"]
    differs = {str(trait.label): trait.differs for trait in pair.traits}
    assert differs == {
        "姓名": False, "身份证号": True, "性别": False, "出生日期": False, "联系电话": False, "车间": False,
        "工种": True, "解除合同日期": False, "关停分流": False,
    }  # fmt: skip
    page = answer.content.decode()
    for hidden in (id_number(1), id_number(3), "13800000001"):
        assert hidden not in page


def test_somebody_decides_with_a_reason_and_the_two_are_one(
    clerk, cast: Cast, twins: tuple[Worker, Worker]
) -> None:
    one, other = twins
    door = f"/roster/merge/{one.pk}/{other.pk}/"
    assert "还没有合并" in clerk.get(door).content.decode()
    assert sorted(clerk.post(door, {}).context["form"].errors) == ["keep", "reason"]
    answer = clerk.post(door, {"keep": str(other.pk), "reason": "本人出示两张身份证"})
    assert answer["Location"] == ALIKE
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed, merge.reason, merge.by) == (
        other,
        one,
        "本人出示两张身份证",
        cast.clerk,
    )
    assert clerk.get(ALIKE).context["pairs"] == []
    assert clerk.post(door, {"keep": str(other.pk), "reason": "再来"}).status_code == 404


def test_a_merge_needs_the_right_at_both_peoples_offices(
    cast: Cast, sign_in, twins: tuple[Worker, Worker], tmp_path: Path
) -> None:
    one, other = twins
    south = some_closure(cast, "NJ-2015", name="示范碱业", office=cast.south, by=cast.outsider)
    imported(cast, south, tmp_path, [row(3, "王建国")], name="南街.csv")
    door = f"/roster/merge/{one.pk}/{other.pk}/"
    data = {"keep": str(one.pk), "reason": "看过证件"}
    assert sign_in(cast.clerk).post(door, data).status_code == 403
    assert sign_in(cast.outsider).post(door, data).status_code == 404
    both = make_staff("both", "两街主任", Role.DIRECTOR, cast.district)
    assert sign_in(both).post(door, data).status_code == 302
    assert case_of(south, "王建国").worker == one


@pytest.mark.parametrize(
    ("who", "see", "merge"),
    [("director", 200, 200), ("officer", 200, 403), ("auditor", 200, 403), ("outsider", 404, 404)],
)
def test_who_sees_pairs_and_who_may_merge(
    cast: Cast, sign_in, twins: tuple[Worker, Worker], who: str, see: int, merge: int
) -> None:
    client = sign_in(getattr(cast, who))
    assert client.get(ALIKE).status_code == see
    assert client.get(f"/roster/merge/{twins[0].pk}/{twins[1].pk}/").status_code == merge
