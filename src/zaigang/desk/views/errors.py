"""Pages for what went wrong: what, and what to do. They show nobody's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _error(request: HttpRequest, code: int, what: str, advice: str) -> HttpResponse:
    return render(request, "look/error.html", {"code": code, "what": what, "advice": advice}, status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400, _("这个请求看不懂"), _("请返回上一页，再试一次。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = str(exception or "") or _("您的岗位没有这项权限。需要的话，请找主任开通。")
    return _error(request, 403, _("您不能看这一页"), advice)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request, 404, _("没有找到这一页"), _("地址可能写错了，或者这个人不归您的机构管。请从首页再找一次。")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever broke may be what the frame of the page asks for."""
    context = {
        "code": 500,
        "what": _("系统出了错"),
        "advice": _("这是我们的问题，对不起。已经提交的内容还在，请过一会儿再试；还不行，请告诉系统管理员。"),
    }
    return HttpResponse(render_to_string("look/error.html", context), status=500)
