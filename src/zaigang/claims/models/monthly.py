"""How an office runs its month."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.offices.models import Office

#: The last day that every month has.
EVERY_MONTH_HAS = 28
_DAY = [MinValueValidator(1), MaxValueValidator(EVERY_MONTH_HAS)]


class MonthlyRule(models.Model):
    """An office's choices for the monthly run. Without a row: no cut-off, and nothing starts by itself."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="monthly_rule")
    cut_off_day = models.PositiveSmallIntegerField(
        _("截止日"), null=True, blank=True, validators=_DAY,
        help_text="approvals until this day count for the month, later ones for the next",
    )  # fmt: skip
    starts_on_day = models.PositiveSmallIntegerField(
        _("每月自动开始"), null=True, blank=True, validators=_DAY,
        help_text="when the run starts by itself; empty: somebody starts it",
    )  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(cut_off_day__isnull=True) | Q(cut_off_day__range=(1, EVERY_MONTH_HAS)))
                & (Q(starts_on_day__isnull=True) | Q(starts_on_day__range=(1, EVERY_MONTH_HAS))),
                name="claims_monthly_rule_days",
                violation_error_message=_("日子应在1到28之间"),
            ),
        )

    def __str__(self) -> str:
        return str(self.office_id)
