from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Eligible(TextChoices):
    """The answer to "am I due unemployment benefit". No answer is final: a person decides."""

    YES = "yes", _("可以领取")
    NO = "no", _("这次还不能领取")
    UNDECIDED = "undecided", _("还不能决定")


class Confidence(TextChoices):
    """How well a value of the law is known."""

    VERIFIED = "verified", _("已核实")
    INFERRED = "inferred", _("推断")
    UNVERIFIED = "unverified", _("未核实")
    MISSING = "missing", _("缺")


class Verb(TextChoices):
    FIRST_DECIDED = "claims.first_decided", _("首次测算")
    FACTS_FIXED = "claims.facts_fixed", _("录入经办机构核定的月数")
