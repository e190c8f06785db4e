from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Number(TextChoices):
    """A whole number that is shown only when asked for."""

    ID_NUMBER = "id_number", _("身份证号")
    BANK_ACCOUNT = "bank_account", _("银行账号")


class Reason(TextChoices):
    """What a whole number is needed for. The code stands in the read log."""

    VERIFY_IDENTITY = "verify_identity", _("核对本人身份")
    FILL_FORM = "fill_form", _("填写申请材料")
    CHECK_WITH_AGENCY = "check_with_agency", _("与社保经办机构核对")
    CHECK_ACCOUNT = "check_account", _("核对收款账号")
    AUDIT = "audit", _("审计检查")


class Page(TextChoices):
    """Pages whose reading is recorded, here and in the stages below."""

    CASE = "desk.case", _("个人页")
    REVEAL = "desk.reveal", _("显示完整号码")
    DECISION = "claims:decision", _("测算结果")
    CLAIM = "claims:claim", _("失业保险金申领")
    LIST = "claims:list", _("发放名册，号码完整")
    REPAIR = "roster.repair", _("补正一行")
    ROW = "roster.row", _("花名册的一行")
    ONE_STOP = "desk.one_stop", _("一站式窗口")
    PRINT = "desk.print", _("打印登记凭证和受理回执")


class Lack(TextChoices):
    """What the roster does not say of somebody, by the code of `claims.papers`; in few words, for lists."""

    PHONE = "phone", _("电话")
    BANK = "bank", _("银行账号")
    MONTHS = "months", _("缴费月数")
    DEEMED = "deemed", _("视同缴费月数")
    GROUND = "ground", _("终止原因")
    TRADE = "trade", _("工种")
    STAFF_CATEGORY = "staff_category", _("干部还是工人")
    NOTHING = "nothing", _("什么都不缺")


class Contact(TextChoices):
    """How far the office is with somebody before they come."""

    NO_PHONE = "no_phone", _("没有电话")
    NOT_TOLD = "not_told", _("还没通知")
    TOLD = "told", _("已通知")
    NOT_BOOKED = "not_booked", _("还没约")
    BOOKED = "booked", _("已约")
