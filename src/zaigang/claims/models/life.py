"""What happened to a claim after it was made: dated episodes, and offers that were refused."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import Act, Life, OfferKind, RefusalState, StopReason, SuspendReason
from zaigang.claims.models.claims import Claim
from zaigang.claims.models.decisions import Ruling
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedTextField
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where


class Episode(models.Model):
    """One thing that happened in the life of a claim. Rows are added, never changed: the newest says how it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="episodes")
    number = models.PositiveSmallIntegerField(help_text="the claim's first, second … episode")
    act = models.CharField(max_length=10, choices=Act)
    start = models.CharField(max_length=9, choices=Life)
    end = models.CharField(max_length=9, choices=Life)
    on = models.DateField(_("从哪天起"))
    until = models.DateField(_("到哪天再看"), null=True)
    reason = models.CharField(
        max_length=14, blank=True, choices=[*StopReason.choices, *SuspendReason.choices]
    )
    evidence = SealedTextField(_("凭什么材料"))
    months = models.JSONField(default=list, help_text="the months that it moved, YYYY-MM")
    # What the claim stood on before, where the episode changed that: it stays readable.
    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(null=True)
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("claim", "number")
        # claims_episode_kept (never changed or deleted) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="claims_episode_once",
                violation_error_message=_("这份申领刚才有人改过"),
            ),
            models.CheckConstraint(
                condition=Q(act=Act.SUSPEND, until__isnull=False)
                | Q(act=Act.PROLONG, until__isnull=False)
                | (~Q(act__in=(Act.SUSPEND, Act.PROLONG)) & Q(until__isnull=True)),
                name="claims_episode_until",
                violation_error_message=_("暂缓发放要写明到哪天再看"),
            ),
            models.CheckConstraint(
                condition=Q(ruling__isnull=True, facts__isnull=True)
                | Q(ruling__isnull=False, facts__isnull=False),
                name="claims_episode_stood_on",
                violation_error_message=_("改了核定的，要留下原来的核定和事实"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.number} {self.act}"


class RefusalQuerySet(models.QuerySet["Refusal"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "RefusalQuerySet":
        """Refusals at the offices where the person holds the permission."""
        return self.filter(claim__case__closure__office__in=where(user, permission))


class Refusal(models.Model):
    """Somebody did not take an offer (社会保险法 art. 51(5)): all that another person needs to judge it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="refusals")
    state = models.CharField(max_length=9, choices=RefusalState, default=RefusalState.NOTED)
    kind = models.CharField(_("介绍的是"), max_length=8, choices=OfferKind)
    offered_on = models.DateField(_("哪天介绍的"))
    refused_on = models.DateField(_("哪天没有接受"))
    told_on = models.DateField(_("哪天告诉过本人后果"))
    offer = SealedTextField(_("哪个单位、什么岗位或培训"))
    place = SealedTextField(_("在哪里、怎么去"))
    terms = SealedTextField(_("工资、班次、要求"))
    suitable = SealedTextField(_("为什么适合本人"))
    words = SealedTextField(_("本人怎么说"))
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    heard_on = models.DateField(_("哪天听取本人说明"), null=True)
    heard = SealedTextField(_("本人的说明"), null=True)
    heard_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    judgement = SealedTextField(_("核定的理由"), null=True)
    judged_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        ordering = ("noted_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=RefusalState.NOTED),
                name="claims_one_open_refusal",
                violation_error_message=_("这份申领已经有一条等核定的拒绝记录"),
            ),
            models.CheckConstraint(
                condition=Q(told_on__lte=F("refused_on")) & Q(offered_on__lte=F("refused_on")),
                name="claims_refused_after_told",
                violation_error_message=_("介绍和告知后果都要在本人没有接受以前"),
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("noted_by")),
                name="claims_refusal_judged_by_another",
                violation_error_message=_("核定的人不能是记下的人"),
            ),
            models.CheckConstraint(
                condition=Q(state=RefusalState.NOTED, judged_by__isnull=True, judged_at__isnull=True)
                | Q(
                    state__in=(RefusalState.CONFIRMED, RefusalState.DROPPED),
                    judged_by__isnull=False,
                    judged_at__isnull=False,
                    judgement__isnull=False,
                ),
                name="claims_refusal_judged",
                violation_error_message=_("核定要有人、时间和理由"),
            ),
            models.CheckConstraint(
                condition=Q(heard_on__isnull=True, heard__isnull=True, heard_by__isnull=True)
                | Q(heard_on__isnull=False, heard__isnull=False, heard_by__isnull=False),
                name="claims_refusal_heard",
                violation_error_message=_("听取说明要有日期、内容和人"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
