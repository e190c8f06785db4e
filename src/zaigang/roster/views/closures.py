from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zaigang.offices.permissions import may, requires, staff_of
from zaigang.roster.context.closures import closure_page
from zaigang.roster.context.scope import closure_for
from zaigang.roster.forms import UploadForm
from zaigang.roster.permissions import IMPORT, MERGE, REPAIR, VIEW_PEOPLE


@requires(VIEW_PEOPLE)
@require_GET
def closure(request: HttpRequest, code: str) -> HttpResponse:
    """A closure: how many people, what was handed in, what is to be done."""
    user = staff_of(request)
    found = closure_for(user, code)
    context = {
        "page": closure_page(found),
        "closure": found,
        "upload_form": UploadForm(found),
        "may_import": may(user, IMPORT, found.office),
        "may_repair": may(user, REPAIR, found.office),
        "may_merge": may(user, MERGE, found.office),
    }
    return render(request, "roster/closure.html", context)
