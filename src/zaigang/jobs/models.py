import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock
from zaigang.jobs.enums import OPEN, JobState
from zaigang.offices.models import Office, Staff


class Job(models.Model):
    """Work that somebody asked for and a worker does. The queue's own row carries nothing but this row's number.

    `arguments` and `result` hold codes, counts, dates and UUIDs, as the ledger's facts do; the database refuses others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64, help_text="<stage>.<act>, as in the stage's jobs.py")
    subject = models.CharField(
        max_length=120, blank=True, help_text="what it is about: one at a time of each"
    )
    arguments = models.JSONField(default=dict)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    trouble = models.TextField(blank=True, help_text="why it failed, in words without personal data")
    queued = models.BigIntegerField(null=True, help_text="its row in procrastinate_jobs")

    class Meta:
        ordering = ("-queued",)
        # jobs_job_holds_codes, a third constraint, is in the migration: Django cannot express it.
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=OPEN),
                name="jobs_job_one_at_a_time",
                violation_error_message=_("同样的任务已经在办"),
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.FAILED) ^ Q(trouble=""),
                name="jobs_job_failed_says_why",
                violation_error_message=_("没有完成的任务要写明原因"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".rstrip()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN
