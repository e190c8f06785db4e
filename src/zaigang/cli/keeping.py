"""Backup and restore of the database. The key file is kept apart: together they would open every sealed column."""

import os
import subprocess
from pathlib import Path
from typing import Any

import click
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from zaigang.cli.setup import connect
from zaigang.foundation.database import attach, chosen
from zaigang.foundation.errors import ZaigangError
from zaigang.foundation.postgres import find_binaries


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE. The key file is not in it: keep that in another place."""
    connect()
    draft = file.with_name(f".{file.name}.part")
    draft.touch(mode=0o600)
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={draft}", where=str(file))
    draft.replace(file)
    click.echo(
        f"已备份到 {file}（{file.stat().st_size // 1024} KB）。密钥文件 keys.json 不在里面，请另外保存。"
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database from a backup. Refuses a database that holds anything."""
    attach(chosen())
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise ZaigangError(
            "数据库里已有数据", chosen(), "请换一个空的数据库（ZAIGANG_DATABASE 或 DATABASE_URL）再恢复"
        )
    options = ("--no-owner", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, str(file), where=str(file))
    click.echo("已恢复。请执行 zaigang doctor 核对密钥和台账。")


def _run(program: str, *arguments: str, where: str) -> None:
    """Run one of PostgreSQL's own programs on the database; its last line of complaint becomes the error."""
    place: dict[str, Any] = conninfo_to_dict(os.environ["DATABASE_URL"])
    # The password goes by the environment: a command line is there for every user of the machine to read.
    secrets = {"PGPASSWORD": str(place.pop("password", ""))}
    command = [str(find_binaries() / program), f"--dbname={make_conninfo(**place)}", *arguments]
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own program
        command, env=os.environ | secrets, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["没有说明"])[-1]
        raise ZaigangError(f"{program} 没有完成：{reason}", where, "请检查文件和磁盘空间后重试")
