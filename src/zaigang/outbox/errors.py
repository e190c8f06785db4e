"""What can go wrong with a message, in words."""

from zaigang.foundation.errors import ZaigangError


class BadWording(ZaigangError):
    """The file of wordings cannot be trusted; says which entry and why."""


class NoMobile(ZaigangError):
    """There is no mobile number to send to."""


class TooManyCodes(ZaigangError):
    """This phone was sent all the codes that one gets in an hour."""


class CannotCancel(ZaigangError):
    """The message is no longer waiting."""
