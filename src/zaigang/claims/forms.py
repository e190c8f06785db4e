from django import forms
from django.utils.translation import gettext_lazy as _

from zaigang.claims.models import MOST_MONTHS


class AgencyMonthsForm(forms.Form):
    """The months that the agency has fixed, and its document."""

    months = forms.IntegerField(
        label=_("核定月数"),
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    document = forms.CharField(
        label=_("核定文书"),
        max_length=120,
        help_text=_("写文书名称和文号，例如：失业保险待遇核定表 2016年1月20日"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
