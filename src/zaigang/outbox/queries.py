"""Reads of this stage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from zaigang.outbox.enums import PENDING, HoldReason, State, Template
from zaigang.outbox.models import Message


def standing_at(moment: datetime) -> Case:
    """The state that holds at `moment`: night may be over, or the message too old, without anybody writing it."""
    released = Q(state=State.HELD, hold_reason=HoldReason.QUIET_HOURS, not_before__lte=moment)
    return Case(
        When(state__in=PENDING, expires_at__lte=moment, then=Value(State.EXPIRED)),
        When(released, then=Value(State.WAITING)),
        default=F("state"),
        output_field=CharField(max_length=10),
    )


def about(once: str) -> QuerySet[Message]:
    """The message with this key, and those whose key goes on after it with a colon."""
    return Message.objects.filter(Q(once=once) | Q(once__startswith=f"{once}:"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages there are, by template and state; a pair that is absent has none."""

    counts: dict[tuple[str, str], int]

    def by_state(self, template: str = "") -> dict[str, int]:
        """State -> messages, of one template or of all."""
        return {
            state: sum(n for (t, s), n in self.counts.items() if s == state and template in ("", t))
            for state in State.values
        }

    def by_template(self, state: str = "") -> dict[str, int]:
        """Template -> messages, in one state or in all."""
        return {
            template: sum(n for (t, s), n in self.counts.items() if t == template and state in ("", s))
            for template in Template.values
        }


def tally(messages: QuerySet[Message], moment: datetime) -> Tally:
    """Count messages by template and by the state that holds at `moment`, in one query."""
    standing = messages.annotate(standing=standing_at(moment)).order_by()
    counted = standing.values_list("template", "standing").annotate(n=Count("pk"))
    return Tally({(template, state): n for template, state, n in counted})


def listed(
    messages: QuerySet[Message], moment: datetime, *, template: str = "", state: str = ""
) -> QuerySet[Any]:
    """The newest first, each with `standing` at `moment` and its office; of one template and state, or of all."""
    found = messages.annotate(standing=standing_at(moment)).select_related("office")
    if template:
        found = found.filter(template=template)
    return found.filter(standing=state) if state else found
