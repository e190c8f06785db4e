from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Template(TextChoices):
    """What a message is about. Its words are in messages.yaml."""

    BEFORE_VISIT = "before_visit", _("来之前要带什么")
    PHONE_CODE = "phone_code", _("手机验证码")
    SLOT_CHOSEN = "slot_chosen", _("约好的时间")
    CLAIM_DECIDED = "claim_decided", _("申领结果")


class Channel(TextChoices):
    SMS = "sms", _("短信")
    LETTER = "letter", _("信")


class State(TextChoices):
    """`expired` is never written down: it follows from the clock (`queries.standing_at`)."""

    WAITING = "waiting", _("待发")
    HELD = "held", _("暂缓")
    SENT = "sent", _("已发")
    CANCELLED = "cancelled", _("已取消")
    EXPIRED = "expired", _("已过期")


#: States that somebody may still cancel.
PENDING = (State.WAITING, State.HELD)


class HoldReason(TextChoices):
    """Why a message is held: it is night (released by the clock), or the person wants none."""

    QUIET_HOURS = "quiet_hours", _("夜间免打扰")
    OPTED_OUT = "opted_out", _("本人拒收")


class Verb(TextChoices):
    """A message that is queued is a consequence of another act, which the ledger has; its end by hand is one."""

    CANCELLED = "outbox.cancelled", _("取消了一条待发消息")
