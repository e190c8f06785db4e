"""Every route states its permission, and means it: each role knocks on each door."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.factories.rosters import imported, row
from zaigang.offices.enums import Role
from zaigang.offices.permissions import granted
from zaigang.roster.models import Closure

#: allauth's and Django's own pages, which guard themselves: signing in comes before any permission.
GUARD_THEMSELVES = ("account_", "mfa_", "set_language")
#: An address for every kind of path argument; objects that do not exist, so that a door that opens answers 404.
ARGUMENTS: dict[str, Any] = {"uuid": uuid4(), "str": "nobody", "slug": "nobody", "int": 1, "path": "nobody"}


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every named route with its full name."""

    def walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern, inner)
            else:
                yield f"{namespace}{pattern.name}", pattern

    return walk(get_resolver(), "")


def our_routes() -> list[tuple[str, URLPattern]]:
    return [(name, pattern) for name, pattern in routes() if not name.startswith(GUARD_THEMSELVES)]


def guarded_routes() -> list[tuple[str, str, str]]:
    """Name, address and permission of each route that states one."""
    found = []
    for name, pattern in our_routes():
        permission = getattr(pattern.callback, "permission", None)
        if permission:
            kwargs = {
                key: ARGUMENTS[_kind(converter)] for key, converter in pattern.pattern.converters.items()
            }
            found.append((name, reverse(name, kwargs=kwargs), permission))
    return found


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def test_every_route_states_its_permission_or_why_it_needs_none() -> None:
    silent = [
        name
        for name, pattern in our_routes()
        if not getattr(pattern.callback, "permission", None)
        and not getattr(pattern.callback, "public_because", None)
    ]
    assert silent == []


def test_every_stated_permission_is_granted_to_somebody() -> None:
    assert {permission for _name, _address, permission in guarded_routes()} <= granted().keys()


def test_a_stranger_is_sent_to_sign_in_from_every_door(db: None, client: Client) -> None:
    answers = {name: client.get(address).status_code for name, address, _permission in guarded_routes()}
    assert answers == dict.fromkeys(answers, 302)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_only_its_doors(cast: Cast, client: Client, role: str) -> None:
    client.force_login(cast.by_role()[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, address, permission in guarded_routes():
        refused = role not in granted()[permission]
        status = client.get(address).status_code
        assert (status == 403) == refused, f"{role} at {name}: {status}"


def test_an_outsider_sees_nothing_of_another_street(
    cast: Cast, client: Client, closure: Closure, tmp_path: Path
) -> None:
    """A clerk with every right of a clerk, at another street, tries every page about the north street's people."""
    imported(cast, closure, tmp_path, [row(1, "王甲"), row(2, "李乙", 身份证号="")])
    case, file = closure.cases.get(number=1), closure.files.get()
    client.force_login(cast.outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    things = {"code": closure.code, "uuid": case.pk}
    for name, pattern in our_routes():
        if not getattr(pattern.callback, "permission", None):
            continue
        for identity in (case.pk, file.pk, closure.pk):
            kwargs = {}
            for key, converter in pattern.pattern.converters.items():
                kwargs[key] = identity if _kind(converter) == "uuid" else things.get(key, "not_reached")
            response = client.get(reverse(name, kwargs=kwargs), follow=False)
            body = response.content.decode(errors="replace") if not response.streaming else ""
            assert "王甲" not in body and "王*" not in body, name
            if kwargs:
                assert response.status_code in (403, 404, 405), f"{name}: {response.status_code}"
