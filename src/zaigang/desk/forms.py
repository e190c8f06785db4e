"""What people type on the desk's own pages."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zaigang.foundation import clock
from zaigang.roster.enums import LifeEventKind

LONGEST_DOCUMENT = 120


class LifeEventForm(forms.Form):
    """Death or pension: since when, and by which paper."""

    kind = forms.ChoiceField(label=_("是什么事"), choices=LifeEventKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(
        label=_("凭什么材料"),
        max_length=LONGEST_DOCUMENT,
        help_text=_("写证明的名称和日期，例如：死亡医学证明，2016-01-08"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_on(self) -> date:
        """Nothing to come is noted."""
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("日期在今天之后，请核对"))
        return day
