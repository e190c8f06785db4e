"""What `decide_many` answers: one row for each person, in the order of the columns."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.parameters import STATUSES, Status, whole

NO, YES, UNDECIDED, REFUSED = 0, 1, 2, -1
NOTHING = -1

#: For each check its field, as `BadFacts.where` names it; `[]` stands for the number of the event.
CHECKS = (
    "",
    "territory",
    "decide_on",
    "retirement_category",
    "born",
    "contribution_months",
    "unused_months",
    "agency_months.months",
    "registered_on",
    "applied_on",
    "events",
    "events[]",
    "sex",
    "left_because",
    "events[].kind",
    "deemed_months",
)  # fmt: skip


class MonthPaid(NamedTuple):
    """One payment, as `Payment` has it."""

    month: int
    yuan: int | float | None
    status: Status
    planned: bool


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Arrays of n rows; -1 stands for unknown or none.

    `eligible` int8: 0 no, 1 yes, 2 undecided, -1 refused, because the facts contradict themselves: then `error`
    (int8) is a place in CHECKS and `error_event` (int8) the number of the event, if it is about one.
    `months_exact`, `months_at_most`, `count` (how many months are listed), `first_month` int16.
    (n, horizon): `fen` int32, -1 where the law is not known well enough; `status` int8, a place in STATUSES, -1
    beyond the list; `month` int16, the calendar month (calendar.py), which is laid out in memory only where
    events may leave gaps. Payments from number `planned_from` on are planned. Payments beyond the horizon are
    in `count` only.
    """

    eligible: NDArray[np.int8]
    error: NDArray[np.int8]
    error_event: NDArray[np.int8]
    months_exact: NDArray[np.int16]
    months_at_most: NDArray[np.int16]
    count: NDArray[np.int16]
    first_month: NDArray[np.int16]
    planned_from: NDArray[np.int16]
    fen: NDArray[np.int32]
    status: NDArray[np.int8]
    gapped: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.eligible)

    @property
    def month(self) -> NDArray[np.int16]:
        if len(self.gapped) == len(self):
            return self.gapped
        numbers = np.arange(self.horizon, dtype=np.int16)
        return np.where(numbers < self.count[:, None], self.first_month[:, None] + numbers, np.int16(NOTHING))

    def month_of(self, place: int) -> NDArray[np.int16]:
        """(n,) the calendar month of everybody's payment of that number; of no meaning beyond a list."""
        if len(self.gapped) == len(self):
            return self.gapped[:, place]
        return self.first_month + np.int16(place)

    @property
    def horizon(self) -> int:
        return int(self.fen.shape[1])

    def refusal(self, row: int) -> str:
        """The field for which a row was refused, as `BadFacts.where` has it; empty when it was not."""
        return CHECKS[self.error[row]].replace("[]", f"[{self.error_event[row]}]")

    def payments(self, row: int) -> tuple[MonthPaid, ...]:
        """One person's payments within the horizon."""
        return tuple(self._payment(row, place) for place in range(min(self.count[row], self.horizon)))

    def _payment(self, row: int, place: int) -> MonthPaid:
        fen = int(self.fen[row, place])
        return MonthPaid(
            int(self.month_of(place)[row]),
            None if fen == NOTHING else whole(fen / 100),
            STATUSES[self.status[row, place]],
            place >= int(self.planned_from[row]),
        )
