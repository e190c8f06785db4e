"""Messages of the north street, put in through the real actions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast
from zaigang.outbox.actions import NewMessage, queue
from zaigang.outbox.enums import Template
from zaigang.outbox.models import Message

PHONE = "13800001234"
PERSON, CASE = UUID(int=1), UUID(int=2)
LINK = "http://localhost/s/abc/"
PARAMS: dict[str, dict[str, str]] = {
    Template.BEFORE_VISIT: {"office": "北街", "papers": "身份证、解除合同证明", "link": LINK},
    Template.PHONE_CODE: {"code": "470915"},
    Template.SLOT_CHOSEN: {"office": "北街", "when": "1月13日9:20", "link": LINK},
    Template.CLAIM_DECIDED: {"office": "北街", "kind": "first", "result": "at_most", "months": "24"},
}


def new(template: str = Template.BEFORE_VISIT, once: str = "", **fields: Any) -> NewMessage:
    """A message with good params; without `once` one that was never asked for before."""
    given = {"person": PERSON, "phone": PHONE, "params": PARAMS[template], "case": CASE, **fields}
    return NewMessage(template=template, once=once or str(uuid4()), **given)


@pytest.fixture
def put(cast: Cast) -> Callable[..., Message]:
    """`put(template, once=…, phone=…)` queues one message of the north street."""

    def put(template: str = Template.BEFORE_VISIT, once: str = "", **fields: Any) -> Message:
        asked = new(template, once, **fields)
        return queue(
            template=asked.template,
            person=asked.person,
            case=asked.case,
            phone=asked.phone,
            params=asked.params,
            once=asked.once,
            channel=asked.channel,
            office=cast.north,
            by=cast.clerk,
        )

    return put
