"""The page of all components keeps the promises that every page makes."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from zaigang.look.views import gallery


@pytest.fixture(params=["", "?surface=phone&large=1", "?errors=1"])
def html(request: pytest.FixtureRequest) -> str:
    shown = RequestFactory().get(f"/look/{request.param}")
    shown.user = AnonymousUser()
    return gallery(shown).content.decode()


def test_nothing_is_inline_or_from_elsewhere(html: str) -> None:
    """What the content security policy would refuse, it must not hold."""
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', html) == []


def test_every_id_is_there_once(html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_every_described_field_has_its_description(html: str) -> None:
    named = {
        name
        for value in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html)
        for name in value.split()
    }
    assert named - set(re.findall(r'\sid="([^"]+)"', html)) == set()


def test_language_and_surface_are_stated() -> None:
    shown = RequestFactory().get("/look/?surface=phone&large=1")
    shown.user = AnonymousUser()
    first = re.search(r"<html[^>]*>", gallery(shown).content.decode())
    assert first and first.group() == '<html lang="zh-Hans-CN" data-surface="phone" data-large>'
