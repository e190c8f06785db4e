from django import forms
from django.utils.translation import gettext_lazy as _

from zaigang.claims.models import AgencyMonths


class AgencyMonthsForm(forms.ModelForm):
    """The months that the agency has fixed, and its document."""

    class Meta:
        model = AgencyMonths
        fields = ("months", "document")
        widgets = {
            "months": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "document": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {"document": _("写文书名称和文号，例如：失业保险待遇核定表 2016年1月20日")}
