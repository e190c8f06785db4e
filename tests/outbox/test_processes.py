"""Two programs at once: real processes on the real database."""

import pytest
from django.db import connection, transaction

from tests.cast import make_cast
from tests.outbox.conftest import PHONE
from tests.processes import answer_of, run_beside, wait_until, waiting_for_a_lock
from zaigang.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = """
import json
from uuid import UUID
from zaigang.offices.models import Office
from zaigang.outbox.actions import NewMessage, queue_many
params = {"office": "北街", "papers": "身份证", "link": "http://localhost/s/abc/"}
keys = [f"before_visit:{n}" for n in range(40)]
asked = [NewMessage("before_visit", UUID(int=1), key, "13800001234", params) for key in keys[::int(sys.argv[1])]]
print(json.dumps(queue_many(asked, office=Office.objects.get(name="北街"), by=None)))
"""
CODE = """
import json
from uuid import UUID
from zaigang.offices.models import Office
from zaigang.outbox.actions import queue
from zaigang.outbox.errors import TooManyCodes
try:
    queue(template="phone_code", person=UUID(int=1), case=None, phone="13800001234", params={"code": "470915"},
        once=sys.argv[1], office=Office.objects.get(name="北街"), by=None)
    print("true")
except TooManyCodes:
    print("false")
"""


def test_two_that_queue_the_same_in_opposite_order_make_each_once() -> None:
    make_cast()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outbox_message IN SHARE MODE")
        programs = [run_beside(QUEUE, order) for order in ("1", "-1")]
        wait_until(lambda: waiting_for_a_lock() == 2, *programs)
    answers = [answer_of(program) for program in programs]
    assert sorted(answer["queued"] for answer in answers) == [0, 40]
    assert sorted(answer["already"] for answer in answers) == [0, 40]
    assert Message.objects.count() == 40


def test_four_requests_at_once_get_three_codes() -> None:
    make_cast()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outbox_message IN ACCESS EXCLUSIVE MODE")
        programs = [run_beside(CODE, f"code:{n}") for n in range(4)]
        wait_until(lambda: waiting_for_a_lock() == 4, *programs)
    assert sorted(answer_of(program) for program in programs) == [False, True, True, True]
    assert {message.phone for message in Message.objects.all()} == {PHONE}
    assert Message.objects.count() == 3
