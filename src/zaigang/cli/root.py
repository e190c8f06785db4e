"""`zaigang`: finds the command, loads only what it needs, and turns errors into words and exit codes.

Exit status: 0 done, 1 the input is bad (what, where, what to do on stderr), 2 wrong usage.
"""

import sys
from importlib import import_module

import click

from zaigang.cli.usage import told
from zaigang.foundation.errors import ZaigangError

#: Command -> (module, attribute). Imported when called: `roster check` needs neither Django nor a database.
COMMANDS = {
    "claims": ("zaigang.cli.claims", "claims"),
    "demo": ("zaigang.cli.demo", "demo"),
    "doctor": ("zaigang.cli.service", "doctor"),
    "backup": ("zaigang.cli.keeping", "backup"),
    "restore": ("zaigang.cli.keeping", "restore"),
    "jobs": ("zaigang.cli.jobs", "jobs"),
    "entitlement": ("zaigang.cli.entitlement", "entitlement"),
    "match": ("zaigang.cli.match", "match"),
    "migrate": ("zaigang.cli.service", "migrate"),
    "report": ("zaigang.cli.report", "report"),
    "roster": ("zaigang.cli.roster", "roster"),
    "serve": ("zaigang.cli.service", "serve"),
    "staff": ("zaigang.cli.staff", "staff"),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.command(cls=Lazy)
@click.version_option(package_name="zaigang")
def zaigang() -> None:
    """Zaigang 再岗: from the layoff list to the next pay slip."""


def main() -> None:
    """Run the command; a named error becomes one line on stderr."""
    try:
        zaigang.main(standalone_mode=False)
    except click.ClickException as error:
        click.echo(told(error), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit("已中断")
    except ZaigangError as error:
        click.echo(f"zaigang: {error}", err=True)
        sys.exit(1)
