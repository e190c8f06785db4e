"""Blanks (空白表): the paper forms as dated data that an office can replace, and their way to the screen and back.

`in_force` fetches a form, `prefill` fills in what is known, `blank_form` makes a page of it, `answers` what a record
keeps beside `blank.key`, `words` what is checked and printed. An office's own definitions lie in ZAIGANG_BLANKS: files
as under `definitions/`, and a `codes.yaml` for lists of its own.
"""

from zaigang.claims.blanks.blank import Band, Blank, Field, Option
from zaigang.claims.blanks.errors import BadBlank
from zaigang.claims.blanks.filling import Facts, facts_of, missing, prefill
from zaigang.claims.blanks.forms import Answers, BlankForm, answers, blank_form
from zaigang.claims.blanks.grounds import Ground, ground_of
from zaigang.claims.blanks.library import by_version, in_force, options
from zaigang.claims.blanks.periods import Period
from zaigang.claims.blanks.wording import TickLine, Words, words

__all__ = [
    "Answers",
    "BadBlank",
    "Band",
    "Blank",
    "BlankForm",
    "Facts",
    "Field",
    "Ground",
    "Option",
    "Period",
    "TickLine",
    "Words",
    "answers",
    "blank_form",
    "by_version",
    "facts_of",
    "ground_of",
    "in_force",
    "missing",
    "options",
    "prefill",
    "words",
]
