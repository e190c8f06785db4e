"""What goes wrong in an employer's list, and what the clerk finds on the paper to put it right.

Each fault spoils cells of one row and names the code of the roster check that must come of it; a fault that
refuses the row also leaves the true value, as the identity card or the proof of the ended contract shows it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from zaigang.demo.people.facts import Field, InventedWorker
from zaigang.demo.people.numbers import identity, old_identity
from zaigang.demo.people.typing_styles import Cells, dotted, spelled

MISSING = ("", "", "无", "-", "待补", "/")
REFUSING = (
    "id_digits_lost",
    "id_check_digit",
    "id_missing",
    "id_length",
    "name_missing",
    "end_missing",
    "date_invalid",
    "id_used_by_two_names",
    "end_before_start",
    "end_in_future",
    "age_out_of_range",
)
WARNING = (
    "sex_conflicts_with_id",
    "birth_conflicts_with_id",
    "phone_missing",
    "phone_invalid",
    "bank_digits_lost",
    "months_invalid",
    "trade_missing",
)
UPGRADED = "id_upgraded_from_15"
DUPLICATE = "duplicate_in_file"


@dataclass
class Draft:
    """A row in the making: whose it is, its cells, the codes the check must give, the repairs if refused."""

    worker: InventedWorker
    cells: Cells
    codes: list[str] = field(default_factory=list)
    repairs: dict[Field, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """The worst of the codes: error, duplicate, warning or ok."""
        if any(code in REFUSING for code in self.codes):
            return "error"
        if DUPLICATE in self.codes:
            return "duplicate"
        return "warning" if any(code in WARNING for code in self.codes) else "ok"


Spoil = Callable[[Random, Draft, Draft | None], None]


def _id_digits_lost(rng: Random, draft: Draft, above: Draft | None) -> None:
    """Typed into a number cell, of which Excel keeps 15 digits."""
    draft.cells[Field.ID] = float(int(draft.worker.id[:15]) * 1000)
    draft.repairs[Field.ID] = draft.worker.id


def _id_check_digit(rng: Random, draft: Draft, above: Draft | None) -> None:
    """A neighbouring key was hit in the last place, or two digits of the serial were swapped."""
    number = draft.worker.id
    swapped = number[:14] + number[15] + number[14] + number[16:]
    wrong_end = number[:17] + str((int(number[17]) + 1) % 10 if number[17] != "X" else 1)
    draft.cells[Field.ID] = swapped if swapped != number and rng.random() < 0.5 else wrong_end
    draft.repairs[Field.ID] = number


def _id_missing(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.ID] = rng.choice(MISSING)
    draft.repairs[Field.ID] = draft.worker.id


def _id_length(rng: Random, draft: Draft, above: Draft | None) -> None:
    """One digit forgotten, or one typed twice."""
    number = draft.worker.id
    place = rng.randrange(7, 17)
    tail = number[place + 1 :] if rng.random() < 0.6 else number[place] + number[place:]
    draft.cells[Field.ID] = number[:place] + tail
    draft.repairs[Field.ID] = number


def _name_missing(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.NAME] = ""
    draft.repairs[Field.NAME] = draft.worker.name


def _end_missing(rng: Random, draft: Draft, above: Draft | None) -> None:
    _wrong_end(draft, rng.choice(MISSING))


def _date_invalid(rng: Random, draft: Draft, above: Draft | None) -> None:
    _wrong_end(draft, rng.choice(("2016年2月31日", "年底", "2015.11.31", "合同到期")))


def _id_used_by_two_names(rng: Random, draft: Draft, above: Draft | None) -> None:
    """The number of the row above, dragged one cell too far; sex and birth then disagree with it."""
    assert above is not None
    draft.cells[Field.ID] = above.worker.id
    draft.repairs[Field.ID] = draft.worker.id
    if above.worker.sex != draft.worker.sex:
        draft.codes.append("sex_conflicts_with_id")
    draft.codes.append("birth_conflicts_with_id")
    draft.cells[Field.BORN] = dotted(draft.worker.born)


def _end_before_start(rng: Random, draft: Draft, above: Draft | None) -> None:
    """The day written is that of the first contract's end, before the person came."""
    career = draft.worker.career
    _wrong_end(draft, dotted(career.work_started_on.replace(year=career.work_started_on.year - 1)))


def _end_in_future(rng: Random, draft: Draft, above: Draft | None) -> None:
    day = draft.worker.career.laid_off_on
    _wrong_end(draft, spelled(day.replace(year=day.year + rng.choice((20, 30)), day=min(day.day, 28))))


def _age_out_of_range(rng: Random, draft: Draft, above: Draft | None) -> None:
    """The child's number from the family booklet instead of the worker's own."""
    born = draft.worker.born
    child = born.replace(
        year=draft.worker.career.laid_off_on.year - rng.randint(6, 12), day=min(born.day, 28)
    )
    draft.cells[Field.ID] = identity(child, int(draft.worker.id[14:17]))
    draft.cells[Field.BORN] = dotted(born)
    draft.codes.append("birth_conflicts_with_id")
    draft.repairs[Field.ID] = draft.worker.id


