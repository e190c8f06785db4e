"""When a cluster cannot be made or opened, the error says why and the next try works."""

import resource
from pathlib import Path

import pytest

from zaigang.foundation.postgres import PostgresError, find_binaries, start


def test_a_full_disk_is_reported_with_what_initdb_said(data_dir: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(PostgresError, match=r"建立数据库失败：\n(.*\n)*.*initdb: removing") as caught:
            start(data_dir, fast=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.where == str(data_dir)
    assert sorted(data_dir.glob("cluster*")) == []
    start(data_dir, fast=True).stop()


def test_a_server_that_does_not_start_shows_the_log(data_dir: Path) -> None:
    start(data_dir, fast=True).stop()
    conf = data_dir / "cluster" / "postgresql.auto.conf"
    whole = conf.read_text()
    conf.write_text(whole + "shared_buffers = '1000TB'\n")
    with pytest.raises(PostgresError, match="shared_buffers"):
        start(data_dir, fast=True)
    conf.write_text(whole)
    start(data_dir, fast=True).stop()


def test_a_folder_of_a_version_that_is_not_here(data_dir: Path) -> None:
    start(data_dir, fast=True).stop()
    (data_dir / "cluster" / "PG_VERSION").write_text("14\n")
    with pytest.raises(PostgresError, match="由 PostgreSQL 14 建立，本机没有") as caught:
        start(data_dir, fast=True)
    assert (caught.value.where, bool(caught.value.what_to_do)) == (str(data_dir), True)


def test_a_lost_password_is_not_replaced_by_a_wrong_one(data_dir: Path) -> None:
    start(data_dir, fast=True).stop()
    (data_dir / "password").rename(data_dir / "password.bak")
    with pytest.raises(PostgresError, match="密码文件"):
        start(data_dir, fast=True)
    (data_dir / "password.bak").rename(data_dir / "password")
    start(data_dir, fast=True).stop()


@pytest.mark.parametrize("major", [16, 18])
def test_the_wheel_has_both_versions(major: int, data_dir: Path) -> None:
    binaries = find_binaries(major)
    with start(data_dir, binaries=binaries, fast=True) as server:
        assert server.version.split(".")[0] == str(major)
    with start(data_dir, fast=True) as server:  # without a word, the version that made the data
        assert server.version.split(".")[0] == str(major)


def test_the_newest_version_is_the_default() -> None:
    assert find_binaries() == find_binaries(18)


def test_programs_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(PostgresError, match="没有能运行的"):
        start(tmp_path / "data", binaries=tmp_path)
