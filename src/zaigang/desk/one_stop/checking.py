"""The check page: both forms in words, numbers masked, each card with a way back."""

from dataclasses import dataclass

from zaigang.claims.blanks import Field, Period, TickLine, Words, by_version, words
from zaigang.claims.models import Draft
from zaigang.desk.one_stop.visit import REGISTRATION
from zaigang.look.components import SummaryRow
from zaigang.look.formats import bank_tail, id_tail
from zaigang.roster.models import Case

#: Cells that are shown by their last four alone: the screen may be turned to the worker.
_MASKS = {"id_number": id_tail, "bank_account": bank_tail}


@dataclass(frozen=True, slots=True)
class Card:
    """One titled card of the check page."""

    title: str
    rows: list[SummaryRow]


def check_cards(draft: Draft, case: Case) -> list[Card]:
    """The answers of both forms; what is empty and was not asked for is left out."""
    return [card for name in ("registration", "claim") for card in _cards(draft, name)]


def _cards(draft: Draft, name: str) -> list[Card]:
    code, _at, version = draft.answers["blanks"][name].partition("@")
    blank = by_version(code, version)
    answers = dict(draft.answers[name])
    for cell, mask in _MASKS.items():
        if answers.get(cell):
            answers[cell] = mask(str(answers[cell]))
    asked = {field.label: field for field in blank.fields}
    told = {field.label for field in blank.fields if _said_before(field)} if name == "claim" else set()
    cards = []
    for title, rows in words(blank, answers):
        shown = [
            SummaryRow(label, plain(said))
            for label, said in rows
            if label not in told and (plain(said) or (label in asked and asked[label].required))
        ]
        if shown:
            cards.append(Card(f"{blank.title} · {title}", shown))
    return cards


def _said_before(field: Field) -> bool:
    """Whether the registration's card above says it already."""
    return field.source.startswith(f"{REGISTRATION}.") or (
        field.ask == "shown" and field.source.startswith("worker.")
    )


def plain(said: Words) -> str:
    """One line of text: what is chosen, or the periods one after another."""
    if isinstance(said, str):
        return said
    parts = []
    for one in said:
        if isinstance(one, TickLine):
            parts += [one.label] if one.chosen else []
        elif isinstance(one, Period):
            parts.append(_period(one))
    return "、".join(parts)


def _period(period: Period) -> str:
    ends = "—".join(str(end) for end in (period.first, period.last) if end)
    return f"{period.employer}（{ends}）" if ends else period.employer
