"""One part of a market at work: its workers bid, then its options look for workers. Runs in any process."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.partition.columns import Columns
from zaigang.engines.matching.partition.messages import Bids, Lists, Seats
from zaigang.engines.matching.partition.rows import Rows
from zaigang.engines.matching.partition.shares import Share

#: Where free seats begin: all of them at one price, or own border prices and where contested workers sit.
Opening = float | tuple[NDArray[np.float64], Seats]


class Part:
    """The two sides of one share. Every public method is one exchange; what it returns can be sent anywhere."""

    def __init__(self, share: Share) -> None:
        self.share = share
        self._rows = Rows(share)
        self._columns = Columns(share)

    def bid(self, eps: float, answer: Lists | None, afresh: bool) -> Bids:
        """One round of bids after the answer to the last one; `afresh`: everybody gets up first, prices stay."""
        if answer is not None:
            self._rows.renew(answer)
        if afresh:
            self._rows.get_up()
        return self._rows.bid(eps)

    def settle(self, answer: Lists | None) -> Seats:
        """The end of the bids: where this part's contested workers sit."""
        if answer is not None:
            self._rows.renew(answer)
        return self._rows.contested()

    def seek(self, eps: float, opening: Opening | None, answer: Seats | None) -> Seats:
        """One round in which free seats look for workers."""
        if isinstance(opening, float):
            self._columns.open_above(opening)
        elif opening is not None:
            self._columns.open(self._rows, *opening)
        if answer is not None:
            self._columns.correct(answer)
        return self._columns.seek(eps)

    def close(self, answer: Seats | None) -> NDArray[np.float64]:
        """The end of the search: the prices of own border options."""
        if answer is not None:
            self._columns.correct(answer)
        return self._columns.price[self.share.own_border]

    def judge(self, border_price: NDArray[np.float64]) -> tuple[int, float]:
        """What this part adds to the plan's value and to the bound, contested workers' seats and border seats apart.

        `border_price` belongs to the border options that the part's workers see; they bid by it from now on.
        """
        self._rows.learn(border_price, self._columns.price)
        return self._columns.value(), self._rows.bound() + self._columns.bound()

    def plan(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """The workers that are not contested, the option of each, and the prices of own options."""
        own = self._columns
        apart = np.flatnonzero(~self.share.contested)
        return self.share.known[apart], own.named(own.at[apart]), own.price
