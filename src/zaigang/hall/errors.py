from zaigang.foundation.errors import ZaigangError


class HallClosed(ZaigangError):
    """There is no open service day, or the doors are closed."""


class NobodyWaiting(ZaigangError):
    """Nobody waits whom this window serves."""


class WrongState(ZaigangError):
    """The ticket is not where the act begins: somebody else was quicker, or the button was pressed twice."""


class NotYourWindow(ZaigangError):
    """The person sits at no open window of this day, or at another."""


class NotReady(ZaigangError):
    """The day cannot be opened or ended yet."""


class SlotFull(ZaigangError):
    """The slot was taken by others in the meantime."""
