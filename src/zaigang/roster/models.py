import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation.crypto import SealedJSONField, SealedTextField
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.enums import (
    NOT_A_PERSON,
    CaseState,
    FileState,
    LeftBecause,
    LifeEventKind,
    Outcome,
    Proposal,
    Sex,
)
from zaigang.roster.permissions import VIEW_CALENDAR, VIEW_PEOPLE


class ClosureQuerySet(models.QuerySet["Closure"]):
    def for_user(self, user: Staff, permission: str = VIEW_PEOPLE) -> "ClosureQuerySet":
        """Closures whose people the person may see (or where the person holds `permission`)."""
        return self.filter(office__in=where(user, permission))

    def in_calendar_of(self, user: Staff) -> "ClosureQuerySet":
        """Closures of the person's whole district: firms and dates, no people."""
        tops = {posting.office.district.pk for posting in user.current_postings}
        return (
            self.filter(office__in=Office.objects.below(tops)) if where(user, VIEW_CALENDAR) else self.none()
        )


class Closure(models.Model):
    """A layoff event: plants that close, their dates, and the street office that takes everybody on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("编号"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z_-]*$", _("编号只用字母、数字和短横线"))],
    )
    name = models.CharField(_("名称"), max_length=80)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="closures", verbose_name=_("承接机构")
    )
    closes_on = models.DateField(_("关停日期"))
    expected_people = models.PositiveIntegerField(_("预计人数"), null=True, blank=True)
    ground = models.CharField(
        _("合同终止的一般原因"),
        max_length=30,
        choices=LeftBecause,
        blank=True,
        help_text=_("花名册没有写原因的人，按这一项；不确定就空着，由经办人逐个问"),
    )
    note = models.CharField(_("备注"), max_length=300, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_on", "code")
        verbose_name = _("关停分流")

    def __str__(self) -> str:
        return self.name


class Firm(models.Model):
    """A firm or plant in a closure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="firms")
    name = models.CharField(_("单位名称"), max_length=80)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=["closure", "name"],
                name="roster_firm_once_in_closure",
                violation_error_message=_("这个单位已经在名单里"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A person, once, whatever the number of closures. `merged_into` is set when two turned out to be one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("姓名"), max_length=60, db_collation="C")
    pinyin = models.CharField(max_length=200, editable=False, db_collation="C")
    sex = models.CharField(_("性别"), max_length=6, choices=Sex)
    born = models.DateField(_("出生日期"))
    id_number = SealedTextField(_("身份证号"))
    id_index = models.BinaryField(max_length=32, editable=False, unique=True)
    bank_account = SealedTextField(_("银行账号"), null=True)
    phones = ArrayField(models.CharField(max_length=20), default=list, verbose_name=_("联系电话"))
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="absorbed")

    class Meta:
        ordering = ("pinyin", "id")
        indexes = (models.Index(fields=["name", "born"], name="roster_worker_alike"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="roster_worker_not_merged_into_itself",
                violation_error_message=_("不能并入自己"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class CaseQuerySet(models.QuerySet["Case"]):
    def for_user(self, user: Staff, permission: str = VIEW_PEOPLE) -> "CaseQuerySet":
        """Cases at the offices where the person holds the permission."""
        return self.filter(closure__office__in=where(user, permission))

    def people(self) -> "CaseQuerySet":
        """Without the rows that turned out not to be a person of their own."""
        return self.exclude(state__in=NOT_A_PERSON)


class Case(models.Model):
    """One worker in one closure: what the roster says of the job that ended. Without worker while awaiting repair."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=20, choices=CaseState)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="absorbed")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, related_name="cases")
    laid_off_on = models.DateField(_("最后工作日"), null=True)
    left_because = models.CharField(_("终止原因"), max_length=30, choices=LeftBecause, blank=True)
    contribution_months = models.PositiveIntegerField(_("失业保险缴费月数"), null=True)
    deemed_months = models.PositiveIntegerField(_("视同缴费月数"), null=True)
    started_on = models.DateField(_("参加工作日期"), null=True)
    trade = models.CharField(_("工种"), max_length=80, blank=True)
    department = models.CharField(_("车间"), max_length=80, blank=True)
    certificate_level = models.CharField(_("技能等级"), max_length=40, blank=True)
    staff_category = models.CharField(_("职工身份"), max_length=20, blank=True)
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    street = models.CharField(_("户籍街道"), max_length=120, blank=True)
    monthly_wage = models.DecimalField(_("月平均工资"), max_digits=10, decimal_places=2, null=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("closure", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["closure", "number"],
                name="roster_case_number",
                violation_error_message=_("个案编号重复"),
            ),
            models.UniqueConstraint(
                fields=["closure", "worker"],
                condition=~Q(state__in=NOT_A_PERSON),
                name="roster_case_worker_once_in_closure",
                violation_error_message=_("这个人在这次分流里已经有一份档案"),
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=False) | Q(state__in=(CaseState.AWAITING_REPAIR, *NOT_A_PERSON)),
                name="roster_case_has_worker",
                violation_error_message=_("只有待补正的行可以还没有对应的人"),
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=True) | ~Q(state=CaseState.AWAITING_REPAIR),
                name="roster_case_awaiting_repair_has_no_worker",
                violation_error_message=_("待补正的行还不能对应到人"),
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.DUPLICATE, same_as__isnull=False)
                | (~Q(state=CaseState.DUPLICATE) & Q(same_as__isnull=True)),
                name="roster_case_duplicate_of_what",
                violation_error_message=_("重复的行必须写明与哪一份是同一人"),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number that people quote: closure code and serial. Needs the closure."""
        return f"{self.closure.code}-{self.number:05d}"


class SearchTerm(models.Model):
    """One way of finding a case: name, pinyin, initials, keyed last four of the ID, phone read backwards.

    A table apart, so that one index serves every kind and an office's search touches that office's people alone.
    """

    NAME, PINYIN, INITIALS, ID_TAIL, PHONE = "n", "p", "i", "d", "t"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="terms")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=1)
    term = models.CharField(max_length=200, db_collation="C")

    class Meta:
        indexes = (models.Index(fields=["office", "kind", "term"], name="roster_searchterm_find"),)

    def __str__(self) -> str:
        return self.kind


class RosterFile(models.Model):
    """A workbook that somebody handed in, with every one of its rows. Sealed: a roster is all personal data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="files")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("单位"))
    name = models.CharField(_("文件名"), max_length=120)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.CHECKED)
    sheets = models.JSONField(default=list, help_text="how the headings of each sheet were understood")
    hidden_sheets = models.JSONField(default=list)
    summary = models.JSONField(
        default=dict, help_text="what the import did: new, matched, changed, awaiting_repair"
    )
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)
    imported_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-checked_at",)
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(state=FileState.IMPORTED) & Q(imported_at__isnull=False) & Q(imported_by__isnull=False)
                )
                | (Q(state=FileState.CHECKED) & Q(imported_at__isnull=True) & Q(imported_by__isnull=True)),
                name="roster_file_imported_by_whom",
                violation_error_message=_("导入要有时间和经办人"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RosterRow(models.Model):
    """One data row of a file, as it stood and as it was corrected. Kept for good: it is where the facts come from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(RosterFile, on_delete=models.CASCADE, related_name="rows")
    ordinal = models.PositiveIntegerField(help_text="order in the workbook over all sheets")
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField(help_text="Excel's own row number")
    outcome = models.CharField(max_length=10, choices=Outcome)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    proposal = models.CharField(max_length=16, choices=Proposal)
    changes = ArrayField(models.CharField(max_length=40), default=list, help_text="fields that will change")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="rows")
    fingerprint = models.BinaryField(
        max_length=32, help_text="keyed hash of all cells: the same row handed in again"
    )
    content = SealedJSONField(help_text="cells as they stood in the file, and the facts read from them")
    corrections = SealedJSONField(null=True, help_text="cells that somebody corrected")

    class Meta:
        ordering = ("file", "ordinal")
        indexes = (models.Index(fields=["fingerprint"], name="roster_row_fingerprint"),)
        constraints = (
            models.UniqueConstraint(
                fields=["file", "ordinal"],
                name="roster_row_once",
                violation_error_message=_("同一行读了两次"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row}"


class Merge(models.Model):
    """Somebody decided that two people are one, and why. The ledger holds the act, this table the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    absorbed = models.OneToOneField(Worker, on_delete=models.PROTECT, related_name="merge")
    reason = SealedTextField(_("凭什么认定是同一个人"))
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class LifeEvent(models.Model):
    """Somebody died, or draws a pension: nobody registers or claims for them any more. Corrected, never removed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="life_events")
    kind = models.CharField(max_length=8, choices=LifeEventKind)
    on = models.DateField(_("从哪天起"))
    document = SealedTextField(_("凭什么材料"))
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    states_before = models.JSONField(default=dict, help_text="case -> where it stood")
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(
                fields=["worker", "kind"],
                condition=Q(current=True),
                name="roster_life_event_once",
                violation_error_message=_("这件事已经记过"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
