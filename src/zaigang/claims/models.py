import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import ClaimState, Eligible, Outcome, PaymentState, Presence, StopReason
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedJSONField, SealedTextField
from zaigang.hall.models import Ticket
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.enums import NOT_A_PERSON
from zaigang.roster.models import Case, Worker

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


class SigningRule(models.Model):
    """How many signatures an office wants on a claim. Without a row: all three."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="signing_rule")
    needs_checker = models.BooleanField(_("要复核"), default=True)

    def __str__(self) -> str:
        return str(self.office_id)


class Draft(models.Model):
    """What a clerk has typed for somebody and not submitted yet: a power cut loses nothing. Gone once submitted."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="draft")
    answers = SealedJSONField(help_text="answers of both forms, and facts that the clerk put right")
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case_id)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "RegistrationQuerySet":
        """Registrations at the offices where the person holds the permission."""
        return self.filter(case__closure__office__in=where(user, permission))


class Registration(models.Model):
    """Somebody is registered as unemployed. `number` stays the same however often the card is printed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="registrations")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="registrations")
    number = models.CharField(_("登记编号"), max_length=24, unique=True)
    registered_on = models.DateField(_("登记日期"))
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, null=True, related_name="registration")
    presence = models.CharField(max_length=10, choices=Presence)
    blank = models.CharField(max_length=60, help_text="form definition and its version")
    answers = SealedJSONField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)
        # claims_registration_lawful (alive, no pension, not the clerk's own file) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(current=True),
                name="claims_one_registration_each",
                violation_error_message=_("这个人已经办了失业登记"),
            ),
        )

    def __str__(self) -> str:
        return self.number


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
    stopped_on = models.DateField(null=True)
    stop_reason = models.CharField(max_length=2, choices=StopReason, blank=True)
    stop_evidence = SealedTextField(_("凭什么停发"), null=True)
    stopped_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("made_at",)
        indexes = (models.Index(fields=["state", "made_at"], name="claims_claim_waiting"),)
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
        )

    def __str__(self) -> str:
        return str(self.pk)


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
                condition=Q(state__in=(PaymentState.PLANNED, PaymentState.STOPPED))
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
