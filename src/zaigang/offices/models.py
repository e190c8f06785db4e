import uuid
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock
from zaigang.offices.enums import OfficeKind, Role


class OfficeQuerySet(models.QuerySet["Office"]):
    def below(self, offices: Iterable[UUID]) -> "OfficeQuerySet":
        """These offices and everything under them."""
        return self.under(Office.objects.filter(pk__in=list(offices)).values_list("path", flat=True))

    def under(self, paths: Iterable[str]) -> "OfficeQuerySet":
        """The offices at these paths and everything under them."""
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(path__startswith=path)
        return self.filter(condition)


class Office(models.Model):
    """A district bureau, a street centre or a community station."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        _("编码"), max_length=20, unique=True, validators=[RegexValidator(r"^[0-9A-Za-z-]+$")]
    )
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("层级"), max_length=10, choices=OfficeKind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(
        max_length=200, editable=False, unique=True, help_text="codes from the top, each with /"
    )
    territory = models.CharField(
        _("适用法规的行政区划"), max_length=6, validators=[RegexValidator(r"^\d{2,6}$|^CN$")]
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=OfficeKind.DISTRICT) | Q(parent__isnull=False) | Q(kind=OfficeKind.STREET),
                name="offices_office_community_has_parent",
                violation_error_message=_("社区站点必须属于一个街道"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        super().save(*args, **kwargs)

    @property
    def district(self) -> "Office":
        """The district above (or itself, or the highest there is)."""
        return self if self.parent is None else self.parent.district


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """Somebody who signs in, or the named system operator who never does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("用户名"), max_length=40, unique=True)
    full_name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(_("系统操作员"), default=False)
    id_index = models.BinaryField(
        max_length=32, null=True, editable=False, unique=True,
        help_text="keyed index of the own identity number, as roster.Worker.id_index: nobody works on their own file",
    )  # fmt: skip

    USERNAME_FIELD = "username"
    objects = StaffManager()

    class Meta:
        ordering = ("username",)
        verbose_name = _("工作人员")

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def current_postings(self) -> list["Posting"]:
        """Postings in force today; read once per object."""
        return list(self.postings.on(clock.today()).select_related("office"))

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether one is set up now; read once per object."""
        from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 -- its model refers to this one

        return bool(is_mfa_enabled(self))

    @property
    def office(self) -> "Office | None":
        """The office that the person works for today."""
        return self.current_postings[0].office if self.current_postings else None

    @property
    def office_pk(self) -> UUID:
        """The office that an act of this person is recorded under."""
        office = self.office
        return office.pk if office else UUID(int=0)


class PostingQuerySet(models.QuerySet["Posting"]):
    def on(self, day: Any) -> "PostingQuerySet":
        """In force on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), starts_on__lte=day)


class Posting(models.Model):
    """Who does what at which office, and since when. A loan is a posting that names the lending office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="postings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(_("岗位"), max_length=20, choices=Role)
    starts_on = models.DateField(_("从"))
    until = models.DateField(_("到"), null=True, blank=True)
    lent_by = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="loans")

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["staff", "office", "role", "starts_on"],
                name="offices_posting_once",
                violation_error_message=_("这个人同一天已经派到这个岗位"),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
                name="offices_posting_dates",
                violation_error_message=_("结束日期早于开始日期"),
            ),
            models.CheckConstraint(
                condition=Q(lent_by__isnull=True) | ~Q(lent_by=F("office")),
                name="offices_posting_lent_by_another",
                violation_error_message=_("借调必须来自另一个机构"),
            ),
            models.CheckConstraint(
                condition=Q(lent_by__isnull=True) | Q(until__isnull=False),
                name="offices_posting_loan_ends",
                violation_error_message=_("借调要写明到哪一天"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff} {self.get_role_display()} {self.office}"


class Session(AbstractBaseSession):
    """Somebody's session. Django keeps the person inside the signed text alone; here the row knows too."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore
