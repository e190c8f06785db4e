"""A fact is put right after the last signature: the new decision beside the old, with signatures of its own."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import CorrectionState, Outcome
from zaigang.claims.models.claims import Claim
from zaigang.claims.models.decisions import Ruling
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedTextField
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where

_OPEN = (CorrectionState.MADE, CorrectionState.CHECKED)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "CorrectionQuerySet":
        """Corrections at the offices where the person holds the permission."""
        return self.filter(claim__case__closure__office__in=where(user, permission))


class Correction(models.Model):
    """`facts` and `ruling` are what is to come, `before` what the claim stood on when the correction was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.MADE)
    facts = models.JSONField(help_text="what the engine was given")
    law = models.JSONField(default=dict, help_text="territory -> version of its file")
    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="+")
    facts_before = models.JSONField()
    outcome = models.CharField(max_length=6, choices=Outcome)
    outcome_before = models.CharField(max_length=6, choices=Outcome)
    differs = models.BooleanField(help_text="the clerk decided otherwise than the engine proposed")
    why = SealedTextField(_("凭什么更正"))
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_because = SealedTextField(_("为什么没有通过"), null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=_OPEN),
                name="claims_one_open_correction",
                violation_error_message=_("这份申领已经有一条等签字的更正"),
            ),
            models.CheckConstraint(
                condition=(Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")))
                & (
                    Q(approved_by__isnull=True)
                    | (
                        ~Q(approved_by=F("made_by"))
                        & (Q(checked_by__isnull=True) | ~Q(approved_by=F("checked_by")))
                    )
                ),
                name="claims_correction_by_others",
                violation_error_message=_("提出、复核、审批要是不同的人"),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CorrectionState.APPROVED, approved_by__isnull=False, approved_at__isnull=False
                )
                | (~Q(state=CorrectionState.APPROVED) & Q(approved_by__isnull=True)),
                name="claims_correction_approved",
                violation_error_message=_("审批要有时间和审批人"),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CorrectionState.DROPPED, dropped_by__isnull=False, dropped_because__isnull=False
                )
                | (~Q(state=CorrectionState.DROPPED) & Q(dropped_by__isnull=True)),
                name="claims_correction_dropped",
                violation_error_message=_("没有通过要写明理由"),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.HOLD),
                name="claims_correction_decides",
                violation_error_message=_("更正要定下来，不能先收下"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
