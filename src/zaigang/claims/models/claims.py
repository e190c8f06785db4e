"""The claim with its signatures."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import ClaimState, Eligible, Life, Outcome, StopReason
from zaigang.claims.models.decisions import Ruling
from zaigang.claims.models.registrations import Registration
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedJSONField, SealedTextField
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.models import Case


class SigningRule(models.Model):
    """How many signatures an office wants on a claim. Without a row: all three."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="signing_rule")
    needs_checker = models.BooleanField(_("要复核"), default=True)

    def __str__(self) -> str:
        return str(self.office_id)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "ClaimQuerySet":
        """Claims at the offices where the person holds the permission."""
        return self.filter(case__closure__office__in=where(user, permission))


class Claim(models.Model):
    """Somebody asks for unemployment benefit: what the engine said, what the clerk decided, who signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="claim")
    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="claim")
    applied_on = models.DateField(_("申领日期"))
    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="claims")
    facts = models.JSONField(help_text="what the engine was given")
    law = models.JSONField(default=dict, db_default={}, help_text="territory -> version of its file")
    eligible = models.CharField(max_length=10, choices=Eligible, help_text="what the engine said")
    outcome = models.CharField(max_length=6, choices=Outcome, help_text="what the clerk decided")
    differs = models.BooleanField(
        default=False, help_text="the clerk decided otherwise than the engine proposed"
    )
    reason = SealedTextField(_("为什么这样决定"), null=True)
    months_exact = models.PositiveSmallIntegerField(null=True)
    months_at_most = models.PositiveSmallIntegerField(null=True)
    blank = models.CharField(max_length=60)
    answers = SealedJSONField()
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.MADE)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_because = SealedTextField(_("为什么退回"), null=True)
    # The one-stop statement names its columns: the database gives a new claim its first state.
    life = models.CharField(max_length=9, choices=Life, default=Life.RUNNING, db_default=Life.RUNNING.value)
    suspended_until = models.DateField(
        null=True, help_text="when somebody looks again; nothing happens by itself"
    )
    stopped_on = models.DateField(null=True)
    stop_reason = models.CharField(max_length=2, choices=StopReason, blank=True)
    stop_evidence = SealedTextField(_("凭什么停发"), null=True)
    stopped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("made_at",)
        indexes = (
            models.Index(fields=["state", "made_at"], name="claims_claim_waiting"),
            models.Index(
                fields=["suspended_until"],
                name="claims_claim_suspended",
                condition=Q(suspended_until__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(differs=False) | Q(reason__isnull=False),
                name="claims_other_decision_has_reason",
                violation_error_message=_("与测算不同的决定要写明理由"),
            ),
            models.CheckConstraint(
                condition=Q(months_exact__isnull=True)
                | Q(months_at_most__isnull=True)
                | Q(months_exact__lte=F("months_at_most")),
                name="claims_claim_exact_within_at_most",
                violation_error_message=_("核定月数不能多于最多月数"),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.APPROVED)
                | (Q(approved_by__isnull=False) & Q(approved_at__isnull=False)),
                name="claims_approved_by_whom",
                violation_error_message=_("审批要有时间和审批人"),
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")),
                name="claims_checker_is_another",
                violation_error_message=_("复核人不能是经办人"),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (
                    ~Q(approved_by=F("made_by"))
                    & (Q(checked_by__isnull=True) | ~Q(approved_by=F("checked_by")))
                ),
                name="claims_approver_is_another",
                violation_error_message=_("审批人不能是经办人或复核人"),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.APPROVED) | ~Q(outcome=Outcome.HOLD),
                name="claims_held_is_not_approved",
                violation_error_message=_("还不能定的申领不能审批"),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.RETURNED) | Q(returned_because__isnull=False),
                name="claims_returned_because",
                violation_error_message=_("退回要写原因"),
            ),
            models.CheckConstraint(
                condition=(Q(stopped_on__isnull=True) & Q(stop_reason=""))
                | (Q(stopped_on__isnull=False) & ~Q(stop_reason="") & Q(stop_evidence__isnull=False)),
                name="claims_stopped_why",
                violation_error_message=_("停发要有日期、原因和凭据"),
            ),
            models.CheckConstraint(
                condition=Q(life__in=(Life.STOPPED, Life.CARRIED), stopped_on__isnull=False)
                | Q(life__in=(Life.RUNNING, Life.SUSPENDED), stopped_on__isnull=True),
                name="claims_stopped_in_life",
                violation_error_message=_("停发的申领要有停发日期，没有停的不能有"),
            ),
            models.CheckConstraint(
                condition=Q(life=Life.SUSPENDED, suspended_until__isnull=False)
                | (~Q(life=Life.SUSPENDED) & Q(suspended_until__isnull=True)),
                name="claims_suspended_until",
                violation_error_message=_("暂缓发放要写明到哪天再看"),
            ),
            models.CheckConstraint(
                condition=~Q(life=Life.SUSPENDED) | Q(state=ClaimState.APPROVED, outcome=Outcome.GRANT),
                name="claims_suspended_when_granted",
                violation_error_message=_("同意发放、审批过的申领才能暂缓"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
