"""The policy that is put together once is the one that django-csp would write."""

from collections.abc import Callable
from typing import Any

import pytest
from csp.decorators import csp, csp_exempt, csp_update
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zaigang.look.policy import PagePolicy

View = Callable[[HttpRequest], HttpResponse]
HEADER = "Content-Security-Policy"


def _plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _own(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={HEADER: "default-src 'none'"})


def _with_nonce(request: Any) -> HttpResponse:
    request._csp_nonce = "for tests"
    return HttpResponse(str(request.csp_nonce))


def _headers(middleware: type[CSPMiddleware], view: View) -> dict[str, str]:
    return dict(middleware(view)(RequestFactory().get("/")).headers)


VIEWS = {
    "plain": _plain,
    "own": _own,
    "nonce": _with_nonce,
    "updated": csp_update({"img-src": ["https://example.org"]})(_plain),
    "replaced": csp({"default-src": ["'none'"]})(_plain),
    "exempt": csp_exempt()(_plain),
}
SETTINGS: dict[str, dict[str, Any]] = {
    "ours": {},
    "reports": {"CONTENT_SECURITY_POLICY_REPORT_ONLY": {"DIRECTIVES": {"default-src": ["'none'"]}}},
    "prefixes": {
        "CONTENT_SECURITY_POLICY": {"EXCLUDE_URL_PREFIXES": ["/"], "DIRECTIVES": {"default-src": ["'self'"]}}
    },
}


@pytest.mark.parametrize("named", VIEWS)
@pytest.mark.parametrize("where", SETTINGS)
def test_the_header_is_the_one_that_csp_writes(named: str, where: str, settings: Any) -> None:
    for name, value in SETTINGS[where].items():
        setattr(settings, name, value)
    assert _headers(PagePolicy, VIEWS[named]) == _headers(CSPMiddleware, VIEWS[named])


def test_every_page_has_the_policy_of_the_settings(settings: Any) -> None:
    written = _headers(PagePolicy, _plain)[HEADER].split("; ")
    wanted = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert sorted(written) == sorted(f"{name} {' '.join(values)}" for name, values in wanted.items())


def test_a_nonce_that_comes_too_late_is_refused() -> None:
    request: Any = RequestFactory().get("/")
    PagePolicy(_plain)(request)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)
