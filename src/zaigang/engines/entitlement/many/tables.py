"""The law of one or more places as arrays, as the compiled loop reads it. `compiling.py` makes them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NOT_KNOWN = -1
NO_WINDOW = -2
NO, YES, UNKNOWN = 0, 1, 2


class Eras(NamedTuple):
    """The rules of the day of the decision: a row for each stretch of days in which none of them changes.

    The rows of profile p are offset[p] to offset[p + 1]; a row holds from the day `since` on, a stamp (days.py), as
    everywhere below.
    """

    offset: Ints
    since: Ints
    minimum: Ints  # months of contributions
    resume: Ints  # months of a job from which on a new claim is needed
    window: Ints  # days in which to claim; NO_WINDOW in the years without one
    above_age: Ints  # 1: people above the age may draw
    first_payment: Ints  # months after that of the registration
    ending: Ints  # row of Law.endings
    stops: Ints  # row of Law.stops
    cap: Ints
    ceiling: Ints  # row of Law.ceilings
    table: Ints  # row of Law.exact and Law.most
    resume_source: Ints
    ceiling_source: Ints
    table_source: Ints


class Era(NamedTuple):
    """One row of `Eras`."""

    minimum: int
    resume: int
    window: int
    above_age: int
    first_payment: int
    ending: int
    stops: int
    cap: int
    ceiling: int
    table: int
    resume_source: int
    ceiling_source: int
    table_source: int


class Ages(NamedTuple):
    """Retirement: for each profile the rules by day, and the years of the unreformed age by category.

    `delay` holds the months of delay by rule, category and month of birth, counted from `born_from`.
    """

    offset: Ints
    since: Ints
    rule: Ints  # row of `years` and `delay`
    old_years: Ints  # (profiles, categories)
    years: Ints  # (rules, categories)
    delay: Ints  # (rules, categories, months of birth)
    born_from: int


class Extensions(NamedTuple):
    """The extension to retirement: for each profile the rules by day."""

    offset: Ints
    since: Ints
    within: Ints
    most: Ints


class Amounts(NamedTuple):
    """`row[profile, month - month_from]` leads to fen[row, extension, draw - 1] and status[row].

    The first month stands for all before it, the last month and the last draw for all after them. The lists
    hold, for each profile and first month, the amounts of a person who is paid month after month from there on.
    """

    row: Ints
    month_from: int
    fen: Ints
    status: Ints
    fen_list: NDArray[np.int32]  # (profiles, first months, most months)
    status_list: NDArray[np.int8]


class Law(NamedTuple):
    """Everything that the loop knows of the law, for the profiles (place and state of knowledge) in use."""

    eras: Eras
    ages: Ages
    extensions: Extensions
    amounts: Amounts
    endings: Ints  # (rows, ENDINGS): NO, YES or UNKNOWN
    stops: Ints  # (rows, EVENTS)
    ceilings: Ints  # (rows, months of contributions)
    exact: Ints  # (rows, months of contributions), NOT_KNOWN where the readings differ
    most: Ints
