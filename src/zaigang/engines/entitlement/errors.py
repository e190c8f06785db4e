"""Named errors of the entitlement engine; each says what is wrong, where, and what to do about it."""


class EntitlementError(Exception):
    """One line for people. `where` is a field of the facts or a place in a parameter file."""

    def __init__(self, what: str, where: str = "", what_to_do: str = "") -> None:
        super().__init__(what, where, what_to_do)
        self.what, self.where, self.what_to_do = what, where, what_to_do

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        return f"{self.what}{place}。{self.what_to_do}"


class BadFacts(EntitlementError):
    """The facts contradict themselves or cannot be; nothing was decided."""


class BadParameters(EntitlementError):
    """A parameter file is not sound; nothing of it was loaded."""
