"""What a person must bring depends on the year."""

from datetime import date

import pytest

from zaigang.engines.entitlement import materials


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (
            date(2016, 1, 15),
            [
                ("id_card", True, "verified"),
                ("ending_proof", True, "verified"),
                ("registration_proof", False, "verified"),
                ("photos", False, "unverified"),
                ("bank_account", False, "unverified"),
            ],
        ),
        (date(2019, 12, 31), ["id_card", "ending_proof", "registration_proof", "photos", "bank_account"]),
        (date(2020, 1, 1), [("id_card", True, "inferred")]),
        (date(2000, 6, 1), []),
    ],
)
def test_papers(on: date, expected: list[object]) -> None:
    found = materials("370213", on)
    if expected and isinstance(expected[0], str):
        assert [paper.code for paper in found] == expected
    else:
        assert [(paper.code, paper.required, paper.status) for paper in found] == expected
