from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from zaigang.cli.output import as_json_option, print_json
from zaigang.engines.entitlement import EntitlementError, ask, decide, facts_from_mapping
from zaigang.engines.entitlement import retirement as retirement_of
from zaigang.engines.entitlement import severance as severance_of
from zaigang.engines.entitlement.strict import read_yaml
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
        text = file.read()
    except UnicodeDecodeError:
        raise ZaigangError("读不出这个文件", file.name, "请存成 UTF-8 编码的 YAML 或 JSON。") from None
    value = read_yaml(text, file.name)
    if not isinstance(value, dict):
        raise ZaigangError("文件里应当是“名称: 值”的一览", file.name, '请照这样写：territory: "370213"。')
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
    _tell_decision(answer)


def _tell_decision(answer: dict[str, Any]) -> None:
    words = {"yes": "可以领取", "no": "这次还不能领取", "undecided": "还不能决定"}
    click.echo(f"失业保险金：{words[answer['eligible']]}")
    months = answer["months"]
    if months["exact"] is not None:
        click.echo(f"月数：{months['exact']} 个月")
    elif months["at_most"] is not None:
        click.echo(f"月数：最多 {months['at_most']} 个月")
    for reason in answer["reasons"]:
        click.echo(f"  · {reason['zh']}{_cited(reason['source'])}")
    for payment in answer["payments"]:
        yuan = "--" if payment["yuan"] is None else f"{payment['yuan']}元"
        planned = "，待逐月放行" if payment.get("planned") else ""
        click.echo(f"  {payment['month']}  {yuan}  {STATUSES[payment['status']]}{planned}")
    if answer["payments"]:
        click.echo(f"  已知金额合计 {answer['total_yuan']}元")
    for line in (*answer["would_change"], *answer["needs_human"]):
        click.echo(f"  ! {line['zh']}")


def _cited(source: dict[str, str | None] | None) -> str:
    """Title, article and document in brackets; a title that the document repeats is left out."""
    title, article, document = ((source or {}).get(key) or "" for key in ("title", "article", "document"))
    parts = (document, article) if document.startswith(title) else (title, article, document)
    words = " ".join(part for part in parts if part)
    return f"（{words}）" if words else ""


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
        _tell_severance(answer)


def _tell_severance(answer: dict[str, Any]) -> None:
    months, base, yuan = answer["months_paid"], answer["base"], answer["yuan"]
    click.echo(f"经济补偿：{'算不出' if yuan is None else f'{yuan}元'}")
    click.echo(f"月数：{'--' if months is None else months}，月工资：{'--' if base is None else f'{base}元'}")
    if answer["capped"]:
        click.echo("工资高过本市月平均工资的3倍，已封顶")
    for line in answer["needs_human"]:
        click.echo(f"  ! {line['zh']}")


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
    for category in answer.get("categories", ()):
        lacking = f"，缺 {'、'.join(category['lacking'])}" if category["lacking"] else ""
        click.echo(f"  - {category['zh']}：{words[category['verdict']]}{lacking}")
    for reason in answer["reasons"]:
        seen = f"，最早见于{reason['from']}" if reason["first_seen"] else ""
        click.echo(f"  · {reason['zh']}（{STATUSES[reason['status']]}{seen}）")
    for line in (*answer["missing"], *answer["needs_human"]):
        click.echo(f"  ! {line['zh']}")
