"""What the law gives somebody, before anyone registered: rulings, first decisions, fixed months."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import Eligible
from zaigang.claims.permissions import VIEW
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where
from zaigang.roster.enums import NOT_A_PERSON
from zaigang.roster.models import Case

#: The most months that one spell of unemployment ever gives (社会保险法 art. 46).
MOST_MONTHS = 24


class Ruling(models.Model):
    """One whole answer of the entitlement engine, shared by everybody whose answer is equal to the letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.BinaryField(max_length=32, unique=True, help_text="of the body as canonical JSON")
    body = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class FirstDecisionQuerySet(models.QuerySet["FirstDecision"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "FirstDecisionQuerySet":
        """Decisions at the offices where the person holds the permission."""
        return self.filter(case__closure__office__in=where(user, permission))

    def in_force(self) -> "FirstDecisionQuerySet":
        """The newest decision of everybody; rows that are not a person of their own have none."""
        return self.filter(current=True).exclude(case__state__in=NOT_A_PERSON)


class FirstDecision(models.Model):
    """What somebody is due, worked out from the roster before they come. Superseded rows are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="first_decisions")
    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField(_("测算日期"), help_text="chooses the rules")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    eligible = models.CharField(_("结论"), max_length=10, choices=Eligible)
    months_exact = models.PositiveSmallIntegerField(_("核定月数"), null=True)
    months_at_most = models.PositiveSmallIntegerField(_("最多月数"), null=True)
    facts = models.JSONField(
        help_text="what the engine was given: codes, dates and numbers, no name and no number"
    )
    law = models.JSONField(default=dict, db_default={}, help_text="territory -> version of its file")
    current = models.BooleanField(default=True)

    objects = FirstDecisionQuerySet.as_manager()

    class Meta:
        ordering = ("case", "-decided_at")
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(current=True),
                name="claims_one_current_decision",
                violation_error_message=_("这个人已经有一份现行的测算"),
            ),
            models.CheckConstraint(
                condition=Q(months_exact__isnull=True)
                | Q(months_at_most__isnull=True)
                | Q(months_exact__lte=F("months_at_most")),
                name="claims_exact_within_at_most",
                violation_error_message=_("核定月数不能多于最多月数"),
            ),
            models.CheckConstraint(
                condition=(Q(months_at_most__isnull=True) | Q(months_at_most__lte=MOST_MONTHS))
                & (Q(months_exact__isnull=True) | Q(months_exact__lte=MOST_MONTHS)),
                name="claims_months_within_law",
                violation_error_message=_("一次失业最多领取24个月"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.eligible}"


class AgencyMonths(models.Model):
    """Months that the insurance agency has fixed for somebody, with its document. Older ones are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agency_months")
    months = models.PositiveSmallIntegerField(
        _("核定月数"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    document = models.CharField(_("核定文书"), max_length=120)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("case", "-at")
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(current=True),
                name="claims_one_current_agency_months",
                violation_error_message=_("这个人已经有一份现行的核定月数"),
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1) & Q(months__lte=MOST_MONTHS),
                name="claims_agency_months_within_law",
                violation_error_message=_("核定月数应在1到24之间"),
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="claims_agency_months_have_document",
                violation_error_message=_("请写明核定文书"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.months}"
