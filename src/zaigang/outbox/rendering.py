"""A message as its reader gets it, and what it costs to send."""

from django.conf import settings

from zaigang.outbox.enums import Template
from zaigang.outbox.models import Message
from zaigang.outbox.wording import at_version

#: Characters of one Chinese SMS; a longer text is cut into parts, each with a header of three characters.
ALONE, A_PART = 70, 67


def text_of(message: Message, language: str = "zh") -> str:
    """The words of the message (zh or en), in the version it was made with."""
    return at_version(message.template, message.template_version).text(message.params, language)


def shown_text(message: Message, language: str = "zh") -> str:
    """The same for a page of the office: a code opens a person's own page, so only the demo shows it."""
    wording = at_version(message.template, message.template_version)
    hidden = {"code": "******"} if message.template == Template.PHONE_CODE and not settings.DEMO else {}
    return wording.text({**message.params, **hidden}, language)


def segments(text: str) -> int:
    """How many SMS a text is; a rare character (𠮷) takes the room of two."""
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= ALONE else -(-length // A_PART)
