"""The form of a fact that is put right after approval."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zaigang.claims.enums import Outcome
from zaigang.claims.forms.deciding import SettleForm


class CorrectForm(SettleForm):
    """The facts as they stand, the outcome, and the paper. Held it cannot be: then payments are held back."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        facts: Mapping[str, Any],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, facts=facts, initial=initial)
        del self.fields["late_accepted"]
        outcome, reason = self.fields["outcome"], self.fields["reason"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [one for one in Outcome.choices if one[0] != Outcome.HOLD]
        reason.label, reason.required = _("凭什么更正"), True
        reason.help_text = _("写材料的名称和日期，例如：养老保险缴费清单 2016年3月1日")
        reason.error_messages["required"] = _("请写凭什么更正")
