"""The matrix of permissions and roles, in words."""

from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zaigang.offices.enums import Role
from zaigang.offices.permissions import granted

WORDS: dict[str, str | Promise] = {
    "claims.approve": _("审批申领"),
    "claims.check": _("复核、退回申领"),
    "claims.confirm_law": _("确认规定，开始施行"),
    "claims.decide": _("重新测算、录入核定月数"),
    "claims.load_law": _("载入、撤回规定"),
    "claims.pay": _("放行、做名册、停发"),
    "claims.register": _("失业登记、受理申领"),
    "claims.see_law": _("看规定和规定的变化"),
    "claims.view": _("看测算结果和申领"),
    "claims.view_forecast": _("看发放预测"),
    "claims.view_payments": _("看发放和名册"),
    "desk.before_visit": _("通知来办、替人约时间"),
    "desk.see_wage": _("看工资"),
    "desk.view_home": _("看首页"),
    "desk.view_permissions": _("看权限和人员"),
    "desk.view_reads": _("看谁查过谁"),
    "hall.guide": _("导办：取号、离开、重新排上"),
    "hall.run_day": _("开门收工、排窗口、放预约"),
    "hall.serve": _("坐窗口叫号"),
    "hall.view": _("看大厅"),
    "outbox.cancel": _("取消待发消息"),
    "outbox.view": _("看待发消息"),
    "outcomes.view_funnel": _("看人数"),
    "roster.import": _("导入花名册"),
    "roster.merge": _("认定同一人"),
    "roster.note_life_event": _("记下去世、领养老金"),
    "roster.open_closure": _("登记关停分流"),
    "roster.repair": _("补正花名册"),
    "roster.reveal": _("看完整号码（要写原因）"),
    "roster.see_names": _("看完整姓名"),
    "roster.view_calendar": _("看关停日历"),
    "roster.view_people": _("看人员名单和个人页"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """One permission: its name in the code, in words, and per role, in the order of Role, whether it is held."""

    name: str
    words: str | Promise
    holders: list[bool]


def matrix() -> list[tuple[str, list[Right]]]:
    """Stage in words -> its permissions."""
    rights = [
        Right(name, WORDS.get(name, name), [role in roles for role in Role.values])
        for name, roles in sorted(granted().items())
    ]
    by_stage = groupby(rights, key=lambda right: right.name.partition(".")[0])
    return [(str(apps.get_app_config(stage).verbose_name), list(group)) for stage, group in by_stage]
