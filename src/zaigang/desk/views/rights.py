from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zaigang.desk.permissions import VIEW_PERMISSIONS
from zaigang.desk.rights import matrix
from zaigang.foundation import clock
from zaigang.offices.enums import Role
from zaigang.offices.models import Office, Posting
from zaigang.offices.permissions import requires, where


@requires(VIEW_PERMISSIONS)
@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what: the very table that the program asks."""
    return render(request, "desk/permissions.html", {"roles": Role.choices, "stages": matrix()})


@requires(VIEW_PERMISSIONS)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Who works where today, below the reader's own office."""
    seen = where(request.user, VIEW_PERMISSIONS)
    postings = Posting.objects.on(clock.today()).filter(office__in=seen, staff__is_active=True)
    context = {
        "offices": Office.objects.filter(pk__in=seen).count(),
        "postings": postings.select_related("staff", "office", "lent_by").order_by(
            "office__path", "role", "staff"
        ),
    }
    return render(request, "desk/staff.html", context)
