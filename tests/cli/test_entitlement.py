"""`zaigang entitlement` in words for people, and files that cannot be read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from zaigang.cli.entitlement import entitlement
from zaigang.engines.entitlement import EntitlementError
from zaigang.foundation.errors import ZaigangError

PERSON = """
territory: "370213"
sex: male
born: 1970-04-18
retirement_category: male
left_on: 2015-12-31
left_because: layoff
registered_on: 2016-01-15
applied_on: 2016-01-15
contribution_months: 150
deemed_months: 0
unused_months: 0
decide_on: 2016-01-15
pay_through: 2016-01
"""


def run(command: str, text: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(entitlement, [command, "-"], input=text)


def test_a_decision_in_words() -> None:
    lines = run("decide", PERSON).stdout.splitlines()
    assert lines[:2] == ["失业保险金：可以领取", "月数：最多 24 个月"]
    assert "  2016-01  950元  已核实，待逐月放行" in lines
    assert "  已知金额合计 950元" in lines


def test_severance_in_words() -> None:
    text = "{entered_on: 2010-01-01, left_on: 2015-12-31, left_because: layoff, "
    text += "monthly_wage_12m: 4000, minimum_wage: 1600}"
    assert run("severance", text).stdout == "经济补偿：24000元\n月数：6，月工资：4000元\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 1200, "读不出 YAML"),
        (PERSON.replace("150", "1" * 6000), "读不出 YAML"),
        (PERSON + 'territory: "440106"\n', "读不出 YAML：key 'territory' is repeated or no plain word"),
        ("", "文件里应当是“名称: 值”的一览"),
        ("- 1\n- 2\n", "文件里应当是“名称: 值”的一览"),
        ("a: *b\n" * 30, "YAML 的 * 太多"),
        (PERSON.replace("layoff", "x" * 100_000), "不认识的值 'xxxxxxxxxxxx...xxxxxxxxxxxxx'"),
        ('? "' + "x" * 100_000 + '"\n: 1\n', "不认识的项目 xxxx"),
    ],
    ids=["nested", "long number", "key twice", "empty", "a list", "aliases", "long value", "long key"],
)
def test_files_that_cannot_be_read_are_named_in_few_words(text: str, words: str) -> None:
    error = run("decide", text).exception
    assert isinstance(error, ZaigangError | EntitlementError)
    assert error.what.startswith(words)
    assert len(str(error)) < 400 and error.what_to_do


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("territory: 青岛".encode("gbk"))
    error = CliRunner().invoke(entitlement, ["decide", str(tmp_path / "a.yaml")]).exception
    assert isinstance(error, ZaigangError)
    assert error.what == "读不出这个文件"
