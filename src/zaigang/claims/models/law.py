"""The law as this office applies it: versions of parameter files, what each changes for whom, and back-pay."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import About, BackPayState, LawState, NeedsPerson, RunKind
from zaigang.claims.models.claims import Claim
from zaigang.claims.models.corrections import Correction
from zaigang.claims.models.decisions import Ruling
from zaigang.claims.models.payments import Payment, PaymentList
from zaigang.claims.permissions import VIEW
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where
from zaigang.roster.models import Case


class LawFile(models.Model):
    """One version of one territory's file. Its text never changes; of a territory one version is in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    territory = models.CharField(max_length=6)
    name = models.CharField(max_length=60)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("为什么改、按哪个文件"), max_length=300)
    state = models.CharField(max_length=10, choices=LawState, default=LawState.DRAFT)
    loaded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="when it was superseded or withdrawn")

    class Meta:
        ordering = ("-loaded_at",)
        # claims_law_kept (text for good, states in their order, no deleting) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(state=LawState.IN_FORCE),
                name="claims_one_law_in_force",
                violation_error_message=_("这个地方已经有一份施行中的规定"),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("loaded_by")),
                name="claims_law_confirmed_by_another",
                violation_error_message=_("确认的人不能是载入的人"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(LawState.DRAFT, LawState.WITHDRAWN), confirmed_by__isnull=True)
                | Q(
                    state__in=(LawState.IN_FORCE, LawState.SUPERSEDED),
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="claims_law_confirmed",
                violation_error_message=_("施行的规定要有确认人和时间"),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="claims_law_has_note",
                violation_error_message=_("请写明为什么改、按哪个文件"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.territory} {self.sha256[:8]}"


class LawRun(models.Model):
    """One pass over everybody whom a file reaches: a preview, or the re-decision. `cursor` is the last case done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(LawFile, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=7, choices=RunKind)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    on = models.DateField(help_text="whoever has not claimed is decided by the rules of this day")
    # What the old answers stand on, so that a job that was interrupted compares with the same law again.
    before = models.TextField(blank=True, help_text="stamp of the law without this file")
    cursor = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["file", "kind"],
                name="claims_law_run_once",
                violation_error_message=_("这份规定已经在算了"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind}"


class LawEffectQuerySet(models.QuerySet["LawEffect"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "LawEffectQuerySet":
        """Effects on people at the offices where the person holds the permission."""
        return self.filter(case__closure__office__in=where(user, permission))


class LawEffect(models.Model):
    """What a change of the law makes of one person's decision or claim. Yuan sum all months.

    `applied`: the job changed it. `before` and what stands beside it keep the old decision readable as it was.
    `counted`: in the sums; a first decision behind a claim is changed too and counts no second time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(LawRun, on_delete=models.CASCADE, related_name="effects")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="law_effects")
    about = models.CharField(max_length=8, choices=About)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="law_effects")
    changes = models.JSONField(default=list)
    needs = models.CharField(max_length=8, choices=NeedsPerson, blank=True)
    applied = models.BooleanField(default=False)
    counted = models.BooleanField(default=True)
    eligible_before = models.CharField(max_length=10)
    eligible_after = models.CharField(max_length=10)
    months_before = models.PositiveSmallIntegerField(null=True)
    months_after = models.PositiveSmallIntegerField(null=True)
    month_before = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    month_after = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    yuan_before = models.DecimalField(max_digits=9, decimal_places=2)
    yuan_after = models.DecimalField(max_digits=9, decimal_places=2)
    back_pay = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    overpaid = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    before = models.ForeignKey(Ruling, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Ruling, on_delete=models.PROTECT, null=True, related_name="+")
    facts_before = models.JSONField(null=True)
    law_before = models.JSONField(default=dict)
    decided_before = models.DateField(null=True)

    objects = LawEffectQuerySet.as_manager()

    class Meta:
        ordering = ("case", "about")
        constraints = (
            models.UniqueConstraint(
                fields=["run", "case", "about"],
                name="claims_law_effect_once",
                violation_error_message=_("这个人已经算过了"),
            ),
            models.CheckConstraint(
                condition=Q(applied=False) | (Q(before__isnull=False) & Q(after__isnull=False)),
                name="claims_law_effect_keeps_before",
                violation_error_message=_("改过的要留下原来的"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.about}"


class BackPay(models.Model):
    """The difference for a month that had gone out on a list at too low an amount. Goes onto the next list.

    It comes of a changed law (`file`) or of a fact put right (`correction`). `source` is the rule's title, article and
    document. A difference to a person's cost is never a back-pay.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="back_pays")
    file = models.ForeignKey(LawFile, on_delete=models.PROTECT, null=True, related_name="back_pays")
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="back_pays")
    yuan = models.DecimalField(max_digits=9, decimal_places=2)
    standard = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="the month's amount as it is now"
    )
    source = models.JSONField()
    state = models.CharField(max_length=8, choices=BackPayState, default=BackPayState.RELEASED)
    released_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, null=True, related_name="back_pays")

    class Meta:
        ordering = ("payment", "released_at")
        # claims_back_pay_guard (for listed months only, listed for good) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["payment", "file"],
                name="claims_back_pay_once",
                violation_error_message=_("同一个月、同一份规定只补一次"),
            ),
            models.UniqueConstraint(
                fields=["payment", "correction"],
                name="claims_back_pay_once_corrected",
                violation_error_message=_("同一个月、同一条更正只补一次"),
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False, correction__isnull=True)
                | Q(file__isnull=True, correction__isnull=False),
                name="claims_back_pay_of_law_or_correction",
                violation_error_message=_("补发要么按规定，要么按更正"),
            ),
            models.CheckConstraint(
                condition=Q(yuan__gt=0),
                name="claims_back_pay_is_more",
                violation_error_message=_("补发的差额应大于0"),
            ),
            models.CheckConstraint(
                condition=Q(state=BackPayState.LISTED, list__isnull=False)
                | (~Q(state=BackPayState.LISTED) & Q(list__isnull=True)),
                name="claims_back_pay_listed_where",
                violation_error_message=_("列入名册要写明哪一份"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.payment_id} {self.yuan}"
