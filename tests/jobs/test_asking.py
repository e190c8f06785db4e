import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast
from tests.jobs import sample
from zaigang.cli.examination import examine
from zaigang.foundation.errors import ZaigangError
from zaigang.jobs.actions import ask, retry
from zaigang.jobs.enums import JobState, Verb
from zaigang.jobs.models import Job
from zaigang.jobs.queries import failed, latest, standing
from zaigang.jobs.tasks import BROKEN, NO_DATABASE, execute
from zaigang.ledger.models import Entry


def test_asking_queues_one_row_that_carries_a_number_alone(cast: Cast) -> None:
    job = ask("tests.steps", subject="2016-01", office=cast.north, by=cast.clerk, number=3)
    queued = ProcrastinateJob.objects.get()
    assert (queued.pk, queued.task_name, queued.lock, queued.args, queued.status) == (
        job.queued, "tests.steps", "tests.steps 2016-01", {"job": str(job.pk)}, "todo",
    )  # fmt: skip
    entry = Entry.objects.get(verb=Verb.ASKED)
    assert (entry.actor, entry.office) == (cast.clerk.pk, cast.north.pk)
    assert entry.facts == {"job": str(job.pk), "kind": "tests.steps", "subject": "2016-01"}


def test_asking_twice_gives_the_same_open_job_and_asking_later_another(cast: Cast) -> None:
    first = ask("tests.steps", subject="2016-01", by=cast.clerk, number=3)
    assert ask("tests.steps", subject="2016-01", by=cast.director, number=3).pk == first.pk
    assert ask("tests.steps", subject="2016-02", by=cast.clerk, number=3).pk != first.pk
    execute(first.pk)
    assert ask("tests.steps", subject="2016-01", by=cast.clerk, number=3).pk != first.pk
    assert ProcrastinateJob.objects.count() == 3


def test_an_unknown_kind_is_an_error_of_the_program(cast: Cast) -> None:
    with pytest.raises(KeyError):
        ask("tests.unheard_of", by=cast.clerk)


@pytest.mark.parametrize(
    "arguments", [{"name": "王甲"}, {"phone": "13800001234"}, {"id": 370202196905220017}], ids=str
)
def test_the_database_refuses_personal_data_in_arguments(cast: Cast, arguments: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="jobs_job_holds_codes"), transaction.atomic():
        ask("tests.steps", by=cast.clerk, **arguments)


def test_a_job_that_is_done_shows_what_it_did_and_is_not_done_again(cast: Cast) -> None:
    job = ask("tests.steps", by=cast.clerk, number=3)
    execute(job.pk)
    execute(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 3, 3, {"made": 3})
    assert sample.steps_made() == [1, 2, 3]


@pytest.mark.parametrize(
    ("kind", "error", "trouble"),
    [
        ("tests.refused", ZaigangError, "这个月还没有到（2016-02）。请到这个月再办"),
        ("tests.broken", KeyError, BROKEN),
        ("tests.unreachable", OperationalError, NO_DATABASE),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_says_why_in_words_and_can_be_tried_again(
    cast: Cast, kind: str, error: type[Exception], trouble: str
) -> None:
    job = ask(kind, by=cast.clerk)
    with pytest.raises(error):
        execute(job.pk)
    job.refresh_from_db()
    assert (job.state, job.trouble, list(failed())) == (JobState.FAILED, trouble, [job])
    assert retry(job=job.pk, by=cast.director).state == JobState.WAITING
    assert retry(job=job.pk, by=cast.director).state == JobState.WAITING
    assert (ProcrastinateJob.objects.count(), Entry.objects.filter(verb=Verb.RETRIED).count()) == (2, 1)


def test_what_is_done_needs_no_second_try(cast: Cast) -> None:
    job = ask("tests.steps", by=cast.clerk, number=1)
    execute(job.pk)
    with pytest.raises(ZaigangError, match="已经完成"):
        retry(job=job.pk, by=cast.clerk)


def test_a_failure_counts_until_a_later_job_made_up_for_it(cast: Cast) -> None:
    job = ask("tests.steps", by=cast.clerk, number="many")
    with pytest.raises(TypeError):
        execute(job.pk)
    assert standing().failed == 1
    execute(ask("tests.steps", by=cast.clerk, number=1).pk)
    assert (standing().failed, latest("tests.steps").state) == (0, JobState.DONE)  # type: ignore[union-attr]


def test_the_doctor_names_what_failed_and_how_to_try_again(cast: Cast) -> None:
    job = ask("tests.refused", by=cast.clerk)
    with pytest.raises(ZaigangError):
        execute(job.pk)
    (finding,) = [one for one in examine() if one.name == "后台任务"]
    assert (finding.ok, "1 个任务没有完成（zaigang jobs list --failed 查看" in finding.detail) == (
        False,
        True,
    )


def test_what_waits_too_long_is_stuck(cast: Cast) -> None:
    ask("tests.steps", by=cast.clerk, number=1)
    assert (standing().open, standing().stuck, standing().workers) == (1, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '11 minutes'")
    assert standing().stuck == 1


def test_a_job_of_each_state_is_allowed_a_reason_only_when_it_failed(cast: Cast) -> None:
    job = ask("tests.steps", by=cast.clerk, number=1)
    with pytest.raises(IntegrityError, match="jobs_job_failed_says_why"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
