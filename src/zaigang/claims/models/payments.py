"""What a claim pays month by month, and the lists that went out."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import PaymentState
from zaigang.claims.models.claims import Claim
from zaigang.offices.models import Office, Staff


class PaymentList(models.Model):
    """A month's list as it went out. A later list of the same month holds only what came since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="payment_lists")
    month = models.DateField(_("发放月份"))
    batch = models.PositiveSmallIntegerField(_("批次"))
    persons = models.PositiveIntegerField(_("人数"))
    control_sum = models.DecimalField(_("控制金额"), max_digits=12, decimal_places=2)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-month", "-batch")
        constraints = (
            models.UniqueConstraint(
                fields=["office", "month", "batch"],
                name="claims_list_batch_once",
                violation_error_message=_("这一批名册已经做好了"),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="claims_list_of_a_month",
                violation_error_message=_("名册按月份做"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}/{self.batch}"


class Payment(models.Model):
    """One calendar month of one claim. `yuan` None: the law's amount is not known, so it cannot be released."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    month = models.DateField(help_text="its first day")
    draw = models.PositiveSmallIntegerField(help_text="the person's first, second … month")
    yuan = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    status = models.CharField(max_length=10, help_text="how well the amount is known")
    planned = models.BooleanField(help_text="within a bound only: a clerk releases each month")
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.PLANNED)
    released_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, null=True, related_name="payments")

    class Meta:
        ordering = ("claim", "month")
        indexes = (models.Index(fields=["month", "state"], name="claims_payment_due"),)
        # claims_payment_guard (released after the last signature only, listed for good) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "month"],
                name="claims_payment_once_a_month",
                violation_error_message=_("同一个月只能发一次"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PaymentState.PLANNED, PaymentState.STOPPED, PaymentState.HELD))
                | (Q(yuan__isnull=False) & Q(released_by__isnull=False) & Q(released_at__isnull=False)),
                name="claims_released_with_amount",
                violation_error_message=_("金额不清楚的月份不能放行"),
            ),
            models.CheckConstraint(
                condition=Q(state=PaymentState.LISTED, list__isnull=False)
                | (~Q(state=PaymentState.LISTED) & Q(list__isnull=True)),
                name="claims_listed_where",
                violation_error_message=_("列入名册要写明哪一份"),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="claims_payment_of_a_month",
                violation_error_message=_("按月发放"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.month:%Y-%m}"
