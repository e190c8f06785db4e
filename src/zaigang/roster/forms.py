"""What people type on the roster's pages."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where
from zaigang.roster.actions.files import cells_of
from zaigang.roster.context.cells import readable
from zaigang.roster.context.labels import LABELS, concerned, gravest_first, label, message
from zaigang.roster.context.pairs import Pair
from zaigang.roster.models import Closure, Firm, RosterRow
from zaigang.roster.permissions import OPEN_CLOSURE
from zaigang.roster.reading import CODES, Severity

FIRM_NAME_LENGTH = 80


if TYPE_CHECKING:
    _ClosureForm = forms.ModelForm[Closure]
else:
    _ClosureForm = forms.ModelForm  # not generic at run time


class ClosureForm(_ClosureForm):
    """A closure that was announced, with its firms one a line."""

    firms = forms.CharField(
        label=_("关停的单位"),
        help_text=_("一行写一个单位"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Closure
        fields = ("name", "closes_on", "firms", "office", "expected_people", "ground", "code", "note")
        widgets = {
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expected_people": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }
        help_texts = {
            "name": _("大家平时怎么叫它，例如“示范钢铁集团”"),
            "expected_people": _("还不知道就空着；有了花名册，以花名册为准"),
            "code": _("用在网址和文件里，定了就不再改；已经拟好一个，可以换"),
        }

    def __init__(self, user: Staff, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = forms.ModelChoiceField(
            label=_("承接机构"),
            queryset=Office.objects.filter(pk__in=where(user, OPEN_CLOSURE)),
            empty_label=None,
        )
        self.fields["office"] = offices
        self.order_fields(self._meta.fields)

    def clean_firms(self) -> list[str]:
        """Names without blanks around them, each once."""
        names = [line.strip() for line in self.cleaned_data["firms"].splitlines() if line.strip()]
        long = [name for name in names if len(name) > FIRM_NAME_LENGTH]
        if long:
            raise forms.ValidationError(gettext("单位名称最多 %(n)s 个字") % {"n": FIRM_NAME_LENGTH})
        return list(dict.fromkeys(names))


class UploadForm(forms.Form):
    """A workbook and the firm that it is about."""

    file = forms.FileField(
        label=_("花名册文件"),
        help_text=_(".xlsx、.xls 或 .csv。先核对，看过再导入，不会直接生效"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": _("还没有选文件"), "empty": _("这个文件是空的，请看看是不是选错了")},
    )
    firm = forms.ModelChoiceField(label=_("哪个单位的"), queryset=Firm.objects.none(), required=False)
    new_firm = forms.CharField(
        label=_("新的单位"), required=False, max_length=FIRM_NAME_LENGTH, help_text=_("上面没有时才写")
    )

    def __init__(self, closure: Closure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["firm"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset, choice.empty_label = closure.firms.all(), _("几个单位，或不清楚")

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.ROSTER_UPLOAD_BYTES:
            limit = filesizeformat(settings.ROSTER_UPLOAD_BYTES)
            raise forms.ValidationError(
                gettext("文件超过 %(limit)s，没有读。请删去图片和多余的工作表，或者按单位分成几个文件。")
                % {"limit": limit}
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("firm") and cleaned.get("new_firm"):
            self.add_error("new_firm", gettext("已经选了单位，就不用再写新的"))
        return cleaned


class CellsForm(forms.Form):
    """Cells of one row: those that the findings concern, and the others behind a disclosure."""

    def __init__(self, row: RosterRow, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"row-{row.ordinal}-%s", use_required_attribute=False)
        cells = readable(cells_of(row))
        self.row = row
        self._main = concerned(row.codes, cells)
        rest = [name for name in LABELS if name in cells and name not in self._main and name != "row_no"]
        original = readable(row.content["cells"])
        for name in (*self._main, *rest):
            self.fields[name] = _cell_field(name, cells.get(name, ""), original.get(name, ""))

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self._main]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self._main]

    def corrections(self) -> dict[str, str]:
        """The cells that were typed anew; one that was not sent stays as it is. The form must be valid."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.data}

    def tell(self, codes: Iterable[str]) -> None:
        """Put what is still wrong beside the cells."""
        for code in gravest_first(codes):
            if CODES[code].severity == Severity.ERROR:
                self.add_error(CODES[code].field, message(code))


def _cell_field(name: str, value: str, original: str) -> forms.CharField:
    hint = gettext("原值 {}") if original else gettext("原来是空的")
    wide = "row-cell-wide" if name in ("note", "street") else ""
    attrs = {"autocomplete": "off", "spellcheck": "false", "class": wide}
    return forms.CharField(
        label=str(label(name)), initial=value, required=False, max_length=300, help_text=format_html(hint, original),
        widget=forms.TextInput(attrs=attrs),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a waiting row is not a person."""

    reason = forms.CharField(
        label=_("为什么这一行不是一个人"),
        max_length=300,
        help_text=_("例如：是表尾的合计行；是填表说明。人还没弄清楚的，不要撤下，留在清单里"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明为什么这一行不是一个人")},
    )


class MergeForm(forms.Form):
    """Which of two records stays, and why they are one person."""

    keep = forms.ChoiceField(
        label=_("留下哪一份"), widget=forms.RadioSelect, error_messages={"required": _("请选留下哪一份")}
    )
    reason = forms.CharField(
        label=_("凭什么认定是同一个人"),
        max_length=500,
        help_text=_("例如：本人到窗口，出示了新旧两张身份证"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明凭什么认定是同一个人")},
    )

    def __init__(self, pair: Pair, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = self.fields["keep"]
        assert isinstance(keep, forms.ChoiceField)
        keep.choices = [(str(pair.one.pk), pair.one_label), (str(pair.other.pk), pair.other_label)]
