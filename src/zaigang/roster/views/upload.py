from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zaigang.foundation import clock
from zaigang.offices.permissions import demand, requires, staff_of
from zaigang.roster.actions import name_firm, stage_file
from zaigang.roster.context.scope import closure_for
from zaigang.roster.enums import FileState
from zaigang.roster.forms import UploadForm
from zaigang.roster.models import Closure
from zaigang.roster.permissions import IMPORT
from zaigang.roster.reading import CheckedRoster, UnreadableRoster, check, read_workbook


@requires(IMPORT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take a workbook, check it and show the preview. Nothing takes effect; an unreadable file leaves nothing."""
    closure = closure_for(staff_of(request), code)
    demand(request.user, IMPORT, closure.office)
    posted = request.method == "POST"
    form = UploadForm(closure, request.POST, request.FILES) if posted else UploadForm(closure)
    refused = None
    if posted and form.is_valid():
        try:
            return _take(request, closure, form.cleaned_data)
        except UnreadableRoster as error:
            refused = error
    context = {"closure": closure, "form": form, "refused": refused}
    return render(request, "roster/upload.html", context, status=422 if refused or form.errors else 200)


def _take(request: HttpRequest, closure: Closure, cleaned: dict[str, Any]) -> HttpResponse:
    """Stage the file, or lead to the preview where the same file still waits."""
    user, file = staff_of(request), cleaned["file"]
    content = file.read()
    digest = sha256(content).hexdigest()
    firm = cleaned["firm"]
    waits = closure.files.filter(sha256=digest, state=FileState.CHECKED, firm=firm).first()
    if waits is not None and not cleaned["new_firm"]:
        messages.info(request, _("这份文件核对过了，还没导入。下面是上次核对的结果。"))
        return redirect("roster:file", waits.pk)
    checked = _check(file, content)
    if cleaned["new_firm"]:
        firm = name_firm(closure=closure, name=cleaned["new_firm"])
    _tell_if_known(request, closure, digest)
    staged, _planned = stage_file(
        closure=closure, checked=checked, name=file.name or "", sha256=digest, by=user, firm=firm
    )
    return redirect("roster:file", staged.pk)


def _check(file: "UploadedFile[Any]", content: bytes) -> CheckedRoster:
    name = file.name or ""
    return check(read_workbook(name, content=content, name=name), today=clock.today())


def _tell_if_known(request: HttpRequest, closure: Closure, digest: str) -> None:
    known = (
        closure.files.filter(sha256=digest, state=FileState.IMPORTED).select_related("imported_by").first()
    )
    if known is not None and known.imported_at is not None:
        told = {"day": f"{timezone.localtime(known.imported_at):%Y-%m-%d}", "who": known.imported_by}
        text = _("这份文件 %(day)s 由 %(who)s 导入过。再导入一次不会重复计人，下面是逐行对照的结果。")
        messages.info(request, text % told)
