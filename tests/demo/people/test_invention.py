from collections import Counter
from datetime import date

import pytest

from zaigang.demo.people import Field, Invention, invent
from zaigang.demo.people.faults import REFUSING, WARNING

SEEDS = (1, 2016, 77)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture(scope="module", params=SEEDS)
def invention(request: pytest.FixtureRequest) -> Invention:
    return invent(request.param)


def has_true_check_digit(number: str) -> bool:
    remainder = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
    return number[17] == "10X98765432"[remainder]


def test_rows_are_people_and_duplicates(invention: Invention) -> None:
    expected = invention.expected
    assert {name: expected[name] for name in expected if name != "codes"} == {
        "rows": 1443,
        "duplicate_rows": 24,
        "people": 1419,
        "refused_rows": 72,
        "warning_rows": 120,
        "ok_rows": 1227,
    }
    assert Counter(worker.firm for worker in invention.workers) == {"示范钢铁集团": 1010, "示范碱业": 409}


def test_every_person_has_exactly_one_row_that_counts(invention: Invention) -> None:
    counting = [row.worker.id for row in invention.rows if row.outcome != "duplicate"]
    assert Counter(counting) == Counter(worker.id for worker in invention.workers)
    assert len(set(counting)) == 1419


def test_every_code_occurs(invention: Invention) -> None:
    assert set(invention.expected["codes"]) == {
        *REFUSING,
        *WARNING,
        "duplicate_in_file",
        "id_upgraded_from_15",
    }


def test_a_duplicate_follows_a_sound_row_of_the_same_person_on_another_sheet(invention: Invention) -> None:
    seen: dict[str, tuple[str, str, str]] = {}
    for row in invention.rows:
        if row.outcome == "duplicate":
            file, sheet, outcome = seen[row.worker.id]
            assert (file, sheet != row.sheet, outcome == "error") == (row.file, True, False)
        else:
            seen[row.worker.id] = (row.file, row.sheet, row.outcome)


def test_every_refused_row_and_no_other_has_its_repair(invention: Invention) -> None:
    refused = {(r.file, r.sheet, r.row): r.worker for r in invention.rows if r.outcome == "error"}
    assert {(r.file, r.sheet, r.row) for r in invention.repairs} == set(refused)
    for repair in invention.repairs:
        worker = refused[repair.file, repair.sheet, repair.row]
        truth = {
            Field.ID: worker.id,
            Field.NAME: worker.name,
            Field.LAID_OFF_ON: worker.career.laid_off_on.isoformat(),
        }
        assert repair.value == truth[repair.field]


def test_numbers_are_valid_and_belong_to_nobody(invention: Invention) -> None:
    for worker in invention.workers:
        assert worker.id[:6] == "370299"
        assert worker.id[6:14] == f"{worker.born:%Y%m%d}"
        assert int(worker.id[16]) % 2 == (worker.sex == "male")
        assert has_true_check_digit(worker.id)
        assert (len(worker.phone), worker.phone[3:7]) == (11, "0000")
        assert (len(worker.bank_account), worker.bank_account[:4]) == (19, "6222")
    assert len({worker.phone for worker in invention.workers}) == 1419
    assert any(worker.id.endswith("X") for worker in invention.workers)


def share_of_men(invention: Invention, firm: str) -> float:
    people = [worker for worker in invention.workers if worker.firm == firm]
    return sum(worker.sex == "male" for worker in people) / len(people)


def test_people_are_a_plausible_workforce(invention: Invention) -> None:
    assert share_of_men(invention, "示范钢铁集团") == pytest.approx(0.79, abs=0.05)
    assert share_of_men(invention, "示范碱业") == pytest.approx(0.62, abs=0.08)
    for worker in invention.workers:
        career = worker.career
        assert 22 <= (date(2015, 12, 31) - worker.born).days / 365.2425 < 60
        assert 16 <= (career.work_started_on - worker.born).days / 365.2 < 24.5
        assert career.work_started_on <= career.started_on < career.laid_off_on
        assert career.contribution_months <= 204 or career.laid_off_on > date(2015, 12, 31)


def test_nobody_reaches_retirement_before_the_last_wave(invention: Invention) -> None:
    for worker in invention.workers:
        known = {"male": 60, "female": 55 if worker.staff_category in ("干部", None) else 50}
        born = worker.born
        assert date(born.year + known[worker.sex], born.month, min(born.day, 28)) > date(2016, 4, 30)


def test_short_and_long_service_all_occur(invention: Invention) -> None:
    months = [w.career.contribution_months + w.career.deemed_months for w in invention.workers]
    bands = Counter("<12" if m < 12 else "<60" if m < 60 else "<120" if m < 120 else "120+" for m in months)
    assert all(
        bands[band] >= least for band, least in {"<12": 5, "<60": 30, "<120": 60, "120+": 1000}.items()
    )


def test_people_leave_by_calendar_and_for_several_reasons(invention: Invention) -> None:
    days = Counter(worker.career.laid_off_on for worker in invention.workers)
    assert set(days) == {
        date(2015, 12, 31),
        *(date(2016, 1, d) for d in (15, 31)),
        date(2016, 2, 29),
        date(2016, 3, 31),
    }
    assert days[date(2015, 12, 31)] > 1200
    reasons = {worker.left_because for worker in invention.workers}
    assert reasons == {
        "employer_proposed_agreement",
        "contract_expired",
        "closure",
        "layoff",
        "resigned",
        None,
    }


def test_the_seed_decides_everything() -> None:
    assert invent(5).workers == invent(5).workers
    assert not {w.id for w in invent(5).workers} & {w.id for w in invent(6).workers[:50]}


@pytest.mark.parametrize("people", [300, 800])
def test_a_smaller_closure_still_shows_every_code(people: int) -> None:
    small = invent(3, people=people, closed_on=date(2019, 6, 30))
    expected = small.expected
    assert expected["people"] == people
    assert expected["rows"] == people + expected["duplicate_rows"]
    assert set(expected["codes"]) == set(invent(3).expected["codes"])


def test_too_few_people_are_refused() -> None:
    with pytest.raises(ValueError, match="300 people or more, not 299"):
        invent(1, people=299)
