"""The one base class of errors that are meant for people."""


class ZaigangError(Exception):
    """Something a person did cannot be done; says what, where and what to do.

    `str()` of it is one line that may be shown on a page or printed on stderr: it never holds personal data.
    """

    def __init__(self, what: str, where: str = "", what_to_do: str = "") -> None:
        super().__init__(what, where, what_to_do)
        self.what, self.where, self.what_to_do = what, where, what_to_do

    def __str__(self) -> str:
        place = f"（{self.where}）" if self.where else ""
        return f"{self.what}{place}。{self.what_to_do}".replace("。。", "。")
