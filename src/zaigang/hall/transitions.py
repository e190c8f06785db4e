"""Which act leads from which state of a ticket to which. Whatever is not in the table is refused."""

from typing import NamedTuple

from zaigang.hall.enums import Act, TicketState


class Transition(NamedTuple):
    """`act` leads from any of `sources` to `target`."""

    act: Act
    sources: tuple[TicketState, ...]
    target: TicketState


TRANSITIONS = {
    one.act: one
    for one in (
        Transition(Act.CALL, (TicketState.WAITING,), TicketState.CALLED),
        Transition(Act.RECALL, (TicketState.CALLED,), TicketState.CALLED),
        Transition(Act.BEGIN, (TicketState.CALLED,), TicketState.SERVING),
        Transition(Act.FINISH, (TicketState.SERVING,), TicketState.DONE),
        Transition(Act.NO_SHOW, (TicketState.CALLED,), TicketState.NO_SHOW),
        Transition(Act.REQUEUE, (TicketState.NO_SHOW,), TicketState.WAITING),
        Transition(Act.TRANSFER, (TicketState.CALLED, TicketState.SERVING), TicketState.WAITING),
        Transition(Act.LEAVE, (TicketState.WAITING, TicketState.NO_SHOW), TicketState.LEFT),
        Transition(Act.IDENTIFY, (TicketState.CALLED, TicketState.SERVING), TicketState.SERVING),
    )
}
