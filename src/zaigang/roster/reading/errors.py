"""The one error of reading: a file that cannot be taken at all."""

from zaigang.foundation.errors import ZaigangError


class UnreadableRoster(ZaigangError):
    """The file cannot be read as a roster. The three texts are for the person who chose the file.

    `what` is wrong, `where` (file, sheet or cells), and `what_to_do` about it.
    """
