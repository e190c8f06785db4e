import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
import yaml

from zaigang.cli.output import as_json_option, print_json
from zaigang.engines.entitlement import EntitlementError, ask, decide, facts_from_mapping
from zaigang.engines.entitlement import retirement as retirement_of
from zaigang.engines.entitlement import severance as severance_of
from zaigang.foundation.errors import ZaigangError

STATUSES = {"verified": "已核实", "inferred": "推断", "unverified": "未核实", "missing": "缺"}


@contextmanager
def _in_words() -> Iterator[None]:
    """The engine's errors as the command line's: engines know nothing of the rest of the house."""
    try:
        yield
    except EntitlementError as error:
        raise ZaigangError(error.what, error.where, error.what_to_do) from None


@click.group()
def entitlement() -> None:
    """What a laid-off worker is due, by the law of the day. Needs no database."""


def _mapping(file: IO[str]) -> dict[str, Any]:
    try:
        value = yaml.safe_load(file)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file.name} 第 {mark.line + 1} 行" if mark else file.name
        raise ZaigangError("文件不是有效的 YAML 或 JSON", place, "请按格式说明重写") from None
    if not isinstance(value, dict):
        raise ZaigangError("文件里应当是“名称: 值”的一览", file.name, "请按格式说明重写")
    return value


@entitlement.command("decide")
@click.argument("file", type=click.File(encoding="utf-8"))
@as_json_option
def decide_file(file: IO[str], as_json: bool) -> None:
    """Decide one person's unemployment benefit from a YAML file (- for stdin)."""
    with _in_words():
        answer = decide(facts_from_mapping(_mapping(file))).as_json()
    if as_json:
        print_json(answer)
        return
    words = {"yes": "可以领取", "no": "这次还不能领取", "undecided": "还不能决定"}
    click.echo(f"失业保险金：{words[answer['eligible']]}")
    months = answer["months"]
    if months["exact"] is not None:
        click.echo(f"月数：{months['exact']} 个月")
    elif months["at_most"] is not None:
        click.echo(f"月数：最多 {months['at_most']} 个月")
    for reason in answer["reasons"]:
        source = reason["source"]
        cited = " ".join(str(v) for v in (source or {}).values() if v)
        click.echo(f"  · {reason['zh']}" + (f"（{cited}）" if cited else ""))
    for payment in answer["payments"]:
        yuan = "--" if payment["yuan"] is None else f"{payment['yuan']}元"
        click.echo(f"  {payment['month']}  {yuan}  {STATUSES[payment['status']]}")
    for line in (*answer["would_change"], *answer["needs_human"]):
        click.echo(f"  ! {line['zh'] if isinstance(line, dict) else line}")


@entitlement.command("retirement")
@click.option("--category", required=True, type=click.Choice(["male", "female_55", "female_50"]))
@click.option("--sex", type=click.Choice(["male", "female"]))
@click.option("--born", required=True, metavar="YYYY-MM")
@as_json_option
def retirement(category: str, sex: str | None, born: str, as_json: bool) -> None:
    """The month of statutory retirement."""
    with _in_words():
        answer = retirement_of(category, born, sex=sex)
    if as_json:
        print_json(answer)
    else:
        click.echo(f"{answer['retires']}（延迟 {answer['delay_months']} 个月）")


@entitlement.command("severance")
@click.argument("file", type=click.File(encoding="utf-8"))
@as_json_option
def severance(file: IO[str], as_json: bool) -> None:
    """Severance pay from a YAML or JSON file (- for stdin)."""
    with _in_words():
        answer = severance_of(_mapping(file))
    if as_json:
        print_json(answer)
    else:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


@entitlement.command("around")
@click.argument("file", type=click.File(encoding="utf-8"))
@as_json_option
def around(file: IO[str], as_json: bool) -> None:
    """Answer a question around the benefit from a YAML file that names it (- for stdin)."""
    with _in_words():
        answer = ask(_mapping(file)).as_json()
    if as_json:
        print_json(answer)
        return
    words = {"yes": "是", "no": "否", "undecided": "这里定不了"}
    click.echo(f"结论：{words[answer['answer']]}")
    for reason in answer["reasons"]:
        seen = f"，最早见于{reason['from']}" if reason["first_seen"] else ""
        click.echo(f"  · {reason['zh']}（{STATUSES[reason['status']]}{seen}）")
    for line in (*answer["missing"], *answer["needs_human"]):
        click.echo(f"  ! {line['zh']}")
