from zaigang.foundation.errors import ZaigangError


class CannotRegister(ZaigangError):
    """Registration is refused: already registered, not unemployed yet, a life event, the clerk's own file."""


class NotAtTheWindow(ZaigangError):
    """The person does not stand at this clerk's window any more."""


class NotFilled(ZaigangError):
    """Required cells of a form are empty."""


class DecisionChanged(ZaigangError):
    """What is due is no longer what was shown on the check page."""


class ReasonMissing(ZaigangError):
    """A decision other than the proposed one needs a written reason."""


class NothingToPay(ZaigangError):
    """Benefit is to be granted for no month at all: the facts say that none is due, or not how many."""


class WrongSignature(ZaigangError):
    """A signature is not due, or not this person's to give."""


class NotDue(ZaigangError):
    """A payment cannot be released or stopped as asked."""


class LawRefused(ZaigangError):
    """A parameter file cannot be loaded, confirmed or withdrawn as asked."""


class NoSuchStep(ZaigangError):
    """What was asked for does not follow from where the claim stands."""


class EvidenceMissing(ZaigangError):
    """A step in the life of a claim needs a paper, a reason or the words of the person."""


class NeedsNewClaim(ZaigangError):
    """The new job lasted too long for the old claim to go on: unused months go into a new one."""
