import click

from zaigang.cli.output import as_json_option, print_json
from zaigang.cli.setup import connect
from zaigang.foundation.errors import ZaigangError


@click.group()
def claims() -> None:
    """First decisions on unemployment benefit."""


@claims.command("decide")
@click.argument("code")
@as_json_option
def decide(code: str, as_json: bool) -> None:
    """Work out anew what everybody of the closure CODE is due; an unchanged answer writes nothing."""
    connect()
    from zaigang.claims.actions import decide_closure  # noqa: PLC0415 -- models load after connect
    from zaigang.offices.actions import operator  # noqa: PLC0415 -- as above
    from zaigang.roster.models import Closure  # noqa: PLC0415 -- as above

    closure = Closure.objects.filter(code=code).first()
    if closure is None:
        raise ZaigangError("没有这个编号的关停分流", code, "请核对编号")
    counts = decide_closure(closure=closure, by=operator())
    if as_json:
        print_json(dict(counts))
        return
    click.echo(f"可以领取 {counts['yes']}，这次还不能领取 {counts['no']}，还不能决定 {counts['undecided']}")
    click.echo(f"其中结果有变化 {counts['changed']}")
