"""Somebody who stands here and is on no list: put on the roster by hand, then served like everybody."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zaigang.claims.permissions import REGISTER
from zaigang.desk.labels import code_words
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.models import AT_A_WINDOW, Ticket
from zaigang.offices.models import Staff
from zaigang.offices.permissions import requires, staff_of
from zaigang.roster.adding import ASKED, add_person
from zaigang.roster.models import Closure
from zaigang.roster.reading.codes import CODES


def _line(
    label: Any, longest: int, *, required: bool = False, digits: bool = False, hint: Any = ""
) -> forms.CharField:
    attrs = {"autocomplete": "off"} | ({"inputmode": "numeric"} if digits else {})
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=hint, widget=forms.TextInput(attrs)
    )


class WalkInForm(forms.Form):
    """What the roster would have said. Checked by the roster's own rules, not here."""

    closure = forms.ModelChoiceField(
        label=_("属于哪一次关停分流"), queryset=Closure.objects.none(), empty_label=None
    )
    name = _line(_("姓名"), 60, required=True)
    id = _line(_("身份证号"), 18, required=True, digits=True)
    phone = _line(_("联系电话"), 40, digits=True)
    firm = _line(_("原单位"), 80)
    trade = _line(_("工种"), 80)
    laid_off_on = _line(_("合同最后一天"), 20, required=True, hint=_("照解除合同证明写，例如 2015-12-31"))
    left_because = _line(_("终止原因"), 60, hint=_("照证明上的话写"))
    contribution_months = _line(_("失业保险缴费月数"), 20, digits=True)
    deemed_months = _line(_("视同缴费月数"), 20, digits=True)
    bank_account = _line(_("银行账号"), 30, digits=True)

    def __init__(self, user: Staff, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        begun = Closure.objects.for_user(user, REGISTER).filter(closes_on__lte=clock.today())
        field = self.fields["closure"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = begun

    def refuse(self, codes: tuple[Any, ...]) -> None:
        """Put what the roster's rules found beside the fields."""
        for code in codes:
            field = CODES[code].field
            self.add_error(field if field in self.fields else None, code_words([code]))


@requires(REGISTER)
@never_cache
@require_http_methods(["GET", "POST"])
def walk_in(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """Type somebody in, and go on with them at once."""
    user = staff_of(request)
    found = Ticket.objects.filter(pk=ticket, window__staff=user, state__in=AT_A_WINDOW).first()
    if found is None:
        raise Http404
    form = WalkInForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        cells = {name: said[name] for name in ASKED if said.get(name)}
        added = add_person(closure=said["closure"], cells=cells, firm=said["firm"] or None, by=user)
        if added.case is not None:
            verbs.identify(ticket=ticket, case=added.case, by=user)
            messages.success(request, _t("已补录到名册，接着办。"))
            return redirect("desk:serve", ticket=ticket)
        form.refuse(tuple(code for code in added.row.codes if CODES[code].severity == "error"))
    context = {"form": form, "ticket": found}
    return render(request, "desk/window/walk_in.html", context, status=422 if form.errors else 200)
