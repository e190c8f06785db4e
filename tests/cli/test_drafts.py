"""Files written by a command: all of them or none."""

import os
import stat
from pathlib import Path

import click
import pytest

from zaigang.cli.drafts import drafts, refuse_same_files
from zaigang.foundation.errors import ZaigangError


def test_all_replace_the_old_ones_at_the_end(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("old", encoding="utf-8")
    one.chmod(0o640)
    with drafts(one, None, two) as (first, nothing, second):
        assert first is not None and second is not None and nothing is None
        first.write("new")
        second.write("也是")
        assert one.read_text(encoding="utf-8") == "old" and not two.exists()
    assert (one.read_text(encoding="utf-8"), two.read_text(encoding="utf-8")) == ("new", "也是")
    assert one.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["one.csv", "two.csv"]


def test_all_are_on_the_disk_before_the_first_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left to a power cut is the moment between two renames."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append(_kind(file)), fsync(file)))
    monkeypatch.setattr(Path, "replace", lambda draft, to: (done.append(to.name), replace(draft, to)))
    with drafts(tmp_path / "plan.csv", Path(os.devnull), tmp_path / "prices.csv") as files:
        for file in files:
            assert file is not None
            file.write("new")
    assert done == ["file", "file", "plan.csv", "prices.csv", "folder"]


def _kind(file: int) -> str:
    return "folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    old = tmp_path / "plan.csv"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(error), drafts(old, tmp_path / "new.csv") as (first, _):
        assert first is not None
        first.write("half")
        raise error
    assert old.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["plan.csv"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("no/plan.csv", "写不了文件：没有这个文件夹"), ("", "写不了文件：这是一个文件夹")],
)
def test_what_cannot_be_written_is_known_before_the_work(tmp_path: Path, name: str, what: str) -> None:
    worked = False
    with pytest.raises(ZaigangError) as error, drafts(tmp_path / "new.csv", tmp_path / name):
        worked = True
    assert (error.value.what, error.value.where, worked) == (what, str(tmp_path / name), False)
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_in_words(tmp_path: Path) -> None:
    old = tmp_path / "plan.csv"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(ZaigangError) as error, drafts(old, Path("/dev/full")) as (_, full):
        assert full is not None
        full.write("x")
    assert error.value.what == "写不了文件：磁盘满了"
    assert old.read_text(encoding="utf-8") == "old"


def test_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "plan.csv")
    with drafts(tmp_path / "link") as (file,):
        assert file is not None
        file.write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == "new"


def test_the_same_file_twice_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "edges.csv")
    with pytest.raises(click.UsageError, match="--out 和 --edges 写的是同一个文件。"):
        refuse_same_files({"--out": tmp_path / "link"}, {"--edges": tmp_path / "edges.csv"})
    with pytest.raises(click.UsageError, match="--prices 和 --out 写的是同一个文件。"):
        refuse_same_files({"--out": tmp_path / "x", "--prices": tmp_path / "." / "x"}, {})
    refuse_same_files({"--out": Path("/dev/null"), "--prices": Path("/dev/null"), "--other": None}, {})
