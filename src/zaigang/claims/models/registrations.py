"""Somebody at the counter: what was typed, and the registration as unemployed."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import Presence
from zaigang.claims.permissions import VIEW
from zaigang.foundation.crypto import SealedJSONField
from zaigang.hall.models import Ticket
from zaigang.offices.models import Staff
from zaigang.offices.permissions import where
from zaigang.roster.models import Case, Worker


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
