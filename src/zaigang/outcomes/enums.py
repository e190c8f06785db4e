from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a person stands. States exclude one another; the order is the funnel's."""

    AWAITING_REPAIR = "awaiting_repair", _("待补正")
    NOT_REACHED = "not_reached", _("还没联系上")
    REGISTERED = "registered", _("已失业登记")
    CLAIMING = "claiming", _("在领失业保险金")
    IN_PLAN = "in_plan", _("有帮扶方案")
    IN_TRAINING = "in_training", _("在培训")
    EMPLOYED = "employed", _("已就业")
    SELF_EMPLOYED = "self_employed", _("已创业")
    MOVED_WITHIN_GROUP = "moved_within_group", _("集团内转岗")
    INTERNALLY_RETIRED = "internally_retired", _("内部退养")
    RETIRED = "retired", _("已退休")
    LEFT_LABOUR_FORCE = "left_labour_force", _("不再就业")
    LEFT_AREA = "left_area", _("去了外地")


#: What a row can be besides a person in a state.
DUPLICATE, WITHDRAWN = "duplicate", "withdrawn"
