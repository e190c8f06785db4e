"""The one error of reading: a file that cannot be taken at all."""


class UnreadableRoster(Exception):
    """The file cannot be read as a roster. The three texts are for the person who chose the file.

    `what` is wrong, `where` (file, sheet or cells), and `what_to_do` about it.
    """

    def __init__(self, what: str, where: str, what_to_do: str) -> None:
        super().__init__(f"{what}（{where}）{what_to_do}")
        self.what = what
        self.where = where
        self.what_to_do = what_to_do
