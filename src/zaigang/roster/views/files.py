from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster.actions import discard_file, import_file
from zaigang.roster.context.preview import preview_of
from zaigang.roster.context.scope import file_for, sees_names
from zaigang.roster.enums import FileState
from zaigang.roster.permissions import IMPORT, REPAIR, VIEW_PEOPLE


@requires(VIEW_PEOPLE)
@require_GET
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every row of a file with what importing it does (or did)."""
    user = staff_of(request)
    found = file_for(user, pk)
    office = found.closure.office
    preview = preview_of(found, request.GET, names=sees_names(user, found.closure))
    context = {
        "preview": preview,
        "file": found,
        "closure": found.closure,
        "may_import": preview.open and may(user, IMPORT, office),
        "may_repair": preview.open and may(user, REPAIR, office),
    }
    return render(request, "roster/file.html", context)


@requires(IMPORT)
@require_POST
def import_roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a checked file take effect. A second press does nothing more and says the same."""
    user = staff_of(request)
    found = file_for(user, pk)
    demand(user, IMPORT, found.closure.office)
    done = import_file(file=found, by=user)
    text = _(
        "已导入“%(name)s”：新增 %(new)d 人，没有变化 %(matched)d，有变化 %(changed)d，进补正清单 %(waiting)d。"
    )
    told = {
        "new": done.new,
        "matched": done.matched,
        "changed": done.changed,
        "waiting": done.awaiting_repair,
    }
    messages.success(request, text % {"name": found.name, **told})
    return redirect("roster:closure", found.closure.code)


@requires(IMPORT)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask, then throw away a file that was only checked."""
    user = staff_of(request)
    found = file_for(user, pk)
    demand(user, IMPORT, found.closure.office)
    if request.method == "POST" or found.state == FileState.IMPORTED:
        discard_file(file=found, by=user)
        messages.success(request, _("已丢弃“%(name)s”，什么也没有导入。") % {"name": found.name})
        return redirect("roster:closure", found.closure.code)
    corrected = found.rows.filter(corrections__isnull=False).count()
    context = {"file": found, "closure": found.closure, "rows": found.rows.count(), "corrected": corrected}
    return render(request, "roster/discard.html", context)
