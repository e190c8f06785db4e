"""Wrong usage, told in Chinese whatever the language of the machine."""

import inspect
from pathlib import Path

import click
import pytest

from zaigang.cli.root import zaigang
from zaigang.cli.usage import SENTENCES, told

SOLVE = "match solve"
DAY = "2016 不是日期，请写成 2016-01-15 的样子"


def wrong(*arguments: str) -> str:
    """What stderr would say."""
    with pytest.raises(click.ClickException) as error:
        zaigang.main(list(arguments), prog_name="zaigang", standalone_mode=False)
    assert error.value.exit_code == 2
    return told(error.value)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["fly"], "没有命令 fly。"),
        (["--nope"], "没有选项 --nope。"),
        ([*SOLVE.split(), "--edgs", "1"], "没有选项 --edgs。是不是 --edges？"),
        ([*SOLVE.split()], "还要写 --edges。"),
        ([*SOLVE.split(), "--edges"], "选项 --edges 后面要写一个值。"),
        ([*SOLVE.split(), "--exact=1"], "选项 --exact 后面不写值。"),
        ([*SOLVE.split(), "--edges", "no.csv"], "--edges：没有“no.csv”。"),
        ([*SOLVE.split(), "--edges", "it's.csv"], "--edges：没有“it's.csv”。"),
        ([*SOLVE.split(), "--edges", "/"], "--edges：“/”是文件夹，应为文件。"),
        ([*SOLVE.split(), "--gap", "x"], "--gap：应为数，现在是“x”。"),
        (["demo", "--port", "x"], "--port：应为整数，现在是“x”。"),
        (["demo", "--port", "0"], "--port：应在 1<=x<=65535 的范围里，现在是 0。"),
        (["report", "closure"], "还要写 CODE。"),
        (["report", "closure", "A", "B", "C"], "多写了 B C。"),
        (["report", "closure", "A", "B"], "多写了 B。"),
        (["report", "closure", "A", "--on", "2016"], f"--on：{DAY}"),
        (["entitlement", "decide", "no.yaml"], "FILE：打不开“no.yaml”：没有这个文件。"),
        (["entitlement", "retirement", "--sex", "x"], "--sex：只能写 'male', 'female'，现在是“x”。"),
    ],
    ids=" ".join,
)
def test_what_was_wrong(arguments: list[str], what: str) -> None:
    assert wrong(*arguments).splitlines()[-1] == f"zaigang: {what}"


def test_how_it_is_used_comes_first(tmp_path: Path) -> None:
    assert wrong("roster", "check", str(tmp_path)).splitlines() == [
        "用法：zaigang roster check [OPTIONS] FILE",
        "说明：zaigang roster check --help",
        f"zaigang: FILE：“{tmp_path}”是文件夹，应为文件。",
    ]


def test_two_options_that_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "x.csv").touch()
    files = ["--edges", str(tmp_path / "x.csv"), "--options", str(tmp_path / "x.csv")]
    said = wrong("match", "solve", *files, "--exact", "--gap", "0.1")
    assert said.splitlines()[-1] == "zaigang: --exact 和 --gap 只能写一个。"


def test_without_a_command_the_help_is_shown() -> None:
    assert wrong("match").startswith("Usage: zaigang match [OPTIONS] COMMAND")


@pytest.mark.parametrize("sentence", [one for one in SENTENCES if one != "{filename!r}: {reason}"])
def test_click_still_says_what_is_recognised(sentence: str) -> None:
    sources = [inspect.getsource(part) for part in (click.core, click.exceptions, click.parser, click.types)]
    assert any(f'"{sentence}"' in source for source in sources)