def _wrong_end(draft: Draft, typed: str) -> None:
    draft.cells[Field.LAID_OFF_ON] = typed
    draft.repairs[Field.LAID_OFF_ON] = draft.worker.career.laid_off_on.isoformat()


def _sex_conflicts(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.SEX] = "女" if draft.worker.sex == "male" else "男"


def _birth_conflicts(rng: Random, draft: Draft, above: Draft | None) -> None:
    """The file says another year than the card: common for those born before 1970."""
    born = draft.worker.born
    draft.cells[Field.BORN] = dotted(
        born.replace(year=born.year - rng.choice((1, 1, 2)), day=min(born.day, 28))
    )


def _phone_missing(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.PHONE] = rng.choice(MISSING)


def _phone_invalid(rng: Random, draft: Draft, above: Draft | None) -> None:
    """A digit too few or too many."""
    number = draft.worker.phone
    draft.cells[Field.PHONE] = rng.choice((number[:-1], number + number[-1]))


def _bank_digits_lost(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.BANK_ACCOUNT] = float(int(draft.worker.bank_account[:15]) * 10000)


def _months_invalid(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.CONTRIBUTION_MONTHS] = rng.choice(("约20年", "见档案", "20年左右"))


def _trade_missing(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.TRADE] = rng.choice(MISSING)


def _id_of_15(rng: Random, draft: Draft, above: Draft | None) -> None:
    draft.cells[Field.ID] = old_identity(draft.worker.id)


SPOIL: dict[str, Spoil] = {
    "id_digits_lost": _id_digits_lost,
    "id_check_digit": _id_check_digit,
    "id_missing": _id_missing,
    "id_length": _id_length,
    "name_missing": _name_missing,
    "end_missing": _end_missing,
    "date_invalid": _date_invalid,
    "id_used_by_two_names": _id_used_by_two_names,
    "end_before_start": _end_before_start,
    "end_in_future": _end_in_future,
    "age_out_of_range": _age_out_of_range,
    "sex_conflicts_with_id": _sex_conflicts,
    "birth_conflicts_with_id": _birth_conflicts,
    "phone_missing": _phone_missing,
    "phone_invalid": _phone_invalid,
    "bank_digits_lost": _bank_digits_lost,
    "months_invalid": _months_invalid,
    "trade_missing": _trade_missing,
    UPGRADED: _id_of_15,
}

# Codes that one row carries together, and on how many rows among 1,419 people: 72 refused, 120 with warnings.
PLAN: tuple[tuple[tuple[str, ...], int], ...] = (
    (("id_used_by_two_names",), 5),
    (("id_digits_lost",), 14),
    (("id_check_digit",), 8),
    (("id_check_digit", "phone_missing"), 2),
    (("id_missing",), 7),
    (("id_missing", "trade_missing"), 1),
    (("id_length",), 7),
    (("name_missing",), 6),
    (("end_missing",), 8),
    (("date_invalid",), 5),
    (("end_before_start",), 3),
    (("end_in_future",), 4),
    (("age_out_of_range",), 2),
    (("phone_missing",), 26),
    (("bank_digits_lost",), 26),
    (("trade_missing",), 20),
    (("sex_conflicts_with_id",), 12),
    (("birth_conflicts_with_id",), 9),
    (("phone_invalid",), 10),
    (("months_invalid",), 8),
    (("phone_missing", "trade_missing"), 6),
    (("phone_invalid", "bank_digits_lost"), 3),
    ((UPGRADED,), 14),
)
PLANNED_FOR = 1419


def spoil(rng: Random, drafts: Sequence[Draft]) -> None:
    """Put the planned faults on rows drawn by lot, scaled to the number of people (at least one of each)."""
    free = list(range(1, len(drafts)))
    rng.shuffle(free)
    for codes, planned in PLAN:
        for _ in range(max(1, round(planned * len(drafts) / PLANNED_FOR))):
            place = next(place for place in free if _fits(codes, drafts, place))
            free.remove(place)
            if "id_used_by_two_names" in codes:
                # The row above keeps the number, so it must stay sound.
                free.remove(place - 1)
            _apply(rng, codes, drafts, place)


def _fits(codes: tuple[str, ...], drafts: Sequence[Draft], place: int) -> bool:
    worker, above = drafts[place].worker, drafts[place - 1]
    if "id_digits_lost" in codes:
        return not worker.id.endswith("X")
    if "id_used_by_two_names" in codes:
        same_list = (worker.firm, worker.workshop) == (above.worker.firm, above.worker.workshop)
        return same_list and not above.codes and place > 1 and worker.born != above.worker.born
    if "end_before_start" in codes:
        # Of age a year before the first job: nothing but the two dates contradict each other.
        return worker.career.work_started_on.year - worker.born.year > 18
    return True


def _apply(rng: Random, codes: tuple[str, ...], drafts: Sequence[Draft], place: int) -> None:
    draft = drafts[place]
    draft.codes.extend(codes)
    for code in codes:
        SPOIL[code](rng, draft, drafts[place - 1])
