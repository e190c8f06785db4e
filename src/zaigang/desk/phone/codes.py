"""Six digits to a phone of the roster: whoever reads them there may see the person's own page."""

import secrets
import unicodedata
import uuid
from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from zaigang.desk.models import MOST_TRIES, PhoneCode
from zaigang.foundation import clock
from zaigang.foundation.crypto import blind_index
from zaigang.outbox.actions import queue
from zaigang.outbox.enums import Template
from zaigang.outbox.models import Message
from zaigang.roster.models import Case

VALID = timedelta(minutes=10)


class Checked(StrEnum):
    """What became of a code that was typed in. `gone`: there is none that would still do."""

    RIGHT = "right"
    WRONG = "wrong"
    GONE = "gone"


@transaction.atomic
def send_code(*, case: Case, phone: str) -> PhoneCode:
    """Send a new code to `phone`; the one before ends. Raises `TooManyCodes` (then it stays) or `NoMobile`."""
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    case_codes = PhoneCode.objects.filter(case=case, current=True)
    case_codes.update(current=False)
    digits, now, pk = f"{secrets.randbelow(10**6):06d}", clock.now(), uuid.uuid4()
    code = PhoneCode.objects.create(
        id=pk, case=case, code_hash=_hash(pk, digits), made_at=now, expires_at=now + VALID
    )
    assert case.worker_id is not None
    queue(
        template=Template.PHONE_CODE, person=case.worker_id, case=case.pk, phone=phone, params={"code": digits},
        once=_once(code), office=case.closure.office, by=None,
    )  # fmt: skip
    return code


@transaction.atomic
def check_code(*, case: Case, typed: str) -> Checked:
    """Compare what was typed with the code that was sent last. A right one is used up, the fifth wrong one ends it."""
    code = PhoneCode.objects.select_for_update().filter(case=case, current=True).first()
    if code is None or clock.now() >= code.expires_at:
        return Checked.GONE
    mine = PhoneCode.objects.filter(pk=code.pk)
    if secrets.compare_digest(bytes(code.code_hash), _hash(code.pk, digits_of(typed))):
        mine.update(used_at=clock.now(), current=False)
        return Checked.RIGHT
    last = code.tries + 1 >= MOST_TRIES
    mine.update(tries=F("tries") + 1, current=not last)
    return Checked.GONE if last else Checked.WRONG


def digits_of(typed: str) -> str:
    """The digits as a phone's keyboard or a pasted message gives them: full-width ones too, without spaces."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", typed) if ch in "0123456789")


def waiting_code(case: Case) -> PhoneCode | None:
    """The code that would do now."""
    return PhoneCode.objects.filter(case=case, current=True, expires_at__gt=clock.now()).first()


def told_in_demo(code: PhoneCode) -> str:
    """The digits, for the served demo alone: nothing is sent there."""
    message = Message.objects.filter(once=_once(code)).first()
    return str(message.params["code"]) if message else ""


def _once(code: PhoneCode) -> str:
    return f"phone_code:{code.pk}"


def _hash(pk: uuid.UUID, digits: str) -> bytes:
    return blind_index(f"{pk}:{digits}", "phone code")
