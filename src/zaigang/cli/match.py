"""`zaigang match`: plans for a cohort. Needs no database."""

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from zaigang.cli.output import as_json_option, print_json
from zaigang.engines.matching import Market, MatchingError, Plan, market_from_edges, solve
from zaigang.engines.matching.problem import capacities_of
from zaigang.foundation.errors import ZaigangError

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITABLE = click.Path(dir_okay=False, writable=True, path_type=Path)


@dataclass(frozen=True, slots=True)
class Named:
    """A market with the names that the files use, by index."""

    market: Market
    workers: list[str]
    options: list[str]


@click.group()
def match() -> None:
    """A cohort and its options placed at a proved distance from the best plan. Needs no database."""


@match.command("solve")
@click.option(
    "--edges", type=READABLE, required=True, help="worker,option,value: one row for each allowed pair."
)
@click.option("--options", type=READABLE, required=True, help="option,capacity.")
@click.option("--exact", is_flag=True, help="The proved optimum (the default).")
@click.option("--gap", type=float, help="Stop at this proved gap, e.g. 0.001.")
@click.option(
    "--place-all", is_flag=True, help="Place as many workers as possible first; values may be negative."
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
        raise click.UsageError("--exact and --gap exclude each other")
    began = time.perf_counter()
    with _in_words():
        named = _read(edges, options)
        read = time.perf_counter()
        plan = solve(named.market, gap=gap, place_all=place_all)
    seconds = {"read": round(read - began, 3), "solve": round(time.perf_counter() - read, 3)}
    answer = _answer(named.market, plan, seconds)
    if out is not None:
        _write(out, ("worker", "option", "value"), _rows(named, plan))
    if prices is not None:
        _write(prices, ("option", "price"), zip(named.options, map(repr, plan.price.tolist()), strict=True))
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


def _read(edges: Path, options: Path) -> Named:
    names, seats = [], []
    for line, (name, count) in _table(options, ("option", "capacity")):
        names.append(name)
        seats.append(_integer(count, options, line))
    place = {name: index for index, name in enumerate(capacities_of(names, seats))}
    people: dict[str, int] = {}
    columns: tuple[list[int], list[int], list[int]] = ([], [], [])
    for line, (who, what, value) in _table(edges, ("worker", "option", "value")):
        if what not in place:
            raise ZaigangError(
                f"没有岗位“{what}”的名额", f"{edges.name} 第 {line} 行", f"请在 {options.name} 里写上它。"
            )
        columns[0].append(people.setdefault(who, len(people)))
        columns[1].append(place[what])
        columns[2].append(_integer(value, edges, line))
    market = market_from_edges(*columns, workers=len(people), capacity=seats)
    return Named(market, list(people), names)


def _table(path: Path, head: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading, each with its line number in the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            found = tuple(name.strip() for name in next(reader, []))
            if found != head:
                raise ZaigangError(
                    f"表头应为 {','.join(head)}，现在是 {','.join(found)}", path.name, "请改好表头。"
                )
            for row in reader:
                if not row:
                    continue
                if len(row) != len(head):
                    raise ZaigangError(
                        f"应有 {len(head)} 列", f"{path.name} 第 {reader.line_num} 行", "请补齐。"
                    )
                yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError):
            raise ZaigangError("读不出这个文件", path.name, "请另存为 UTF-8 编码的 CSV。") from None


def _integer(text: str, path: Path, line: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise ZaigangError(
            f"应为整数，现在是“{text}”", f"{path.name} 第 {line} 行", "请写整数，不带小数点。"
        ) from None
    if abs(number) >= 2**52:
        raise ZaigangError("数值太大，算不准", f"{path.name} 第 {line} 行", "请换小一些的单位。")
    return number


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


def _rows(named: Named, plan: Plan) -> Iterator[tuple[str, str, int]]:
    market = named.market
    worker = market.pairs()
    for edge in (plan.choice[worker] == market.option).nonzero()[0]:
        yield named.workers[worker[edge]], named.options[market.option[edge]], int(market.value[edge])


def _write(path: Path, head: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
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
