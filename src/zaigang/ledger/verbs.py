"""Every verb that may stand in the ledger, declared by the stage whose act it is."""

from django.db.models import TextChoices

_known: dict[str, TextChoices] = {}


def declare(choices: type[TextChoices]) -> None:
    """Called by a stage when it is loaded. Verbs are named `<stage>.<past participle>`."""
    _known.update({str(choice.value): choice for choice in choices})


def is_known(verb: str) -> bool:
    return verb in _known


def label(verb: str) -> str:
    """The verb in the reader's language; an unknown one (of a stage since removed) as it stands."""
    choice = _known.get(verb)
    return str(choice.label) if choice else verb
