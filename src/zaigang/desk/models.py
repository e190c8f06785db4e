import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zaigang.roster.models import Case

MOST_TRIES = 5


class PhoneCode(models.Model):
    """Six digits that were sent to a phone of the roster, and open the own page once. Older ones are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="phone_codes")
    code_hash = models.BinaryField(
        max_length=32, help_text="keyed: six digits are guessed from any other hash"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong ones")
    used_at = models.DateTimeField(null=True)
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(current=True),
                name="desk_phone_code_one_current",
                violation_error_message=_("已经发过一个验证码"),
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES),
                name="desk_phone_code_tries",
                violation_error_message=_("验证码最多试5次"),
            ),
            models.CheckConstraint(
                condition=Q(current=False) | (Q(used_at__isnull=True) & Q(tries__lt=MOST_TRIES)),
                name="desk_phone_code_used_once",
                violation_error_message=_("验证码只能用一次"),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="desk_phone_code_expires_later",
                violation_error_message=_("验证码的期限不对"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
