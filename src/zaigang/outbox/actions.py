"""The only ways to put a message in, hold it or take it back. Nothing here sends: a carrier will, later."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Office, Staff
from zaigang.outbox import wording
from zaigang.outbox.enums import PENDING, Channel, HoldReason, State, Template, Verb
from zaigang.outbox.errors import CannotCancel, NoMobile, TooManyCodes
from zaigang.outbox.limits import HOUR, codes_an_hour, open_from
from zaigang.outbox.models import Message, OptOut
from zaigang.outbox.phones import mobile, phone_index
from zaigang.outbox.queries import about, standing_at

#: So many messages are written by one statement: PostgreSQL takes 65,535 values in one.
CHUNK = 2500


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message to one person. `once` names what it is about ("before_visit:<case>"), without personal data."""

    template: str
    person: UUID
    once: str
    phone: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    case: UUID | None = None
    channel: str = Channel.SMS


@transaction.atomic
def queue(
    *,
    template: str,
    person: UUID,
    case: UUID | None,
    phone: str,
    params: Mapping[str, str],
    once: str,
    office: Office,
    by: Staff | None,
    channel: str = Channel.SMS,
) -> Message:
    """Put one message in; the one that is there already when `once` was used before.

    Raises `NoMobile`, `TooManyCodes`, and ValueError for params that are not those of the template.
    """
    new = NewMessage(template, person, once, phone, params, case, channel)
    message = _written(new, office, by, clock.now())
    if message is None:
        raise NoMobile("没有可以发短信的手机号", "", "请补上本人的手机号，或当面告诉本人")
    if template == Template.PHONE_CODE:
        _demand_few_codes(message)
    _insert([message])
    return Message.objects.select_related("office").get(once=once)


@transaction.atomic
def queue_many(messages: Iterable[NewMessage], *, office: Office, by: Staff | None) -> Counter[str]:
    """Put many in, in a constant number of queries for every 2,500; all or none.

    Counts each once: `queued` (may go), `held` (kept back: at night, or refused), `already` (`once` was used
    before), `no_phone` (not written). Raises ValueError for codes, which are asked for one at a time.
    """
    listed = list(messages)
    if any(new.template == Template.PHONE_CODE for new in listed):
        raise ValueError("codes are queued one at a time")
    moment = clock.now()
    written = [m for new in listed if (m := _written(new, office, by, moment)) is not None]
    counts = Counter(queued=0, held=0, already=0, no_phone=len(listed) - len(written))
    # One order for everybody rules out that two programs wait for each other's keys.
    written.sort(key=lambda message: message.once)
    for start in range(0, len(written), CHUNK):
        chunk = written[start : start + CHUNK]
        _insert(chunk)
        inserted = Message.objects.filter(pk__in=[message.pk for message in chunk]).order_by()
        states = inserted.values_list("state", flat=True)
        kept = Counter("held" if state == State.HELD else "queued" for state in states)
        counts.update({**kept, "already": len(chunk) - kept.total()})
    return counts


def _written(new: NewMessage, office: Office, by: Staff | None, moment: datetime) -> Message | None:
    """The message as it will lie there, opt-outs apart; None when there is no number to send it to."""
    wording.check_params(new.template, new.params)
    words = wording.current(new.template)
    number = mobile(new.phone)
    if new.channel == Channel.SMS and not number:
        return None
    at_once = words.urgent or new.channel != Channel.SMS
    opens = moment if at_once else open_from(moment)
    return Message(
        office=office,
        person=new.person,
        case=new.case,
        channel=new.channel,
        template=words.code,
        template_version=words.version,
        params=dict(new.params),
        phone=number or None,
        phone_index=phone_index(number) if number else None,
        once=new.once,
        not_before=opens,
        expires_at=opens + timedelta(minutes=words.expires_minutes),
        made_at=moment,
        made_by=by,
        **_standing(HoldReason.QUIET_HOURS if opens > moment else ""),
    )


def _standing(reason: str) -> dict[str, str]:
    return {"state": State.HELD if reason else State.WAITING, "hold_reason": reason}


