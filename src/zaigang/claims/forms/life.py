"""Forms of the life of a claim: each asks for the day, the ground and the paper of one act."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import AppealAbout, OfferKind, Repaying, StopReason, SuspendReason

_DATE = {"type": "date"}
_LINE = {"autocomplete": "off"}
_WORDS = {"rows": "3"}
#: A refused offer is judged by two people, on a page of its own.
STOPS = [one for one in StopReason.choices if one[0] != StopReason.REFUSED_WORK]


def _day(label: Any, help_text: Any = "", missing: Any = "") -> forms.DateField:
    messages = {"required": missing or _("请选日期"), "invalid": _("请写成 2016-03-01 的样子")}
    widget = forms.DateInput(attrs=_DATE, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, error_messages=messages)


def _text(label: Any, missing: Any, help_text: Any = "", *, long: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs=_WORDS) if long else forms.TextInput(attrs=_LINE)
    messages = {"required": missing, "max_length": _("最多写 %(limit_value)d 个字")}
    return forms.CharField(
        label=label,
        max_length=500 if long else 300,
        help_text=help_text,
        widget=widget,
        error_messages=messages,
    )


def _choice(label: Any, choices: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("请选一项")), *choices], error_messages={"required": missing}
    )


class ActForm(forms.Form):
    """The forms look alike: the browser's own complaints would hide ours."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        # Several of them stand on one page.
        auto_id = f"{type(self).__name__.lower()}_%s"
        super().__init__(data, initial=initial, auto_id=auto_id, use_required_attribute=False)


class StopForm(ActForm):
    """Why benefit stops, since when, and by which paper."""

    reason = _choice(_("停发原因"), STOPS, _("请选停发的原因"))
    on = _day(_("从哪天起"), _("这一天起开始的月份不再发；这一天以前开始的月份照发"))
    evidence = _text(
        _("凭什么材料"), _("请写凭什么材料停发"), _("写材料的名称和日期，例如：劳动合同 2016年3月1日")
    )


class UndoStopForm(ActForm):
    """Why a stop was a mistake."""

    because = _text(_("为什么恢复"), _("请写为什么恢复"), _("写停发错在哪里、凭什么材料"))


class SuspendForm(ActForm):
    """What is checked, and when somebody looks again."""

    reason = _choice(_("为什么先等一等"), SuspendReason.choices, _("请选要核实的事"))
    evidence = _text(_("查到了什么、要核实什么"), _("请写查到了什么、要核实什么"), long=True)
    until = _day(_("到哪天再看"), _("最远三个月。到期会提醒，不会自己继续，也不会自己停"))


class ProlongForm(ActForm):
    """What is not clear yet."""

    evidence = _text(_("还有什么没有核实完"), _("请写还有什么没有核实完"), long=True)
    until = _day(_("到哪天再看"))


class LiftForm(ActForm):
    """What came out."""

    evidence = _text(_("核实的结果"), _("请写核实到什么、凭什么材料"), long=True)


class ResumeForm(ActForm):
    """The end of the new job, the new registration, the papers."""

    left_on = _day(_("新工作的最后一天"), _("照解除或终止证明写；不是工作的，写那件事结束的那天"))
    on = _day(_("哪天再来登记失业"), _("从这一天所在的月份起接着领"))
    evidence = _text(
        _("凭什么材料"), _("请写凭什么材料"), _("例如：解除劳动合同证明 2016年8月1日，不是因为本人意愿")
    )


class WhyForm(ActForm):
    """One line of why."""

    evidence = _text(_("凭什么、为什么"), _("请写凭什么、为什么"))


class RefusalForm(ActForm):
    """Everything by which another person can judge."""

    kind = _choice(_("介绍的是"), OfferKind.choices, _("请选介绍的是工作还是培训"))
    offer = _text(_("哪个单位、什么岗位或培训"), _("请写哪个单位、什么岗位或培训"))
    place = _text(_("在哪里、怎么去"), _("请写在哪里、怎么去"), _("例如：西工业园，公交 12 路 35 分钟"))
    terms = _text(_("工资、班次、要求"), _("请写工资、班次、要求"))
    suitable = _text(
        _("为什么适合本人"),
        _("请写为什么适合本人"),
        _("对照本人的工种、身体、年龄、路程和家里的情况"),
        long=True,
    )
    offered_on = _day(_("哪天介绍的"))
    told_on = _day(_("哪天告诉过本人后果"), _("没有当面说过会影响领取的，先说清楚，不要记"))
    refused_on = _day(_("哪天没有接受"))
    words = _text(_("本人怎么说"), _("请照本人的话写"), _("照本人的话写，不要概括"), long=True)


class HearForm(ActForm):
    """What the worker says, in their own words."""

    on = _day(_("哪天听取的"))
    words = _text(_("本人的说明"), _("请照本人的话写"), long=True)


class JudgeForm(ActForm):
    """The judgement of the second person."""

    confirmed = forms.ChoiceField(
        label=_("您的核定"),
        choices=[
            ("no", _("有正当理由，或者工作不适合：不影响领取")),
            ("yes", _("没有正当理由：从没有接受的那天起停发")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    judgement = _text(_("理由"), _("请写理由，本人会问为什么"), long=True)


class NotifyForm(ActForm):
    """The worker was told."""

    on = _day(_("哪天告诉本人"))
    answer = _text(_("本人怎么说"), _("请照本人的话写"), long=True)


class AgreeForm(ActForm):
    """How the money comes back. The ways offered are those that the law names for the day."""

    way = forms.ChoiceField(
        label=_("怎么退"), widget=forms.RadioSelect, error_messages={"required": _("请选怎么退")}
    )
    agreement = _text(
        _("说好的内容"),
        _("请写说好的内容"),
        _("每次多少、到哪天，例如：每月 200 元，2016年12月退清"),
        long=True,
    )

    def __init__(self, data: Any = None, *, ways: Any = Repaying.choices) -> None:
        super().__init__(data)
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = list(ways)


class ReceiveForm(ActForm):
    """Money that came back."""

    yuan = forms.DecimalField(
        label=_("收到多少元"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": _("请写收到多少元"),
            "invalid": _("请写成 950.00 的样子"),
            "min_value": _("要大于零"),
        },
    )
    on = _day(_("哪天收到"))
    document = _text(_("凭什么单据"), _("请写收据号或者银行回单"))
    once = forms.UUIDField(widget=forms.HiddenInput)


class WriteOffForm(ActForm):
    """Why nobody goes after it."""

    because = _text(_("为什么不再追"), _("请写依据和理由"), long=True)


class AppealForm(ActForm):
    """What the worker does not agree with, in their own words."""

    about = _choice(_("不同意的是"), AppealAbout.choices, _("请选不同意的是什么"))
    words = _text(_("本人怎么说"), _("请照本人的话写"), long=True)
    explained_on = _day(_("哪天给本人讲过为什么"), _("先照核定逐条讲一遍；讲完还不同意的，再记"))
    received_on = _day(_("哪天收到"))
    promised_on = _day(_("答应哪天答复"), _("法规里的期限没有查到；这是本街道自己答应的日子"))


class AnswerForm(ActForm):
    """The answer of a person who did not decide."""

    changed = forms.ChoiceField(
        label=_("您的答复"),
        choices=[("no", _("维持原来的")), ("yes", _("原来的要改"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    answer = _text(_("理由"), _("请写理由，本人要看得懂"), long=True)


class DropForm(ActForm):
    """Why a correction is not signed."""

    because = _text(_("为什么不通过"), _("请写为什么不通过"))
