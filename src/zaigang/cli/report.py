from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zaigang.cli.output import Day, as_json_option, print_json
from zaigang.cli.setup import connect
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError

if TYPE_CHECKING:
    from zaigang.outcomes.funnel import Funnel
    from zaigang.roster.models import Closure

out_path = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group()
def report() -> None:
    """Figures, from the ledger alone, as of any day."""


@report.command("closure")
@click.argument("code")
@click.option(
    "--on",
    "day",
    type=Day(),
    help="What had happened by the end of this day (default: all that is known).",
)
@click.option("--names", type=out_path, help="Write case,state,since, one line a person.")
@click.option("--xlsx", type=out_path, help="Write the sums as a spreadsheet.")
@as_json_option
def report_closure(code: str, day: date | None, names: Path | None, xlsx: Path | None, as_json: bool) -> None:
    """How many people of a closure stand where. Every number is a list of names."""
    connect()
    from zaigang.ledger.queries import last_day  # noqa: PLC0415 -- models load after connect
    from zaigang.outcomes import exports, funnel  # noqa: PLC0415 -- as above

    closure = _closure(code)
    # A replayed office may live before the last import: without a date everything known counts.
    on = day or max(clock.today(), last_day(closure.pk) or date.min)
    counted = funnel.funnel(closure.pk, on)
    if names:
        with names.open("w", encoding="utf-8", newline="") as file:
            exports.write_names(file, closure.pk, funnel.names(closure.pk, on))
    if xlsx:
        xlsx.write_bytes(exports.funnel_xlsx(closure, counted))
    if as_json:
        print_json(counted.as_json())
    else:
        _print(closure, counted)


def _closure(code: str) -> "Closure":
    from zaigang.roster.models import Closure  # noqa: PLC0415 -- models load after connect

    found = Closure.objects.filter(code=code).first()
    if found is None:
        known = "、".join(Closure.objects.values_list("code", flat=True)) or "（还没有）"
        raise ZaigangError("没有这个编号的关停分流", code, f"现有的编号：{known}")
    return found


def _print(closure: "Closure", counted: "Funnel") -> None:
    from zaigang.outcomes.enums import State  # noqa: PLC0415 -- Django loads after connect

    click.echo(f"{closure.name}（{closure.code}），截至 {counted.as_of:%Y-%m-%d}")
    click.echo(f"  名册 {counted.rows} 行 = {counted.people} 人 + {counted.duplicate_rows} 重复行")
    for state in State:
        if counted.states[state]:
            click.echo(f"  {state.label}：{counted.states[state]}")
    click.echo(f"  再就业：{counted.reemployed}")
    click.echo("  两种数法一致" if counted.reconciles else "  两种数法不一致，请运行 zaigang doctor")
