"""What each role may do, and where.

A permission is a name `<stage>.<act>`; the stage that owns the act grants it to roles when it is loaded. A posting
gives its role's permissions at its office and at everything under it. Every route states one with `@requires`, or
says with `@public` why it needs none; a test walks all routes.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from rules.permissions import has_perm, set_perm
from rules.predicates import predicate

from zaigang.offices.enums import Role
from zaigang.offices.models import Office, Staff

View = Callable[..., HttpResponseBase]
_granted: dict[str, frozenset[str]] = {}
EVERYONE = frozenset(Role.values)


def grant(permission: str, *roles: str) -> None:
    """Let these roles do it. Called once per permission, by the stage that owns it."""
    _granted[permission] = frozenset(roles)
    held = predicate(partial(_holds, frozenset(roles)), name=permission)
    set_perm(permission, held)


def granted() -> dict[str, frozenset[str]]:
    """Permission -> roles: the matrix that the permission page and the tests show."""
    return dict(_granted)


def _holds(roles: frozenset[str], staff: Any, place: Office | None = None) -> bool:
    if not isinstance(staff, Staff) or not staff.is_active:
        return False
    return any(
        posting.role in roles and (place is None or place.path.startswith(posting.office.path))
        for posting in staff.current_postings
    )


def may(staff: Any, permission: str, place: Office | None = None) -> bool:
    """Whether the person may do it at `place` (None: anywhere). Raises KeyError for an unknown permission."""
    return bool(has_perm(permission, staff, place))


def where(staff: Any, permission: str) -> list[UUID]:
    """The offices (with everything under them) at which the person may do it."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return []
    roles = _granted[permission]
    tops = {posting.office.path for posting in staff.current_postings if posting.role in roles}
    return list(Office.objects.under(tops).values_list("pk", flat=True)) if tops else []


def staff_of(request: HttpRequest) -> Staff:
    """Who asks. Only for views behind `requires`, which lets nobody else in."""
    assert isinstance(request.user, Staff)
    return request.user


def demand(staff: Any, permission: str, place: Office) -> None:
    """Raise `PermissionDenied`, with words, unless the person may do it there."""
    if not may(staff, permission, place):
        raise PermissionDenied(_("您的岗位没有这项权限。需要的话，请找主任开通。"))


def requires(permission: str) -> Callable[[View], View]:
    """State the permission of a view: without sign-in to the sign-in page, without the right 403 with words."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, permission):
                raise PermissionDenied(_("您的岗位没有这项权限。需要的话，请找主任开通。"))
            return view(request, *args, **kwargs)

        vars(guarded)["permission"] = permission
        return guarded

    return decorate


def public(reason: str) -> Callable[[View], View]:
    """State that a view needs no sign-in, and why."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        vars(opened)["public_because"] = reason
        return opened

    return decorate
