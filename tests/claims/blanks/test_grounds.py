"""The roster's reasons for leaving, the paper's codes, and the law's answer agree."""

from datetime import date

import pytest

from zaigang.claims.blanks import Ground, ground_of, options
from zaigang.engines.entitlement import load_parameters
from zaigang.roster.enums import LeftBecause

DAY = date(2016, 1, 11)


@pytest.mark.parametrize(
    ("left_because", "reason", "article"),
    [
        (LeftBecause.CONTRACT_EXPIRED, "20", "44(1)"),
        (LeftBecause.DISMISSED_NO_FAULT, "20", "40"),
        (LeftBecause.DISMISSED_FAULT, "20", "39"),
        (LeftBecause.EMPLOYER_PROPOSED_AGREEMENT, "20", "36-E"),
        (LeftBecause.LAYOFF, "20", "41"),
        (LeftBecause.CLOSURE, "20", "44(5)"),
        (LeftBecause.RESIGNED, "20", ""),
        (LeftBecause.RESIGNED_FOR_CAUSE, "20", "38"),
        (LeftBecause.OTHER, "", ""),
    ],
)
def test_what_is_proposed(left_because: str, reason: str, article: str) -> None:
    found = ground_of(left_because)
    assert (found.reason, found.article) == (reason, article)


def test_where_nothing_is_known_everything_is_asked() -> None:
    assert ground_of("") == Ground("", "", "", (), "person")


def test_involuntary_is_what_the_law_says() -> None:
    law = load_parameters().rules("370213").at("involuntary", DAY).value
    assert {code: ground_of(code).involuntary for code in LeftBecause.values} == law


def test_every_code_stands_in_its_list() -> None:
    reasons = {one.code for one in options("unemployment_reason", on=DAY)}
    articles = {one.code for one in options("ending_ground", on=DAY)}
    grounds = [ground_of(code) for code in LeftBecause.values]
    assert {ground.reason for ground in grounds} - reasons == {""}
    assert {choice for ground in grounds for choice in ground.choices} - articles == set()
