from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from zaigang.foundation.errors import ZaigangError
from zaigang.look.htmx import htmx_of


def overtaken(request: HttpRequest, error: ZaigangError, page: str, code: str) -> HttpResponse:
    """Somebody else was quicker. A part of a page cannot show that it is stale: load the list anew, with the words.

    Raises `error` again for a whole page, where the middleware puts it into words.
    """
    if not htmx_of(request):
        raise error
    messages.warning(request, str(error))
    return HttpResponseClientRedirect(reverse(page, args=[code]))
