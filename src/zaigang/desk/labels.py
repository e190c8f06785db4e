"""Words for what the roster and the ledger hold as names and codes."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zaigang.roster.models import Case, Worker
from zaigang.roster.reading.codes import CODES

_OTHERS: dict[str, str | Promise] = {
    "id": gettext_lazy("身份证号"),
    "phone": gettext_lazy("联系电话"),
    "phone_2": gettext_lazy("联系电话"),
    "phone_3": gettext_lazy("联系电话"),
    "contribution_years": gettext_lazy("失业保险缴费年数"),
    "deemed_years": gettext_lazy("视同缴费年数"),
    "work_started_on": gettext_lazy("参加工作日期"),
    "contract_started_on": gettext_lazy("合同开始日期"),
}


def field_label(name: str) -> str:
    """A fact of a roster row by its heading in words."""
    if name in _OTHERS:
        return str(_OTHERS[name])
    for model in (Case, Worker):
        if name in {field.name for field in model._meta.get_fields()}:
            return str(getattr(model._meta.get_field(name), "verbose_name", name))
    return name


def field_labels(names: Iterable[str]) -> str:
    """Several of them in one phrase."""
    return _("、").join(dict.fromkeys(field_label(name) for name in names))


def code_words(codes: Iterable[str]) -> str:
    """What was found in a row, in sentences."""
    english = (get_language() or "").startswith("en")
    known = [CODES[code] for code in codes if code in CODES]
    return " ".join(meaning.en for meaning in known) if english else "".join(meaning.zh for meaning in known)
