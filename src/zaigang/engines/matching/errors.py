"""Named errors of the matching engine; each says what is wrong, where, and what to do about it."""


class MatchingError(Exception):
    """One line for people. `where` is a row or a name in the input."""

    def __init__(self, what: str, where: str = "", what_to_do: str = "") -> None:
        super().__init__(what, where, what_to_do)
        self.what, self.where, self.what_to_do = what, where, what_to_do

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        return f"{self.what}{place}。{self.what_to_do}"


class BadMarket(MatchingError):
    """The market contradicts itself or cannot be computed with; nothing was solved."""


class BadColumns(MatchingError):
    """The facts about workers or options cannot be computed with; nobody was looked at."""
