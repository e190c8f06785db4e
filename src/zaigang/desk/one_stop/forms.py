"""What a clerk may put right at the window, and how the decision is confirmed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zaigang.claims.carrying import Unused
from zaigang.claims.enums import Outcome, Presence
from zaigang.claims.pages.effects import carried_words
from zaigang.engines.entitlement.facts import LONGEST_WORKING_LIFE, MOST_MONTHS
from zaigang.roster.enums import LeftBecause, Sex
from zaigang.roster.models import Case

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
#: Field of this form -> what the engine calls it. Only what differs from the roster is kept as a correction.
_ON_THE_CASE = {
    "left_on": "laid_off_on",
    "left_because": "left_because",
    "contribution_months": "contribution_months",
    "deemed_months": "deemed_months",
}


def _months(label: Any, most: int = LONGEST_WORKING_LIFE) -> forms.IntegerField:
    widget = forms.TextInput(attrs=_NUMBER)
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, widget=widget)


class FactsForm(forms.Form):
    """The facts that decide, filled in from the roster; the clerk corrects them by the papers on the desk."""

    presence = forms.ChoiceField(
        label=_("谁来办"), choices=Presence.choices, widget=forms.RadioSelect, initial=Presence.IN_PERSON
    )
    left_on = forms.DateField(
        label=_("合同最后一天"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), required=False
    )
    left_because = forms.ChoiceField(label=_("终止原因"), required=False)
    contribution_months = _months(_("失业保险缴费月数"))
    deemed_months = _months(_("视同缴费月数"))
    unused_months = _months(_("上次没领完的月数"), MOST_MONTHS)
    retirement_category = forms.ChoiceField(label=_("退休类别"), required=False)

    def __init__(self, case: Case, carried: Unused | None, **kwargs: Any) -> None:
        super().__init__(prefix="facts", use_required_attribute=False, **kwargs)
        self.case, self.carried = case, carried
        if carried is not None:
            self.fields["unused_months"].help_text = carried_words(carried)
        empty = ("", _t("不清楚"))
        self._offer("left_because", [empty, *LeftBecause.choices])
        women = [empty, ("female_50", _t("工人，50周岁")), ("female_55", _t("干部，55周岁"))]
        self._offer("retirement_category", women)
        assert case.worker is not None
        if case.worker.sex == Sex.MALE:
            del self.fields["retirement_category"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def corrections(self) -> dict[str, Any]:
        """What differs from the roster, and from the months counted, JSON-ready. Needs a valid form."""
        said = {name: self.cleaned_data.get(name) for name in self.fields if name != "presence"}
        told = {name: getattr(self.case, column) for name, column in _ON_THE_CASE.items()}
        told["left_because"] = told["left_because"] or self.case.closure.ground
        told["unused_months"] = self.carried.exact if self.carried else None
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in said.items()
            if value not in (None, "") and value != told.get(name)
        }


def facts_initial(case: Case, carried: Unused | None, corrections: dict[str, Any]) -> dict[str, Any]:
    """The roster's values and the months that were carried, with what was put right before."""
    values = {name: getattr(case, column) for name, column in _ON_THE_CASE.items()}
    values["left_because"] = values["left_because"] or case.closure.ground
    return values | {"unused_months": carried.exact if carried else None} | corrections


class ConfirmForm(forms.Form):
    """The last question of the check page. The engine's proposal is chosen to begin with."""

    outcome = forms.ChoiceField(label=_("您的决定"), choices=Outcome.choices, widget=forms.RadioSelect)
    late_accepted = forms.BooleanField(label=_("超过申领时限，认定有正当理由"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=500,
        help_text=_("决定与测算不同，或认定有正当理由的，要写；写凭什么材料"),
        widget=forms.Textarea({"rows": 3}),
    )
