from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.outbox import actions, queries
from zaigang.outbox.enums import PENDING, State, Template
from zaigang.outbox.models import Message
from zaigang.outbox.permissions import CANCEL, VIEW
from zaigang.outbox.rendering import segments, shown_text, text_of

ON_A_PAGE = 50
KINDS = {
    State.WAITING: "progress",
    State.HELD: "needs",
    State.SENT: "done",
    State.CANCELLED: "idle",
    State.EXPIRED: "stopped",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One message as the page shows it; `reason` says why it is held."""

    message: Message
    text: str
    segments: int
    kind: str
    state: State
    reason: str
    may_cancel: bool


def _rows(found: Iterable[Any], user: Staff) -> list[Row]:
    return [_row(message, State(message.standing), user) for message in found]


def _row(message: Message, state: State, user: Staff) -> Row:
    return Row(
        message=message,
        text=shown_text(message),
        segments=segments(text_of(message)),
        kind=KINDS[state],
        state=state,
        reason=message.get_hold_reason_display() if state == State.HELD else "",
        may_cancel=state in PENDING and may(user, CANCEL, message.office),
    )


def _chosen(request: HttpRequest, name: str, codes: list[str]) -> str:
    code = request.GET.get(name, "")
    return code if code in codes else ""


@requires(VIEW)
@require_GET
def messages_page(request: HttpRequest) -> HttpResponse:
    """What is to be sent, and what became of it; by kind and by state."""
    user, moment = staff_of(request), clock.now()
    template = _chosen(request, "template", Template.values)
    state = _chosen(request, "state", State.values)
    seen = Message.objects.for_user(user)
    tally = queries.tally(seen, moment)
    states, templates = tally.by_state(template), tally.by_template(state)
    found = queries.listed(seen, moment, template=template, state=state)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(page, user),
        "total": sum(tally.counts.values()),
        "states": [(one, states[one]) for one in State],
        "in_all_states": sum(states.values()),
        "state": state,
        "templates": [(one, templates[one]) for one in Template],
        "template": template,
    }
    return render(request, "outbox/messages.html", context)


@requires(CANCEL)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one message back."""
    user = staff_of(request)
    visible = Message.objects.for_user(user, CANCEL).select_related("office")
    message = get_object_or_404(visible, pk=pk)
    demand(user, CANCEL, message.office)
    actions.cancel(message, by=user)
    messages.success(request, _("已取消这条消息。"))
    return redirect("outbox:messages")
