from uuid import UUID

import click
from django.utils.timezone import localtime

from zaigang.cli.output import as_json_option, print_json
from zaigang.cli.setup import connect

SHOWN = 50


@click.group()
def jobs() -> None:
    """Work that is done in the background."""


@jobs.command("list")
@click.option("--failed", "only_failed", is_flag=True, help="Only what failed and was not done since.")
@as_json_option
def listed(only_failed: bool, as_json: bool) -> None:
    """The newest jobs, and what became of them."""
    connect()
    from zaigang.jobs.models import Job  # noqa: PLC0415 -- models load after connect
    from zaigang.jobs.queries import failed  # noqa: PLC0415 -- as above

    found = (failed() if only_failed else Job.objects.all()).select_related("asked_by", "office")[:SHOWN]
    if as_json:
        names = ("kind", "subject", "state", "done", "total", "result", "trouble")
        print_json([{"id": str(job.pk)} | {name: getattr(job, name) for name in names} for job in found])
        return
    for job in found:
        asked = " ".join(str(value) for value in (job.office or "", *job.arguments.values()) if value)
        progress = f" {job.done}/{job.total}" if job.total else ""
        words = f"  {job.trouble}" if job.trouble else ""
        when = f"{localtime(job.asked_at):%Y-%m-%d %H:%M}"
        click.echo(
            f"{job.pk}  {when}  {job.kind} {asked}  {job.asked_by}  {job.get_state_display()}{progress}{words}"
        )


@jobs.command("retry")
@click.argument("job", type=click.UUID)
def retry(job: UUID) -> None:
    """Let a failed JOB (its number) be done again. Safe to repeat."""
    connect()
    from zaigang.jobs import actions  # noqa: PLC0415 -- models load after connect
    from zaigang.offices.actions import operator  # noqa: PLC0415 -- as above

    again = actions.retry(job=job, by=operator())
    click.echo(f"{again}：{again.get_state_display()}")


@jobs.command("work")
@click.option("--once", is_flag=True, help="Stop when nothing is due any more.")
def work(once: bool) -> None:
    """Do jobs, until told to stop. `zaigang serve` starts such a worker by itself."""
    connect()
    from zaigang.jobs import worker  # noqa: PLC0415 -- models load after connect

    worker.work(wait=not once)
