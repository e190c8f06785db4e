"""Forms of this stage."""

from zaigang.claims.forms.deciding import (
    AgencyMonthsForm,
    BudgetForm,
    DownloadForm,
    LawForm,
    MonthlyRuleForm,
    ReturnForm,
    SettleForm,
)

__all__ = [
    "AgencyMonthsForm",
    "BudgetForm",
    "DownloadForm",
    "LawForm",
    "MonthlyRuleForm",
    "ReturnForm",
    "SettleForm",
]
