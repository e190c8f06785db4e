"""Where data and sockets lie: short enough for the kernel, closed to others, never somebody else's."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.foundation.postgres.conftest import works
from zaigang.foundation.postgres import PostgresError, start
from zaigang.foundation.postgres.account import Account
from zaigang.foundation.postgres.folders import make_socket_folder, prepare

ME = Account("self", os.geteuid(), os.getegid())


@pytest.fixture(autouse=True)
def no_run_time_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def test_a_long_path_of_data(data_dir: Path) -> None:
    deep = data_dir / ("长" * 60) / "data"
    with start(deep, fast=True) as server:
        assert works(server.url())


@pytest.mark.parametrize(
    ("name", "used"), [("run", True), ("r" * 100, False), ("with blank", False), ("gone", False)]
)
def test_the_run_time_folder_is_used_if_it_fits(
    name: str, used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # pytest's own folders are too deep for a socket already.
    with TemporaryDirectory(prefix="z") as short:
        if name != "gone":
            (Path(short) / name).mkdir(mode=0o700)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(Path(short) / name))
        place = make_socket_folder(tmp_path, ME)
        assert place.is_relative_to(Path(short) / name) is used
        assert len(os.fsencode(place / ".s.PGSQL.5432")) <= 107
        place.rmdir()


def test_the_place_follows_from_the_data_folder(tmp_path: Path) -> None:
    first, again, other = (make_socket_folder(tmp_path / name, ME) for name in "aab")
    assert first == again != other
    first.rmdir()
    other.rmdir()


@pytest.mark.parametrize("trap", ["file", "link", "foreign"])
def test_a_place_that_somebody_else_took_is_avoided(trap: str, tmp_path: Path) -> None:
    taken = make_socket_folder(tmp_path, ME)
    taken.rmdir()
    if trap == "file":
        taken.touch()
    elif trap == "link":
        taken.symlink_to(tmp_path)
    elif os.geteuid() == 0:
        taken.mkdir()
        os.chown(taken, 65534, 65534)
    else:
        pytest.skip("只有 root 能造出别人的目录")
    place = make_socket_folder(tmp_path, ME)
    assert place != taken
    assert (place.stat().st_uid, place.stat().st_mode & 0o777) == (os.geteuid(), 0o700)
    place.rmdir()
    taken.rmdir() if trap == "foreign" else taken.unlink()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(PostgresError, match="别的文件"):
        prepare(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PostgresError, match="不能用"):
        prepare(tmp_path / "file")
