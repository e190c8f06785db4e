"""A definition or code list that could be misread is refused, with file and place."""

from pathlib import Path

import pytest

from tests.claims.blanks.texts import HEAD, version
from zaigang.claims.blanks import BadBlank
from zaigang.claims.blanks.codes import read_codes
from zaigang.claims.blanks.definitions import read_definition
from zaigang.claims.blanks.library import HERE, load_shelves

FIRST = version("a", "2015-01-01", "2015-12-31")
LISTS = read_codes(HERE / "codes.yaml")


def refusal(folder: Path, text: str) -> tuple[str, str]:
    path = folder / "unemployment_registration.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadBlank) as caught:
        read_definition(path, LISTS)
    assert caught.value.what_to_do
    return caught.value.what, caught.value.where.removeprefix(path.name).strip()


def test_every_definition_of_ours_loads() -> None:
    (ours,) = load_shelves(None)
    assert {code: [(one.version, one.mark) for one in found] for code, found in ours.versions.items()} == {
        "benefit_claim": [("2015", "B"), ("2020", "B")],
        "unemployment_registration": [("2015", "B"), ("2020", "B")],
    }


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        (HEAD + FIRST + version("b", "2015-12-31"), "与版本 a 时间重叠", "CN b"),
        (HEAD + version("a", "2015-01-01") + version("b", "2016-01-01"), "与版本 a 时间重叠", "CN b"),
        (HEAD + FIRST + version("b", "2016-01-02"), "与版本 a 之间有空档", "CN b"),
        (HEAD + FIRST + version("a", "2016-01-01"), "两个版本用了同一个 version", ""),
        (HEAD + version("a", "2015-01-01", "2014-01-01"), "结束早于开始", "a"),
        (HEAD + version("a", "soon"), "不是日期：'soon'", "a"),
        (HEAD + version("a", "2015-01-01", territory="Qingdao"), "不认识的地区 Qingdao", "a"),
        (HEAD + FIRST.replace("copies: 1", "copies: 1\n    colour: red"), "不认识的键 colour", "versions"),
        (HEAD + FIRST.replace("mark: B", "mark: D"), "不认识的 'D'", "a mark"),
        (HEAD + FIRST.replace("[S]", "[T]"), "没有出处 T", "a"),
        (HEAD + FIRST.replace("grade]", "phone]"), "没有栏目 phone", "a 人"),
        (HEAD + FIRST.replace("grade]", "name]"), "同一栏目放了两次", "a"),
        (
            HEAD + FIRST.replace("name, health, grade", "grade"),
            "没有栏目 health 或其代码 5",
            "a grade required_when",
        ),
        (HEAD.replace('["5"]', '["6"]') + FIRST, "没有栏目 health 或其代码 6", "a grade required_when"),
        (HEAD.replace('["5"]', "[5]") + FIRST, "应为文字，现在是 5", "a 人 grade"),
        (HEAD.replace("list: health", "list: moods") + FIRST, "没有代码表 moods", "a 人 health"),
        (HEAD.replace("list: health, ", "") + FIRST, "list 与 kind 不一致", "a 人 health"),
        (HEAD.replace("kind: line", "kind: number", 1) + FIRST, "不认识的 'number'", "a 人 name"),
        (HEAD.replace("source: worker.name, ", "") + FIRST, "ask 是 shown，却没有 source", "a 人 name"),
        (HEAD.replace("ask: shown", "ask: shown, colour: red") + FIRST, "不认识的键 colour", "a 人 name"),
        (HEAD.replace("en: Name", "fr: Nom") + FIRST, "不认识的键 fr", "a 人 name label"),
        (
            HEAD.replace("code: unemployment", "code: un"),
            "code 是 un_registration，与文件名不一致",
            "",
        ),
        (HEAD + "  []", "应为一个不空的列表", ""),
    ],
)
def test_a_damaged_definition_is_refused(tmp_path: Path, text: str, what: str, where: str) -> None:
    if text.endswith("versions:\n"):
        text += FIRST
    assert refusal(tmp_path, text) == (what, where)


def test_what_is_no_yaml_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "code: [")[0].startswith("读不出来：")


@pytest.mark.parametrize(
    ("items", "what"),
    [
        ('{code: "1", zh: 甲, en: A}, {code: "1", zh: 乙, en: B}', "代码 1 写了两次"),
        ("{code: 1, zh: 甲, en: A}", "应为文字，现在是 1"),
        ('{code: "1", zh: 甲}', "缺少 en"),
        ('{code: "1", zh: 甲, en: A, until: 2013-12-31}', "不认识的键 until"),
        ('{code: "1", zh: 甲, en: A, from: 2014-01-01, to: 2013-12-31}', "结束早于开始"),
    ],
)
def test_a_damaged_code_list_is_refused(tmp_path: Path, items: str, what: str) -> None:
    path = tmp_path / "codes.yaml"
    path.write_text(f"lists: {{moods: {{mark: C, source: nowhere, items: [{items}]}}}}", encoding="utf-8")
    with pytest.raises(BadBlank) as caught:
        read_codes(path)
    assert caught.value.what == what
    assert caught.value.where.startswith("codes.yaml moods")
