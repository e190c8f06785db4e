"""Somebody disagrees with what was decided, and a person who did not decide it looks again."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import AppealAbout, AppealState
from zaigang.claims.models.claims import Claim
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedTextField
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where

_ANSWERED = (AppealState.UPHELD, AppealState.CHANGED)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def for_user(self, user: Staff, permission: str = VIEW) -> "AppealQuerySet":
        """Appeals at the offices where the person holds the permission."""
        return self.filter(claim__case__closure__office__in=where(user, permission))


class Appeal(models.Model):
    """`promised_on` is the day by which the office said it would answer. No deadline of a law was found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    state = models.CharField(max_length=9, choices=AppealState, default=AppealState.RECEIVED)
    about = models.CharField(_("不同意的是"), max_length=8, choices=AppealAbout)
    received_on = models.DateField(_("哪天收到"))
    explained_on = models.DateField(_("哪天给本人讲过为什么"))
    promised_on = models.DateField(_("答应哪天答复"))
    words = SealedTextField(_("本人怎么说"))
    noted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    answer = SealedTextField(_("答复和理由"), null=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("promised_on", "noted_at")
        # claims_appeal_lawful (answered by somebody who did not decide, answered once) is a trigger in the migration.
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "about"],
                condition=Q(state=AppealState.RECEIVED),
                name="claims_one_open_appeal",
                violation_error_message=_("这件事已经有一条等答复的"),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=_ANSWERED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    answer__isnull=False,
                )
                | (~Q(state__in=_ANSWERED) & Q(decided_by__isnull=True, decided_at__isnull=True)),
                name="claims_appeal_answered",
                violation_error_message=_("答复要有人、时间和理由"),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
