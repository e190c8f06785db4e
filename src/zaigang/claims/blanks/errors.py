from zaigang.foundation.errors import ZaigangError


class BadBlank(ZaigangError):
    """A definition of a form, or a code list, that cannot be used; or one that nobody has written."""
