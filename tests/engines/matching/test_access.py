"""Which statuses open or close options, with their article; those without one are named."""

import numpy as np
import pytest

from tests.engines.matching.candidates.test_columns import rules, two_options, two_workers
from tests.engines.matching.candidates.worlds import Plain, small_world
from zaigang.engines.matching import BadColumns
from zaigang.engines.matching.access import Access, Article, Status, articles, audit_access, groups_by_status
from zaigang.engines.matching.candidates import Rejection, find_candidates, verdict

POSTS = Article("山东省就业促进条例", "第四十四条")
#: The article about minors is not among the facts at hand: it stays missing.
STATUSES = {
    0: Status("就业困难人员", reserves=POSTS),
    1: Status("未成年工"),
    3: Status("残疾人", reserves=Article("山东省就业促进条例", " "), bars=POSTS),
}


def bits(*rows: int) -> np.ndarray:
    return np.array(rows, np.uint64)


def test_each_status_that_decides_with_its_article_and_whom_it_lets_in() -> None:
    people, places = two_workers(statuses=bits(1, 3)), two_options(reserved=bits(1, 0), barred=bits(0, 2))
    audit = audit_access(people, places, STATUSES)
    assert audit.lines == (
        Access(0, 0, "就业困难人员", "reserved", POSTS, 2, 0),
        Access(1, 1, "未成年工", "barred", None, 1, 1),
    )
    assert audit.unfounded == audit.lines[1:]
    assert [line.line().text("zh", "甲乙".__getitem__) for line in audit.lines] == [
        "岗位甲只留给“就业困难人员”（山东省就业促进条例第四十四条）：这批人里2人可以去，0人不可以。",
        "岗位乙不安排“未成年工”，但没有写明依据哪一条规定，请补上条款或取消限制。现在1人因此不可以去。",
    ]


def test_an_article_that_reserves_does_not_bar_and_a_blank_one_is_none() -> None:
    places = two_options(reserved=bits(8, 0), barred=bits(9, 1 << 63))
    lines = audit_access(two_workers(), places, STATUSES).lines
    found = {(line.option, line.status, line.effect): line.article for line in lines}
    assert found == {
        (0, 3, "reserved"): None, (0, 0, "barred"): None, (0, 3, "barred"): POSTS, (1, 63, "barred"): None,
    }  # fmt: skip


def test_it_counts_what_the_search_rejects() -> None:
    """On worlds with one status for an option at most, line by line against the rejections of every pair."""
    compared = 0
    for seed in range(200):
        people, places, _ = world = small_world(np.random.default_rng(seed))
        lines = audit_access(people, places, {}).lines
        table = Plain(world).table
        for j in range(len(places)):
            for effect, bit in (("reserved", Rejection.RESERVED), ("barred", Rejection.BARRED)):
                own = [line for line in lines if (line.option, line.effect) == (j, effect)]
                rejected = sum(bool(row[j] & bit) for row in table)
                assert bool(own) == bool(getattr(places, effect)[j])
                if len(own) == 1:
                    assert (own[0].keeps_out, own[0].lets_in) == (rejected, len(people) - rejected)
                    compared += 1
    assert compared > 500


def test_a_worker_hears_which_article_keeps_them_out() -> None:
    people, places = two_workers(statuses=bits(0, 2)), two_options(reserved=bits(1, 0), barred=bits(0, 2))
    told = [
        [line.text("zh") for line in articles(verdict(people, places, rules(), i, j), STATUSES)]
        for i, j in ((0, 0), (1, 1), (0, 1))
    ]
    assert told == [
        ["依据是山东省就业促进条例第四十四条（就业困难人员）。"],
        ["关于“未成年工”的这个限制没有写明依据哪一条规定，您可以请工作人员查明。"],
        [],
    ]
    unknown = articles(verdict(people, places, rules(), 0, 0), {})
    assert [line.text("en") for line in unknown] == [
        "For this limit about “0” no article is named; you may ask the staff to find out."
    ]


@pytest.mark.parametrize("name", ["性别", "Gender", " 女 ", "年龄"])
def test_sex_and_age_are_no_status(name: str) -> None:
    with pytest.raises(BadColumns, match="性别和年龄不是身份"):
        audit_access(two_workers(), two_options(), {5: Status(name, reserves=POSTS)})
    with pytest.raises(BadColumns, match="性别和年龄不是身份"):
        groups_by_status(two_workers(), {5: Status(name, reserves=POSTS)})


def test_groups_for_floors_are_those_who_have_a_status() -> None:
    groups = groups_by_status(two_workers(statuses=bits(1, 9)), STATUSES)
    assert {code: member.tolist() for code, member in groups.items()} == {
        0: [True, True],
        1: [False, False],
        3: [False, True],
    }


@pytest.mark.parametrize("code", [-1, 64])
def test_a_status_without_a_bit(code: int) -> None:
    with pytest.raises(BadColumns):
        audit_access(two_workers(), two_options(), {code: STATUSES[0]})
    with pytest.raises(BadColumns):
        groups_by_status(two_workers(), {code: STATUSES[0]})


def test_no_status_is_used() -> None:
    nothing = two_options(reserved=bits(0, 0), barred=bits(0, 0))
    assert audit_access(two_workers(), nothing, STATUSES).lines == ()
    assert find_candidates(two_workers(), nothing, rules()).rejected[:, 5:7].sum() == 0
