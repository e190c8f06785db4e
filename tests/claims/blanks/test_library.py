"""Which version is in force where and when, and what an office's own folder changes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.claims.blanks.texts import HEAD, version
from zaigang.claims.blanks import BadBlank, Blank, by_version, in_force, options

DAY_2016 = date(2016, 1, 11)
CODE = "unemployment_registration"


def registration(on: date = DAY_2016, territory: str = "370213") -> Blank:
    return in_force(CODE, territory=territory, on=on)


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Path:
    """The office's own definitions: nothing yet."""
    settings.ZAIGANG_BLANKS = str(tmp_path)
    return tmp_path


def write(own: Path, *versions: str) -> None:
    (own / f"{CODE}.yaml").write_text(HEAD + "".join(versions), encoding="utf-8")


def reasons(blank: Blank) -> tuple[list[str], list[str]]:
    field = next(one for one in blank.fields if one.code == "reason")
    return [one.code for one in field.options], [one.code for one in field.former]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 1, 1), "2015"),
        (date(2020, 5, 31), "2015"),
        (date(2020, 6, 1), "2020"),
        (date(2030, 1, 1), "2020"),
    ],
)
@pytest.mark.parametrize("code", [CODE, "benefit_claim"])
def test_the_day_decides_the_version(code: str, on: date, expected: str) -> None:
    found = in_force(code, territory="370213", on=on)
    assert (found.version, found.key) == (expected, f"{code}@{expected}")


def test_before_the_first_version_there_is_no_form() -> None:
    with pytest.raises(BadBlank) as caught:
        registration(date(2014, 12, 31))
    assert caught.value.what == "2014-12-31 没有可用的表 unemployment_registration"


def test_labels_stand_in_the_order_of_the_paper() -> None:
    """The rows of the blank that was read (policy notes, forms, 2.1)."""
    for on in (DAY_2016, date(2024, 1, 11)):
        paper = [[field.label for field in band.fields] for band in registration(on).bands[:2]]
        assert paper == [
            [
                *("姓名", "性别", "身份证号码", "民族", "学历", "联系电话", "户籍地址", "常住地址"),
                *("失业原因", "求职要求", "求职意向"),
            ],
            ["是否需要打印《就业创业证》", "办理结果通知方式", "收件人姓名", "联系电话", "收件地址"],
        ]
    assert [band.signed for band in registration().bands] == [True, False, False]


def test_the_declaration_is_signed_in_chinese_whatever_the_reader_speaks() -> None:
    chinese = registration()
    with translation.override("en"):
        english = registration()
    assert chinese.declaration == (
        "本人目前处于无业状态，现申请失业登记。本人承诺以上内容真实有效，"
        "如与实际情况不一致，本人愿意承担相应责任。"
    )
    assert (english.declaration, chinese.declaration_help) == (chinese.declaration, chinese.declaration)
    assert english.declaration_help.startswith("I have no work at present")
    assert (english.title, next(english.fields).label) == ("Registration of unemployment", "Name")


def test_papers_are_not_asked_for_once_the_rule_forbids_it() -> None:
    old, new = ([field.code for field in registration(on).fields] for on in (DAY_2016, date(2020, 6, 1)))
    assert ("papers" in old, "papers" in new) == (True, False)


def test_a_retired_reason_is_not_offered_but_still_has_its_words() -> None:
    codes = ["10", "20", "30", "40", "50", "60", "80", "90"]
    assert reasons(registration()) == (codes, ["70"])
    assert reasons(by_version(CODE, "2015")) == (codes, ["70"])
    assert [one.code for one in options("unemployment_reason", on=date(2013, 12, 31))] == [
        *codes[:6], "70", *codes[6:]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 12, 31), ["1", "2", "3", "9"]),
        (DAY_2016, ["1", "2", "3", "4", "9"]),
        (date(2020, 1, 1), ["1", "4", "9"]),
    ],
)
def test_items_come_and_go_with_the_day(on: date, expected: list[str]) -> None:
    assert [one.code for one in options("medical_insurance", on=on)] == expected


def test_the_peoples_of_the_national_standard() -> None:
    found = options("nation", on=DAY_2016)
    assert [one.code for one in found] == [f"{number:02d}" for number in range(1, 57)]
    assert [found[at].label for at in (0, 19, 21, 30, 55)] == ["汉族", "傈僳族", "畲族", "达斡尔族", "基诺族"]
    assert len({one.label for one in found}) == 56


def test_the_offices_own_form_wins_and_ours_stays_readable(own: Path) -> None:
    write(own, version("local", "2016-01-01", "2016-12-31"))
    assert registration().title == "本地登记表"
    assert [field.label for field in registration().fields] == ["名字", "身体", "等级"]
    assert registration(date(2017, 1, 1)).version == "2015"
    assert by_version(CODE, "2015").title == "失业人员登记表"
    assert in_force("benefit_claim", territory="370213", on=DAY_2016).version == "2015"


def test_an_old_version_is_readable_after_a_new_one(own: Path) -> None:
    write(own, version("one", "2015-01-01", "2015-12-31", fields="name"), version("two", "2016-01-01"))
    assert registration().version == "two"
    old = by_version(CODE, "one")
    assert ([field.code for field in old.fields], old.ends) == (["name"], date(2015, 12, 31))


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        ("370213", "city"),
        ("370299", "city"),
        ("370102", "province"),
        ("110101", "country"),
        ("CN", "country"),
    ],
)
def test_the_nearest_territory_wins(own: Path, territory: str, expected: str) -> None:
    write(
        own,
        version("country", "2015-01-01"),
        version("province", "2015-06-01", territory='"37"'),
        version("city", "2015-01-01", territory='"3702"'),
    )
    assert registration(territory=territory).version == expected


def test_a_nearer_form_not_yet_in_force_gives_way(own: Path) -> None:
    write(own, version("country", "2015-01-01"), version("city", "2016-02-01", territory='"3702"'))
    assert registration().version == "country"


def test_the_office_may_have_its_own_code_lists(own: Path) -> None:
    (own / "codes.yaml").write_text(
        'lists: {health: {mark: A, source: 本局, items: [{code: "5", zh: 有残疾, en: Disabled}]}}',
        encoding="utf-8",
    )
    write(own, version("local", "2016-01-01"))
    labels = [[one.label for one in field.options] for field in registration().fields]
    assert labels == [[], ["有残疾"], []]
    ours = next(field for field in by_version(CODE, "2015").fields if field.code == "health")
    assert [one.label for one in ours.options] == ["健康", "残疾"]


def test_a_version_of_ours_may_not_be_renamed_over(own: Path) -> None:
    write(own, version("2015", "2016-01-01"))
    with pytest.raises(BadBlank) as caught:
        registration()
    assert caught.value.what == "版本名 2015 已经用过"


def test_a_folder_that_is_not_there_is_named(own: Path, settings: Any) -> None:
    settings.ZAIGANG_BLANKS = str(own / "elsewhere")
    with pytest.raises(BadBlank) as caught:
        registration()
    assert (caught.value.what, caught.value.where) == ("没有这个文件夹", "ZAIGANG_BLANKS")


@pytest.mark.parametrize("version_name", ["1999", ""])
def test_a_version_that_nobody_has_is_refused(version_name: str) -> None:
    with pytest.raises(BadBlank):
        by_version(CODE, version_name)
