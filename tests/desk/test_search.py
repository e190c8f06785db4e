from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.rosters import imported, row
from zaigang.roster.models import Closure


@pytest.fixture
def people(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    imported(cast, closure, tmp_path, [row(1, "孟示范"), row(3, "孟实在"), row(5, "郝示范")])
    return closure


def _names(client: Client, text: str) -> list[str]:
    return [found.name for found in client.post("/search/", {"text": text}).context["found"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("孟", ["孟示范", "孟实在"]),
        ("mengshi", ["孟示范", "孟实在"]),
        ("hsf", ["郝示范"]),
        ("0000003", ["孟实在"]),
        (" 郝示范 ", ["郝示范"]),
        ("示范", []),
        ("", []),
    ],
)
def test_finding(text: str, names: list[str], cast: Cast, people: Closure, sign_in) -> None:  # type: ignore[no-untyped-def]
    assert sorted(_names(sign_in(cast.clerk), text)) == sorted(names)


def test_an_auditor_reads_masked_names_and_an_outsider_none(cast: Cast, people: Closure, sign_in) -> None:  # type: ignore[no-untyped-def]
    assert _names(sign_in(cast.auditor), "hsf") == ["郝*范"]
    assert _names(sign_in(cast.outsider), "hsf") == []


def test_what_was_typed_is_not_taken_from_the_address(cast: Cast, people: Closure, sign_in) -> None:  # type: ignore[no-untyped-def]
    answer = sign_in(cast.clerk).get("/search/?text=孟")
    assert answer.context["found"] == [] and "没有找到" not in answer.text


def test_finding_nobody_says_what_to_try(cast: Cast, people: Closure, sign_in) -> None:  # type: ignore[no-untyped-def]
    assert "没有找到" in sign_in(cast.clerk).post("/search/", {"text": "无此人"}).text