def _insert(messages: Sequence[Message]) -> None:
    """Write those whose `once` is new; two programs with the same one agree in the database."""
    asking = {m.phone_index for m in messages if _may_be_refused(m.template, m.channel)}
    refused: set[bytes] = set()
    if asking:
        found = OptOut.objects.filter(phone_index__in=asking, lifted_at__isnull=True)
        refused = {bytes(index) for index in found.values_list("phone_index", flat=True)}
    for message in messages:
        if message.phone_index in refused and _may_be_refused(message.template, message.channel):
            message.state, message.hold_reason = State.HELD, HoldReason.OPTED_OUT
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def _may_be_refused(template: str, channel: str) -> bool:
    return channel == Channel.SMS and not wording.current(template).urgent


def _demand_few_codes(message: Message) -> None:
    with connection.cursor() as cursor:
        # Two requests at once would each find room for the last code.
        lock = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))"
        cursor.execute(lock, [bytes(message.phone_index or b"").hex()])
    codes = Message.objects.filter(phone_index=message.phone_index, template=Template.PHONE_CODE)
    since = message.made_at - HOUR
    made = list(
        codes.filter(made_at__gt=since)
        .exclude(once=message.once)
        .order_by("made_at")
        .values_list("made_at", flat=True)
    )
    if len(made) >= codes_an_hour():
        free = (made[-codes_an_hour()] + HOUR).astimezone(clock.ZONE)
        raise TooManyCodes(
            "这个手机号一小时内取的验证码太多", "", f"请在 {free:%H:%M} 以后再取，或到窗口请工作人员办理"
        )


@transaction.atomic
def refuse(phone: str) -> OptOut:
    """The owner of the phone wants no messages: what waits is held, what comes will be. Raises `NoMobile`."""
    index, moment = _index(phone), clock.now()
    refusal = {"at": moment, "lifted_at": None}
    opt_out, _made = OptOut.objects.update_or_create(phone_index=index, defaults=refusal)
    urgent = [code for code in Template.values if not _may_be_refused(code, Channel.SMS)]
    pending = Message.objects.filter(phone_index=index, channel=Channel.SMS, state__in=PENDING)
    pending.exclude(template__in=urgent).update(state=State.HELD, hold_reason=HoldReason.OPTED_OUT)
    return opt_out


@transaction.atomic
def allow(phone: str) -> None:
    """The owner wants messages again: what was held for that and is not too old may go. Raises `NoMobile`."""
    index, moment = _index(phone), clock.now()
    OptOut.objects.filter(phone_index=index, lifted_at__isnull=True).update(lifted_at=moment)
    opens = open_from(moment)
    held = Message.objects.filter(phone_index=index, hold_reason=HoldReason.OPTED_OUT, expires_at__gt=opens)
    held.update(not_before=opens, **_standing(HoldReason.QUIET_HOURS if opens > moment else ""))


def _index(phone: str) -> bytes:
    number = mobile(phone)
    if not number:
        raise NoMobile("这不是手机号", "", "请写11位手机号")
    return phone_index(number)


@transaction.atomic
def take_back(once: str, *, by: Staff) -> int:
    """Cancel what is not true any more and has not gone out: the message with this key, and those whose key goes on
    after it with a colon. Gives how many.
    """
    taken = 0
    for message in about(once).filter(state__in=PENDING).order_by("once"):
        with suppress(CannotCancel):  # it went out, or grew too old, at this moment
            cancel(message, by=by)
            taken += 1
    return taken


@transaction.atomic
def cancel(message: Message, *, by: Staff) -> Message:
    """Take back a message that waits or is held. Raises `CannotCancel` when it is too late for that."""
    found = Message.objects.select_for_update(of=("self",)).select_related("office").get(pk=message.pk)
    now = Message.objects.filter(pk=found.pk).values_list(standing_at(clock.now()), flat=True).get()
    if now not in PENDING:
        raise CannotCancel(f"这条消息{State(now).label}，不能取消", "", "请回到待发消息看最新的状态")
    found.state, found.hold_reason = State.CANCELLED, ""
    found.save(update_fields=["state", "hold_reason"])
    if found.case is not None:
        facts = {"template": found.template, "message": str(found.pk)}
        record(NewEntry(Verb.CANCELLED, found.case, facts=facts), by=by, office=found.office_id)
    return found
