"""The law's own pages: what is in force, a new version with its effects, and the confirmation by another person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims import actions
from zaigang.claims.actions.lawmaking import APPLY
from zaigang.claims.actions.redeciding import PREVIEW
from zaigang.claims.enums import LawState
from zaigang.claims.errors import LawRefused
from zaigang.claims.forms import LawForm
from zaigang.claims.models import LawFile
from zaigang.claims.pages.law import file_page, law_page
from zaigang.claims.permissions import CONFIRM_LAW, LOAD_LAW, SEE_LAW, VIEW
from zaigang.claims.queries.law import files_for, text_of
from zaigang.jobs.enums import JobState
from zaigang.jobs.queries import KINDS, latest
from zaigang.offices.permissions import may, requires, staff_of


def _file(request: HttpRequest, pk: UUID, permission: str) -> LawFile:
    return get_object_or_404(files_for(staff_of(request), permission), pk=pk)


@requires(SEE_LAW)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """What runs where, how well it is known, and every version that was loaded."""
    context = {"page": law_page(staff_of(request)), "may_load": may(request.user, LOAD_LAW)}
    return render(request, "claims/law.html", context)


@requires(SEE_LAW)
@require_GET
def law_text(request: HttpRequest, territory: str) -> HttpResponse:
    """The file in force of one territory, as text: to read, and to change outside."""
    text = text_of(territory)
    if text is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{territory.lower()}.yaml"'}
    return HttpResponse(text, content_type="text/yaml; charset=utf-8", headers=headers)


@requires(LOAD_LAW)
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Take in a new version, from a file or from the text in force as it was changed here."""
    if request.method == "POST":
        form = LawForm(request.POST, request.FILES)
        if form.is_valid() and (loaded := _loaded(request, form)):
            return redirect("claims:law_file", pk=loaded.pk)
        return render(request, "claims/load_law.html", {"form": form}, status=422)
    territory = request.GET.get("territory", "")
    form = LawForm(initial={"text": text_of(territory) or ""})
    return render(request, "claims/load_law.html", {"form": form, "territory": territory})


def _loaded(request: HttpRequest, form: LawForm) -> LawFile | None:
    data, staff = form.cleaned_data, staff_of(request)
    where = data["file"].name if data["file"] else ""
    try:
        file = actions.load_law(text=data["text"], note=data["note"], where=where, by=staff)
    except LawRefused as error:
        form.add_error("file" if data["file"] else "text", str(error))
        return None
    actions.start_preview(file=file, by=staff)
    return file


@requires(SEE_LAW)
@require_GET
def law_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version: what it changes in words, whom it reaches, and how far the re-decision is."""
    file = _file(request, pk, SEE_LAW)
    return _page(request, file)


def _page(
    request: HttpRequest, file: LawFile, trouble: LawRefused | None = None, status: int = 200
) -> HttpResponse:
    draft, job = (
        file.state == LawState.DRAFT,
        latest(PREVIEW if file.state == LawState.DRAFT else APPLY, str(file.pk)),
    )
    mine = file.loaded_by_id == staff_of(request).pk
    context = {
        "page": file_page(file, staff_of(request)),
        "draft": draft,
        "mine": mine,
        "may_confirm": draft and not mine and may(request.user, CONFIRM_LAW),
        "may_load": draft and may(request.user, LOAD_LAW),
        "sees_people": may(request.user, VIEW),
        "job": job,
        "job_kind": KINDS[JobState(job.state)] if job else "",
        "here": reverse("claims:law_file", args=[file.pk]),
        "trouble": trouble,
    }
    return render(request, "claims/law_file.html", context, status=status)


@requires(LOAD_LAW)
@require_POST
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Work the effects out anew: people may have come since."""
    file = _file(request, pk, LOAD_LAW)
    if file.state == LawState.DRAFT:
        actions.start_preview(file=file, by=staff_of(request))
    return redirect("claims:law_file", pk=file.pk)


@requires(CONFIRM_LAW)
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put it in force and have everybody decided again."""
    file = _file(request, pk, CONFIRM_LAW)
    try:
        actions.confirm_law(file=file, by=staff_of(request))
    except LawRefused as error:
        return _page(request, file, error, 422)
    messages.success(request, _("规定已经施行，正在后台重新测算。"))
    return redirect("claims:law_file", pk=file.pk)


@requires(LOAD_LAW)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a version that is not in force."""
    file = _file(request, pk, LOAD_LAW)
    try:
        actions.withdraw_law(file=file, by=staff_of(request))
    except LawRefused as error:
        return _page(request, file, error, 422)
    messages.success(request, _("已撤回，没有影响任何人。"))
    return redirect("claims:law")
