from zaigang.foundation.errors import ZaigangError


class AlreadyImported(ZaigangError):
    """The file was imported in the meantime; its rows are on the repair list now."""


class NotWaiting(ZaigangError):
    """The row no longer waits for repair: somebody else was quicker."""


class CannotMerge(ZaigangError):
    """The two cannot become one person."""
