"""Before the visit: who has not come yet, what each will miss, and the message that says so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zaigang.claims.models import Registration
from zaigang.claims.papers import Paper, papers_of
from zaigang.desk.enums import Contact, Lack
from zaigang.desk.permissions import BEFORE_VISIT
from zaigang.desk.phone.links import Link, path_of
from zaigang.desk.phone.slots import Absolute, to_bring
from zaigang.foundation import clock
from zaigang.hall.models import Booking
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand
from zaigang.outbox import wording
from zaigang.outbox.actions import NewMessage, queue_many
from zaigang.outbox.enums import State, Template
from zaigang.outbox.models import Message
from zaigang.outbox.queries import standing_at
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, Closure
from zaigang.roster.people import mobiles_of


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who has not registered yet. `told` is the state of the message to them, empty without one."""

    case: Case
    papers: Sequence[Paper]
    mobile: str
    told: str
    booking: Booking | None

    @property
    def lacks(self) -> list[Lack]:
        """What the roster does not say of them; `NOTHING` when it says everything."""
        return [Lack(paper.code) for paper in self.papers if paper.ask] or [Lack.NOTHING]

    @property
    def told_words(self) -> str:
        return str(State(self.told).label) if self.told else ""

    @property
    def to_be_told(self) -> bool:
        """Whether a message would go out now."""
        return bool(self.mobile) and not self.told

    def stands_at(self, contact: str) -> bool:
        """Whether the person belongs to this group."""
        return {
            Contact.NO_PHONE: not self.mobile,
            Contact.NOT_TOLD: not self.told,
            Contact.TOLD: bool(self.told),
            Contact.NOT_BOOKED: self.booking is None,
            Contact.BOOKED: self.booking is not None,
        }[Contact(contact)]


def expected_people(closure: Closure) -> list[Expected]:
    """Everybody of a closure who is not registered, in the roster's order; three queries. Needs the office."""
    cases = list(_unregistered(closure))
    for case in cases:
        case.closure = closure
    papers = papers_of(cases, clock.today())
    told, booked = _told(closure), _booked(closure)
    return [
        Expected(
            case,
            papers[case.pk],
            next(iter(mobiles_of(case)), ""),
            told.get(case.pk, ""),
            booked.get(case.pk),
        )
        for case in cases
    ]


def _unregistered(closure: Closure) -> Iterable[Case]:
    registered = Registration.objects.filter(current=True).values("worker")
    waiting = closure.cases.filter(state=CaseState.NOT_REACHED).exclude(worker__in=registered)
    # The identity number is not needed here, and to open 1,400 of them takes time.
    return waiting.select_related("worker").defer("worker__id_number").order_by("number")


def _told(closure: Closure) -> dict[UUID, str]:
    """Case -> state of the message in today's words."""
    sent = Message.objects.filter(
        office=closure.office_id, template=Template.BEFORE_VISIT, template_version=_version(),
        once__startswith=f"before_visit:{closure.pk}:",
    )  # fmt: skip
    return dict(sent.order_by().values_list("case", standing_at(clock.now())))


def _booked(closure: Closure) -> dict[UUID, Booking]:
    held = Booking.objects.filter(
        case__closure=closure, given_back_at__isnull=True, slot__day__gte=clock.today()
    )
    return {booking.case_id: booking for booking in held.select_related("slot").order_by()}


def chosen(people: Iterable[Expected], *, lack: str = "", contact: str = "") -> list[Expected]:
    """Those who miss `lack` and stand at `contact`; of an empty one all."""
    return [
        one for one in people if (not lack or lack in one.lacks) and (not contact or one.stands_at(contact))
    ]


def by_lack(people: Iterable[Expected]) -> list[tuple[Lack, int]]:
    """What is missing and for how many people, in the order of `Lack`; somebody who misses two things counts twice."""
    counts = Counter(lack for one in people for lack in one.lacks)
    return [(lack, counts[lack]) for lack in Lack]


def by_contact(people: Sequence[Expected]) -> list[tuple[Contact, int]]:
    """How many people stand where."""
    return [(contact, sum(one.stands_at(contact) for one in people)) for contact in Contact]


@transaction.atomic
def notify(*, closure: Closure, people: Iterable[Expected], absolute: Absolute, by: Staff) -> Counter[str]:
    """Put a message for each of these people into the outbox; nobody gets a second one in the same words.

    Counts as `queue_many` does: queued, held, already, no_phone. `absolute` turns an address of this server into one
    for a message. Raises `PermissionDenied`.
    """
    demand(by, BEFORE_VISIT, closure.office)
    version = _version()
    new = [_message(closure, one, version, absolute) for one in people]
    return queue_many(new, office=closure.office, by=by)


def _message(closure: Closure, one: Expected, version: int, absolute: Absolute) -> NewMessage:
    case = one.case
    assert case.worker_id is not None
    return NewMessage(
        Template.BEFORE_VISIT, case.worker_id, f"before_visit:{closure.pk}:{case.pk}:{version}", one.mobile,
        {
            "office": closure.office.name, "papers": "、".join(to_bring(one.papers)),
            "link": absolute(path_of(Link.SLOT, case.pk)),
        },
        case.pk,
    )  # fmt: skip


def _version() -> int:
    return wording.current(Template.BEFORE_VISIT).version
