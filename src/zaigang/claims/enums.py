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


class Obstacle(TextChoices):
    """Codes of the engine's reasons that stand between a person and a yes, in few words for lists."""

    FACTS_NOT_USABLE = "facts_not_usable", _("资料互相矛盾")
    CONTRIBUTED_TOO_LITTLE = "contributed_too_little", _("缴费不满1年")
    CONTRIBUTIONS_UNKNOWN = "contributions_unknown", _("缴费月数不清楚")
    VOLUNTARY = "voluntary", _("本人要求离开")
    ENDING_FOR_PERSON = "ending_for_person", _("终止原因要人判断")
    ENDING_UNKNOWN = "ending_unknown", _("终止原因不清楚")
    LEFT_UNKNOWN = "left_unknown", _("合同最后一天不清楚")
    REGISTRATION_UNKNOWN = "registration_unknown", _("登记日期不清楚")
    CLAIMED_LATE = "claimed_late", _("超过申领时限")
    WINDOW_MISSING = "window_missing", _("申领时限没有查到")
    ABOVE_AGE = "above_age_for_person", _("已到退休年龄")
    CATEGORY_MATTERS = "category_matters", _("退休类别不清楚")
    BORN_UNKNOWN = "born_unknown", _("出生日期不清楚")
    DRAWS_PENSION = "draws_pension", _("已领养老金")
    STOPPED_BEFORE = "stopped_before", _("已经停领")
    STOPPED_FOR_PERSON = "stopped_before_for_person", _("是否停领要人判断")
    RULE_MISSING = "rule_missing", _("当地规定没有查到")


class Verb(TextChoices):
    FIRST_DECIDED = "claims.first_decided", _("首次测算")
    FACTS_FIXED = "claims.facts_fixed", _("录入经办机构核定的月数")
