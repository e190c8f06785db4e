from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zaigang.desk.one_stop.verifying import registration_of
from zaigang.look.formats import mask_name
from zaigang.offices.permissions import public


@public("whoever holds the paper may ask whether it is genuine; the name is masked")
@never_cache
@require_GET
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the paper must say: number, dates, masked name. No benefit, no other number."""
    found = registration_of(token)
    worker = found.case.worker if found else None
    context = {"registration": found, "name": mask_name(worker.name) if worker else ""}
    return render(request, "desk/verify.html", context, status=200 if found else 404)
