import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.foundation.crypto import SealedJSONField, SealedTextField
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.outbox.enums import Channel, HoldReason, State, Template
from zaigang.outbox.permissions import VIEW


class MessageQuerySet(models.QuerySet["Message"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "MessageQuerySet":
        """Messages of the offices where the person holds the permission."""
        return self.filter(office__in=where(user, permission))


class Message(models.Model):
    """Something to be told to one person, once. It knows the person and the case by UUID only: they lie above."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="messages")
    person = models.UUIDField()
    case = models.UUIDField(null=True)
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel)
    template = models.CharField(_("消息"), max_length=20, choices=Template)
    template_version = models.PositiveSmallIntegerField()
    params = SealedJSONField(help_text="what is put into the words, by placeholder")
    phone = SealedTextField(_("手机号"), null=True)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False)
    once = models.CharField(
        max_length=120, unique=True, help_text="the same key never makes two messages; holds no personal data"
    )
    state = models.CharField(_("状态"), max_length=10, choices=State)
    hold_reason = models.CharField(_("暂缓原因"), max_length=12, choices=HoldReason, blank=True)
    not_before = models.DateTimeField(_("最早发送"))
    expires_at = models.DateTimeField(_("过期"), null=True)
    made_at = models.DateTimeField(_("放入时间"))
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "id")
        indexes = (
            models.Index(fields=["office", "-made_at"], name="outbox_message_office"),
            models.Index(fields=["phone_index", "made_at"], name="outbox_message_phone"),
        )
        constraints = (
            models.CheckConstraint(
                condition=(Q(state=State.HELD) & ~Q(hold_reason=""))
                | (~Q(state=State.HELD) & Q(hold_reason="")),
                name="outbox_message_held_for_a_reason",
                violation_error_message=_("暂缓的消息要写原因，别的不写"),
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.SMS) | Q(phone__isnull=False, phone_index__isnull=False),
                name="outbox_message_sms_has_phone",
                violation_error_message=_("短信要有手机号"),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("not_before")),
                name="outbox_message_goes_before_it_expires",
                violation_error_message=_("过期不能早于最早发送"),
            ),
            models.CheckConstraint(
                condition=~Q(once=""),
                name="outbox_message_has_once",
                violation_error_message=_("消息要有不重复的键"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.state}"


class OptOut(models.Model):
    """A phone whose owner refuses messages. The row is kept when they allow them again."""

    phone_index = models.BinaryField(max_length=32, unique=True, editable=False)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("at")),
                name="outbox_optout_lifted_after",
                violation_error_message=_("重新接收不能早于拒收"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
