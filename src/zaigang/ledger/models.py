import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock


class SubjectKind(models.TextChoices):
    CASE = "case", _("个案")
    CLOSURE = "closure", _("关停分流")
    STAFF = "staff", _("工作人员")


class Entry(models.Model):
    """One thing that happened. Append-only: the database refuses to change or remove a row.

    Names its subject, closure, office and actors by UUID without foreign keys, and its facts hold codes and
    references only, so that a person can be erased and the chain of hashes stays whole.
    """

    subject_kind = models.CharField(max_length=8, choices=SubjectKind)
    subject = models.UUIDField()
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the subject")
    verb = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.system_now)
    actor = models.UUIDField()
    office = models.UUIDField()
    closure = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32, null=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["closure", "happened_at"], name="ledger_entry_closure"),)
        # ledger_entry_facts_hold_codes, the third constraint, is in the migration: Django cannot express it.
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "number"],
                name="ledger_entry_chain",
                violation_error_message=_("台账的这一条已经有人写了，请重试"),
            ),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(previous__isnull=True))
                | (Q(number__gt=1) & Q(previous__isnull=False)),
                name="ledger_entry_previous",
                violation_error_message=_("台账的前后链接不完整"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} #{self.number} {self.verb}"


class Read(models.Model):
    """Who looked at whom. Append-only too, in a table apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=8, choices=SubjectKind)
    subject = models.UUIDField()
    page = models.CharField(max_length=64, help_text=_("看了哪一页"))
    revealed = models.JSONField(default=list, help_text=_("显示了哪些完整号码"))
    reason = models.CharField(max_length=200, blank=True)
    reader = models.UUIDField()
    office = models.UUIDField()
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-read_at", "id")
        indexes = (models.Index(fields=["subject", "-read_at"], name="ledger_read_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.page}"
