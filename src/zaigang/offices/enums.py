from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfficeKind(TextChoices):
    DISTRICT = "district", _("区")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")


class Role(TextChoices):
    CLERK = "clerk", _("窗口经办")
    OFFICER = "officer", _("协理员")
    COUNSELLOR = "counsellor", _("心理疏导员")
    TRAINER = "trainer", _("培训专员")
    PLACEMENT_OFFICER = "placement_officer", _("就业专员")
    STEWARD = "steward", _("创业管家")
    DIRECTOR = "director", _("主任")
    DISTRICT_VIEWER = "district_viewer", _("区级查看")
    AUDITOR = "auditor", _("审计")


class Verb(TextChoices):
    POSTED = "offices.posted", _("派到岗位")
    POSTING_ENDED = "offices.posting_ended", _("离开岗位")
    IDENTITY_NOTED = "offices.identity_noted", _("登记本人身份证号")
