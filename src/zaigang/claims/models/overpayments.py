"""Money that went out and was not due: which months, how much, and how it comes back."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import OverpaidGround, OverpaidState, Repaying
from zaigang.claims.models.claims import Claim
from zaigang.claims.models.payments import Payment
from zaigang.claims.permissions import VIEW_PAYMENTS
from zaigang.foundation.crypto import SealedTextField
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where


class OverpaymentQuerySet(models.QuerySet["Overpayment"]):
    def for_user(self, user: Staff, permission: str = VIEW_PAYMENTS) -> "OverpaymentQuerySet":
        """Overpayments at the offices where the person holds the permission."""
        return self.filter(claim__case__closure__office__in=where(user, permission))


class Overpayment(models.Model):
    """One finding. A person tells the worker, agrees how it comes back, writes down what came. `yuan` is owed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="overpayments")
    ground = models.CharField(max_length=9, choices=OverpaidGround)
    state = models.CharField(max_length=11, choices=OverpaidState, default=OverpaidState.FOUND)
    yuan = models.DecimalField(max_digits=9, decimal_places=2)
    law = models.JSONField(help_text="the engine's answer: reasons, ways of return, what is missing")
    found_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    notified_on = models.DateField(_("哪天告诉本人"), null=True)
    answer = SealedTextField(_("本人怎么说"), null=True)
    way = models.CharField(_("怎么退"), max_length=11, choices=Repaying, blank=True)
    agreement = SealedTextField(_("说好的内容"), null=True)
    written_off_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    written_off_because = SealedTextField(_("为什么不再追"), null=True)

    objects = OverpaymentQuerySet.as_manager()

    class Meta:
        ordering = ("found_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(yuan__gt=0) | Q(state=OverpaidState.WITHDRAWN, yuan=0),
                name="claims_overpaid_something",
                violation_error_message=_("多发的金额要大于零"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(OverpaidState.NOTIFIED, OverpaidState.AGREED))
                | Q(notified_on__isnull=False),
                name="claims_overpaid_told",
                violation_error_message=_("先告诉本人，再说怎么退"),
            ),
            models.CheckConstraint(
                condition=~Q(state=OverpaidState.AGREED) | (~Q(way="") & Q(agreement__isnull=False)),
                name="claims_overpaid_agreed",
                violation_error_message=_("说好怎么退，要写明办法和内容"),
            ),
            models.CheckConstraint(
                condition=Q(state=OverpaidState.WRITTEN_OFF, written_off_because__isnull=False)
                & ~Q(written_off_by=F("found_by"))
                & Q(written_off_by__isnull=False)
                | (~Q(state=OverpaidState.WRITTEN_OFF) & Q(written_off_by__isnull=True)),
                name="claims_overpaid_written_off",
                violation_error_message=_("不再追要由另一人决定，写明理由"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class OverpaidMonth(models.Model):
    """One month of a finding. Not current: it turned out to have been due after all."""

    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="months")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="overpaid")
    yuan = models.DecimalField(max_digits=9, decimal_places=2)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("payment__month",)
        constraints = (
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(current=True),
                name="claims_overpaid_once",
                violation_error_message=_("这个月已经记作多发"),
            ),
            models.CheckConstraint(
                condition=Q(yuan__gt=0),
                name="claims_overpaid_month_something",
                violation_error_message=_("多发的金额要大于零"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.overpayment_id} {self.payment_id}"


class Repayment(models.Model):
    """Money that came back. Its key is the form's: pressed twice, it is written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="repayments")
    yuan = models.DecimalField(_("金额"), max_digits=9, decimal_places=2)
    received_on = models.DateField(_("哪天收到"))
    document = SealedTextField(_("凭什么单据"))
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("received_on", "at")
        # claims_repayment_kept (never changed or deleted) is a trigger in the migration.
        constraints = (
            models.CheckConstraint(
                condition=Q(yuan__gt=0),
                name="claims_repaid_something",
                violation_error_message=_("退回的金额要大于零"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.overpayment_id} {self.yuan}"
