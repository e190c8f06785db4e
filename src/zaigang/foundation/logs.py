"""What may reach a log."""

import logging
import re

_DIGITS = re.compile(r"(?<![0-9A-Fa-f-])\d{11,}[Xx]?")


class WithoutPeople(logging.Filter):
    """Blanks runs of digits as long as a phone, identity or bank number, in messages and in tracebacks' last line."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        cleaned = _DIGITS.sub("***", message)
        if cleaned != message:
            record.msg, record.args = cleaned, None
        return True
