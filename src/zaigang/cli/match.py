"""`zaigang match`: plans for a cohort. Needs no database."""

import csv
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from zaigang.cli.drafts import drafts, refuse_same_files
from zaigang.cli.market_files import Named, read_market
from zaigang.cli.output import as_json_option, print_json
from zaigang.engines.matching import Market, MatchingError, Plan, solve
from zaigang.foundation.errors import ZaigangError

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group()
def match() -> None:
    """A cohort and its options placed at a proved distance from the best plan. Needs no database."""


@match.command("solve")
@click.option(
    "--edges", type=READABLE, required=True, help="worker,option,value: one row for each allowed pair."
)
@click.option("--options", type=READABLE, required=True, help="option,capacity.")
@click.option("--exact", is_flag=True, help="The proved optimum (the default).")
@click.option(
    "--gap",
    type=float,
    help="Stop at this proved gap, e.g. 0.001. Changes nothing beside --place-all: that is always exact.",
)
@click.option(
    "--place-all",
    is_flag=True,
    help="Place as many workers as possible, then find the best such plan, whatever --gap; values may be negative.",
)
@click.option("--out", type=WRITABLE, help="Write worker,option,value of the plan.")
@click.option("--prices", type=WRITABLE, help="Write option,price, from which the bound follows.")
@as_json_option
def solve_files(
    edges: Path, options: Path, exact: bool, gap: float | None, place_all: bool, out: Path | None,
    prices: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Place the workers of a file. A worker may stay unplaced at value 0."""
    if exact and gap is not None:
        raise click.UsageError("--exact 和 --gap 只能写一个。")
    refuse_same_files({"--out": out, "--prices": prices}, {"--edges": edges, "--options": options})
    began = time.perf_counter()
    with _in_words(), drafts(out, prices) as files:
        named = read_market(edges, options, any_value=place_all)
        read = time.perf_counter()
        plan = solve(named.market, gap=gap, place_all=place_all)
        seconds = {"read": round(read - began, 3), "solve": round(time.perf_counter() - read, 3)}
        _write_plan(named, plan, *files)
    answer = _answer(named.market, plan, seconds)
    if as_json:
        print_json(answer)
    else:
        _tell(answer)


@contextmanager
def _in_words() -> Iterator[None]:
    """The engine's errors as the command line's: engines know nothing of the rest of the house."""
    try:
        yield
    except MatchingError as error:
        raise ZaigangError(error.what, error.where, error.what_to_do) from None


def _answer(market: Market, plan: Plan, seconds: dict[str, float]) -> dict[str, Any]:
    """As formats.md has it. With workers placed first no bound follows from the prices alone."""
    proof = plan.certificate
    taken = plan.choice[market.pairs()] == market.option
    return {
        "status": "optimal" if proof.optimal else "within_gap",
        "objective": int(market.value[taken].sum()),
        "bound": None if plan.placed_first else proof.bound,
        "gap": None if plan.placed_first else proof.gap,
        "placed": proof.placed, "workers": market.workers, "options": market.options, "edges": market.edges,
        "seconds": seconds,
    }  # fmt: skip


def _write_plan(named: Named, plan: Plan, out: TextIO | None, prices: TextIO | None) -> None:
    market = named.market
    worker = market.pairs()
    taken = (plan.choice[worker] == market.option).nonzero()[0]
    if out is not None:
        who = [named.workers[index] for index in worker[taken].tolist()]
        what = [named.options[index] for index in market.option[taken].tolist()]
        rows = zip(who, what, market.value[taken].tolist(), strict=True)
        _write(out, ("worker", "option", "value"), rows)
    if prices is not None:
        _write(prices, ("option", "price"), zip(named.options, map(repr, plan.price.tolist()), strict=True))


def _write(file: TextIO, head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)


def _tell(answer: dict[str, Any]) -> None:
    click.echo(
        f"{answer['workers']} 人、{answer['options']} 个岗位、{answer['edges']} 对：安置 {answer['placed']} 人"
    )
    if answer["gap"] is None:
        click.echo(f"总值 {answer['objective']}，先求安置人数最多，已证明最优")
    elif answer["status"] == "optimal":
        click.echo(f"总值 {answer['objective']}，已证明最优")
    else:
        click.echo(f"总值 {answer['objective']}，已证明离最优不超过 {answer['gap']:.4%}")
