"""A paper form as one version defines it. Texts are in the language that was active when it was fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "line", "code", "codes", "date", "tick", "months", "money", "phone", "bank", "periods"]
Ask = Literal["confirm", "ask", "shown"]
PrintAs = Literal["plain", "ticks", "month", "capitals", "hidden"]
Mark = Literal["A", "B", "C"]

#: What a tick is called in answers of other fields' conditions, and in what a page sends.
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Option:
    """One item of a code list. `also`: other words for it, as rosters write them."""

    code: str
    label: str
    note: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the form.

    `options` are on offer on the day; `former` are items of the same list that are not, for records that hold them.
    `source` is the dotted name of the fact that fills it ("" = it must be asked). `ask`: "confirm" what is known,
    "ask" anew, or only "shown". `required_when`: another field, and the codes of it that make this one required
    ("yes" and "no" for a tick). `text` has several lines, `line` has one.
    """

    code: str
    data_element: str
    label: str
    kind: Kind
    options: tuple[Option, ...]
    former: tuple[Option, ...]
    required: bool
    required_when: tuple[str, tuple[str, ...]] | None
    source: str
    ask: Ask
    help: str
    max_length: int | None
    not_after_today: bool
    print_as: PrintAs

    def option(self, code: str) -> Option:
        """The item of a code. One that no list has is shown as it is."""
        found = [one for one in (*self.options, *self.former) if one.code == code]
        return found[0] if found else Option(code, code)


@dataclass(frozen=True, slots=True)
class Band:
    """A titled part of the form. `signed`: the declaration and the applicant's signature follow it."""

    title: str
    fields: tuple[Field, ...]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """One version of a form: in force in `territory` (CN or leading digits of a district) from `starts` to `ends`.

    `declaration` is the exact Chinese wording that is signed; `declaration_help` is it in the reader's language.
    `mark` says how well the form is known: A read, B read elsewhere, C from memory.
    """

    code: str
    version: str
    territory: str
    starts: date
    ends: date | None
    title: str
    bands: tuple[Band, ...]
    declaration: str
    declaration_help: str
    signatures: tuple[str, ...]
    copies: int
    mark: Mark
    sources: tuple[str, ...]

    @property
    def key(self) -> str:
        """`code@version`, which a record keeps."""
        return f"{self.code}@{self.version}"

    @property
    def fields(self) -> Iterator[Field]:
        return (field for band in self.bands for field in band.fields)
