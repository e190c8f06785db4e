"""The life of a claim: stopping, holding back, going on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from zaigang.claims import actions
from zaigang.claims.actions.resuming import look_again
from zaigang.claims.enums import Life, Outcome, StopReason
from zaigang.claims.forms.life import (
    LiftForm,
    ProlongForm,
    ResumeForm,
    StopForm,
    SuspendForm,
    UndoStopForm,
    WhyForm,
)
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import Claim
from zaigang.claims.pages import effects
from zaigang.claims.permissions import PAY
from zaigang.claims.queries.lives import reaches_age
from zaigang.claims.views.two_steps import Act, claim_of, in_two_steps
from zaigang.foundation import clock
from zaigang.offices.permissions import requires, staff_of

_STOP = Act(
    _("停发"),
    _("停发 %(name)s 的失业保险金"),
    _("已停发。以前列入名册的月份不变。"),
    (_("没有接受介绍的工作，不在这里停：先记下经过，由另一人核定。"),),
)
_UNDO_STOP = Act(
    _("恢复发放"),
    _("恢复发放 %(name)s 的失业保险金"),
    _("已恢复，等着逐月放行。"),
    (_("停错了才恢复。又失业了的，请用“再次失业，接着领”。"),),
)
_SUSPEND = Act(
    _("暂缓发放"),
    _("暂缓发放 %(name)s 的失业保险金"),
    _("已暂缓。核实完请来继续或者停发。"),
    (_("有事要核实、还不能定的，先暂缓：没有列入名册的月份都等着，核实完照发。"),),
)
_PROLONG = Act(_("再等等"), _("再等等：%(name)s 的失业保险金"), _("已改了再看的日子。"))
_LIFT = Act(_("继续发放"), _("继续发放 %(name)s 的失业保险金"), _("已继续，等着的月份回到原来的地方。"))
_RESUME = Act(
    _("再次失业，接着领"),
    _("%(name)s 再次失业，接着领"),
    _("已接上，等着逐月放行。"),
    (
        _("重新工作不满12个月又失业的，没领完的月数接着领，不用重新申领。"),
        _("满12个月的，要按新的离岗重新申领，没领完的月数转过去。"),
    ),
)
_CARRY = Act(
    _("剩下的月数转到新的申领"),
    _("把 %(name)s 剩下的月数转到新的申领"),
    _("已转。请按新的离岗给本人办失业登记和申领。"),
    (_("重新工作满12个月又失业的，这份申领到此为止。新的离岗是另一份档案，在那里登记、申领。"),),
)
_UNDO_CARRY = Act(_("转错了，不转"), _("%(name)s 剩下的月数不转"), _("已更正，这份申领和转以前一样。"))


@requires(PAY)
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop somebody's benefit, by a reason of the law and a paper; or undo a stop that was a mistake."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    if found.outcome == Outcome.REFUSE or found.life == Life.CARRIED:  # nothing is paid that could stop
        return redirect("claims:claim", pk=found.pk)
    # A claim that is stopped is asked the other way round: was it a mistake?
    if found.stopped_on is not None:
        return in_two_steps(
            request, found, UndoStopForm(request.POST or None), _UNDO_STOP,
            effect=lambda _data: effects.of_undo_stop(found),
            write=lambda data: actions.undo_stop(claim=found, by=by, **data),
        )  # fmt: skip
    return in_two_steps(
        request, found, StopForm(request.POST or None, initial=_start(found, request.GET.get("reason", ""))), _STOP,
        effect=lambda data: effects.of_stop(found, data["on"]),
        write=lambda data: actions.stop(claim=found, by=by, **data),
    )  # fmt: skip


def _start(claim: Claim, reason: str) -> dict[str, Any]:
    """What the form begins with. The day of the age follows from the birth, so it stands in no address."""
    reached = reaches_age(claim, current_law().library) if reason == StopReason.PENSION else None
    return {"reason": reason, "on": reached or clock.today()}


@requires(PAY)
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hold the months back while something is checked."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    return in_two_steps(
        request, found, SuspendForm(request.POST or None), _SUSPEND,
        effect=lambda data: effects.of_suspend(found, data["until"]),
        write=lambda data: actions.suspend(claim=found, by=by, **data),
    )  # fmt: skip


@requires(PAY)
@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look again later."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    return in_two_steps(
        request, found, ProlongForm(request.POST or None), _PROLONG,
        effect=lambda data: effects.of_prolong(data["until"]),
        write=lambda data: actions.prolong(claim=found, by=by, **data),
    )  # fmt: skip


@requires(PAY)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The question is answered: the months go on."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    return in_two_steps(
        request, found, LiftForm(request.POST or None), _LIFT,
        effect=lambda _data: effects.of_lift(found),
        write=lambda data: actions.lift(claim=found, by=by, **data),
    )  # fmt: skip


@requires(PAY)
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Unemployed again within a year: the months that are left go on."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    if found.life != Life.STOPPED:
        return redirect("claims:claim", pk=found.pk)
    form = ResumeForm(request.POST or None, initial={"on": clock.today()})
    return in_two_steps(
        request, found, form, _RESUME,
        effect=lambda data: effects.of_resume(look_again(found, data["left_on"], data["on"])),
        write=lambda data: actions.resume(claim=found, by=by, **data),
    )  # fmt: skip


@requires(PAY)
@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The months that are left go into a new claim."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    return in_two_steps(
        request, found, WhyForm(request.POST or None), _CARRY,
        effect=lambda _data: effects.of_carry(found),
        write=lambda data: actions.carry(claim=found, by=by, **data),
    )  # fmt: skip


@requires(PAY)
@require_http_methods(["GET", "POST"])
def undo_carry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They were carried by mistake."""
    found, by = claim_of(request, pk, PAY), staff_of(request)
    return in_two_steps(
        request, found, WhyForm(request.POST or None), _UNDO_CARRY,
        effect=lambda _data: effects.of_words(gettext("这份申领回到停发；本人以前的失业登记重新有效。")),
        write=lambda data: actions.undo_carry(claim=found, by=by, **data),
    )  # fmt: skip
