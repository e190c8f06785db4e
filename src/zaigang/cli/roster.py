from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from zaigang.cli.output import Day, as_json_option, print_json
from zaigang.cli.setup import connect
from zaigang.foundation import clock
from zaigang.roster.reading import CheckedRoster, check, read_workbook

file_argument: Callable[..., Any] = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
today_option: Callable[..., Any] = click.option(
    "--today", type=Day(), help="The day of import (default: today)."
)


@click.group()
def roster() -> None:
    """Rosters of closed plants: check a file, import it."""


@roster.command("check")
@file_argument
@today_option
@as_json_option
def check_file(file: Path, today: date | None, as_json: bool) -> None:
    """Say of every row whether it can be taken. Needs no database."""
    checked = check(read_workbook(file), today=today or clock.today())
    if as_json:
        print_json(checked.as_json())
        return
    _print_counts(checked)


def _print_counts(checked: CheckedRoster) -> None:
    words = {"ok": "可用", "warning": "可用，请看一眼", "duplicate": "重复", "error": "要改"}
    click.echo(f"共 {len(checked.rows)} 行")
    for outcome, count in checked.outcomes.items():
        click.echo(f"  {words[outcome]}：{count}")
    for code, count in sorted(checked.codes.items(), key=lambda pair: -pair[1]):
        click.echo(f"    {code}: {count}")
    for hidden in checked.hidden_sheets:
        click.echo(f"  隐藏的工作表“{hidden.sheet}”有 {hidden.rows} 行没有读")
    for row in checked.rows:
        if row.outcome in ("error", "duplicate"):
            click.echo(f"  {row.sheet} 第 {row.row} 行：{'、'.join(row.codes)}")


@roster.command("import")
@file_argument
@click.option("--closure", "code", required=True, help="Code of the closure; made when new.")
@click.option(
    "--office", help="Code of the office that takes on a new closure's people (default: the first street)."
)
@click.option("--name", help="Name of a new closure (default: its code).")
@today_option
@as_json_option
def import_roster(
    file: Path, code: str, office: str | None, name: str | None, today: date | None, as_json: bool
) -> None:
    """Import a roster into a closure, as the system operator. Again is an update, never a duplicate."""
    content = file.read_bytes()
    checked = check(read_workbook(file, content=content), today=today or clock.today())
    connect()
    from zaigang.offices.actions import operator  # noqa: PLC0415 -- models load after connect
    from zaigang.roster.handing_in import hand_in  # noqa: PLC0415 -- as above

    with clock.at(today) if today else clock.running():
        summary = hand_in(
            checked, closure_code=code, closure_name=name, office_code=office, file_name=file.name,
            sha256=sha256(content).hexdigest(), by=operator(),
        )  # fmt: skip
    if as_json:
        print_json(checked.as_json() | {"import": asdict(summary)})
        return
    _print_counts(checked)
    click.echo(
        f"已导入 {code}：新增 {summary.new}，没有变化 {summary.matched}，"
        f"有变化 {summary.changed}，进补正清单 {summary.awaiting_repair}"
    )
