"""Forms of deciding, signing and paying."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaigang.claims.actions.lawmaking import LONGEST_NOTE
from zaigang.claims.budget import Assumption
from zaigang.claims.enums import Curve, DownloadReason, Outcome
from zaigang.claims.models import MOST_MONTHS
from zaigang.claims.models.monthly import EVERY_MONTH_HAS
from zaigang.claims.one_stop.asking import CORRECTABLE
from zaigang.roster.enums import LeftBecause, Sex

#: Bytes of a parameter file that are read; the engine refuses the longer ones.
LARGEST = 2_000_000
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_DATE = {"type": "date"}
_WORDS = {"rows": "2"}
_UNKNOWN = ("", _("不清楚"))


class AgencyMonthsForm(forms.Form):
    """The months that the agency has fixed, and its document."""

    months = forms.IntegerField(
        label=_("核定月数"),
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    document = forms.CharField(
        label=_("核定文书"),
        max_length=120,
        help_text=_("写文书名称和文号，例如：失业保险待遇核定表 2016年1月20日"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LawForm(forms.Form):
    """A parameter file, as a file or typed, and why it changes."""

    file = forms.FileField(
        label=_("参数文件（.yaml）"),
        required=False,
        help_text=_("选文件，或者在下面直接改"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = forms.CharField(
        label=_("文件内容"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "24", "class": "law-text", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("为什么改、按哪个文件"),
        max_length=LONGEST_NOTE,
        help_text=_("写文件的名称、文号和日期，例如：鲁人社发〔2016〕31号，8月24日收到"),
        widget=forms.Textarea(attrs=_WORDS),
    )

    def clean(self) -> dict[str, Any]:
        """The chosen file goes before what stands in the box."""
        given: dict[str, Any] = super().clean() or {}
        if file := given.get("file"):
            try:
                given["text"] = file.read(LARGEST + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("不是 UTF-8 的文本文件。请另存为 UTF-8 再选。"))
        elif not (given.get("text") or "").strip():
            self.add_error("text", _("请选一个文件，或者写上内容。"))
        return given


class ReturnForm(forms.Form):
    """Why a claim goes back to its maker."""

    reason = forms.CharField(
        label=_("退回的原因"),
        max_length=300,
        help_text=_("写明要改什么，经办人看得到"),
        widget=forms.Textarea(attrs=_WORDS),
    )


class DownloadForm(forms.Form):
    """What a list with whole numbers is needed for. The code stands in the read log."""

    reason = forms.ChoiceField(
        label=_("为什么要完整号码"), choices=[("", _("请选一项")), *DownloadReason.choices]
    )


def _count(label: Any, most: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=most, widget=forms.TextInput(attrs=_NUMBER)
    )


class SettleForm(forms.Form):
    """Facts that papers put right since, and the decision. An empty fact stays as it was."""

    left_on = forms.DateField(
        label=_("合同最后一天"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d")
    )
    left_because = forms.ChoiceField(
        label=_("终止原因"), required=False, choices=[_UNKNOWN, *LeftBecause.choices]
    )
    contribution_months = _count(_("失业保险缴费月数"))
    deemed_months = _count(_("视同缴费月数"))
    unused_months = _count(_("上次没领完的月数"), MOST_MONTHS)
    retirement_category = forms.ChoiceField(
        label=_("退休类别"),
        required=False,
        choices=[_UNKNOWN, ("female_50", _("工人，50周岁")), ("female_55", _("干部，55周岁"))],
    )
    late_accepted = forms.BooleanField(label=_("超过申领时限，认定有正当理由"), required=False)
    outcome = forms.ChoiceField(label=_("您的决定"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=300,
        help_text=_("决定与测算不同，或者接受超期的申领，要写明"),
        widget=forms.Textarea(attrs=_WORDS),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        facts: Mapping[str, Any],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        known = {name: facts.get(name) for name in (*CORRECTABLE, "late_accepted")}
        super().__init__(data, initial=known | dict(initial or {}), use_required_attribute=False)
        if facts.get("sex") != Sex.FEMALE:
            del self.fields["retirement_category"]

    def facts(self) -> list[forms.BoundField]:
        """The facts among the fields."""
        return [self[name] for name in CORRECTABLE if name in self.fields]

    @property
    def corrections(self) -> dict[str, Any]:
        """The facts as the form has them, JSON-ready; of an invalid form those that could be read."""
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in data.items()
            if name in CORRECTABLE and value not in (None, "")
        }

    @property
    def late(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("late_accepted"))


def _day(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=1, max_value=EVERY_MONTH_HAS,
        widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip


class MonthlyRuleForm(forms.Form):
    """Which approvals still count for a month, and when it is run; an empty day is no day."""

    cut_off_day = _day(_("截止日"), _("到这一天为止审批的，当月发；以后审批的，下个月发。不填就不分。"))
    starts_on_day = _day(_("每月自动开始"), _("到这一天由系统开始月度办理。不填就由人开始。"))


class BudgetForm(forms.Form):
    """How those who have not registered are assumed to come."""

    USUAL = Assumption()
    curve = forms.ChoiceField(
        label=_("还没登记的人怎么来"), choices=Curve.choices, required=False, widget=forms.RadioSelect
    )
    share = forms.IntegerField(
        label=_("每个月来剩下的百分之几"), required=False, min_value=1, max_value=100,
        help_text=_("选“一部分”时用，例如 20"), widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip

    def assumption(self) -> Assumption:
        """What was asked for; where nothing was, or it cannot be read, the usual one."""
        asked = self.cleaned_data if self.is_valid() else {}
        return Assumption(asked.get("curve") or self.USUAL.curve, asked.get("share") or self.USUAL.share)
