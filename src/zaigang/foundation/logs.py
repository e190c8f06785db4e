"""What may reach a log."""

import logging
import re
import traceback

_DIGITS = re.compile(r"(?<![0-9A-Fa-f-])\d{11,}[Xx]?")
# PostgreSQL quotes the refused row and the statement's values in these lines.
_QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT|HINT|QUERY|STATEMENT):.*$", re.MULTILINE)


def without_people(text: str) -> str:
    """The text without what a database quotes of a row, and without numbers as long as a phone or identity number."""
    return _DIGITS.sub("***", _QUOTED_ROW.sub(r"\1: ***", text))


class WithoutPeople(logging.Filter):
    """Cleans messages and tracebacks before any handler writes them."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        cleaned = without_people(message)
        if cleaned != message:
            record.msg, record.args = cleaned, None
        if record.exc_info:
            record.exc_text = without_people("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return True
