from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DayState(TextChoices):
    """A service day. `doors_closed`: nobody new is let in, and everybody inside is served."""

    PREPARING = "preparing", _("准备开门")
    OPEN = "open", _("开门")
    DOORS_CLOSED = "doors_closed", _("不再放号，把在场的人办完")
    CLOSED = "closed", _("已收工")


class Series(TextChoices):
    """The letter before a number. The green channel is for people of a closure."""

    ORDINARY = "A", _("普通")
    GREEN = "G", _("绿色通道")


class Service(TextChoices):
    """What somebody has come for, as the kiosk asks."""

    ONE_STOP = "one_stop", _("失业登记和领失业金，一次办")
    BENEFIT = "benefit", _("失业保险金")
    JOBS = "jobs", _("找工作")
    TRAINING = "training", _("培训、创业")
    HELP = "help", _("不清楚，请人帮我")


class WindowState(TextChoices):
    OPEN = "open", _("在办")
    PAUSED = "paused", _("暂停")
    CLOSED = "closed", _("关闭")


class TicketState(TextChoices):
    WAITING = "waiting", _("等候")
    CALLED = "called", _("已叫号")
    SERVING = "serving", _("办理中")
    DONE = "done", _("已办结")
    NO_SHOW = "no_show", _("过号")
    LEFT = "left", _("自己离开")


class Act(TextChoices):
    """What happens to a ticket; the verbs of the hall's own event table."""

    TAKE = "take", _("取号")
    CALL = "call", _("叫号")
    RECALL = "recall", _("重呼")
    BEGIN = "begin", _("开始办理")
    FINISH = "finish", _("办结")
    NO_SHOW = "no_show", _("过号")
    REQUEUE = "requeue", _("过号后重新排上")
    TRANSFER = "transfer", _("转到别的窗口")
    LEAVE = "leave", _("自己离开")
    IDENTIFY = "identify", _("找到是谁")


class Verb(TextChoices):
    """What the ledger hears of, when a ticket belongs to a case."""

    TICKET_TAKEN = "hall.ticket_taken", _("取号")
    SERVED = "hall.served", _("在窗口办结")
    NO_SHOW = "hall.no_show", _("叫号没有到")
    SLOT_CHOSEN = "hall.slot_chosen", _("约好了来的时间")
    SLOT_GIVEN_BACK = "hall.slot_given_back", _("取消了约好的时间")
