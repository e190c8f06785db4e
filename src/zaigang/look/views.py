"""The page that shows each component in each state: for eyes, for axe, and to copy from."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zaigang.look.components import Figure, FunnelRow, MonthBar, SummaryRow, TaskRow, TimelineEntry

SURFACES = ("desk", "phone")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", help_text="与身份证一致，可以有“·”")
    identity = forms.CharField(label="身份证号", widget=forms.TextInput({"inputmode": "numeric"}))
    leaving = forms.DateField(label="离岗日期", widget=forms.DateInput({"type": "date"}))
    trade = forms.ChoiceField(
        label="岗位", choices=[("", "请选择"), ("electrician", "电工"), ("crane", "天车工")]
    )
    wish = forms.ChoiceField(
        label="培训意愿",
        choices=[("yes", "参加"), ("no", "不参加")],
        widget=forms.RadioSelect,
        required=False,
    )
    roster = forms.FileField(label="企业花名册", help_text="Excel 文件，不超过 64 MB", required=False)
    agree = forms.BooleanField(label="已当面核对证件")


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2016, 7, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


SUMMARY = [
    SummaryRow("姓名", "王*国"),
    SummaryRow("离岗日期", date(2016, 6, 30), change_url="#change", note="来源：企业花名册"),
    SummaryRow("手机", "", change_url="#change"),
    SummaryRow("岗位", "炼钢工", change_url="#change", changed=True),
]
TASKS = [
    TaskRow("失业登记", "done", "已办好", url="#task"),
    TaskRow("选培训班", "needs", "可以办", url="#task", note="7月31日（周日）前"),
    TaskRow("求职登记", "progress", "办理中", url="#task"),
    TaskRow("解除证明", "progress", "等单位", url="#task"),
    TaskRow("失业保险金", "idle", "还不能办", note="等社保核定缴费月数"),
    TaskRow("单位欠薪", "stopped", "无法完成", url="#task", note="缺工资条，请到2号窗口"),
]
TIMELINE = [
    TimelineEntry(_at(18, 10, 21), "核对身份证", "李敏", note="3号窗口"),
    TimelineEntry(_at(18, 10, 5), "取号 A023", "本人", by="person"),
    TimelineEntry(_at(12, 9, 0), "短信已送达", "系统", by="system", url="#sms"),
    TimelineEntry(_at(11, 15, 30), "缴费年限 21 年", "社保经办", by="other", corrected="缴费年限 12 年"),
]
FUNNEL = [
    FunnelRow("名册", 1419, url="#names"),
    FunnelRow("已登记", 1102, url="#names", change=64),
    FunnelRow("已求职", 861, url="#names", change=40),
    FunnelRow("在培训", 402, change=0),
    FunnelRow("已上岗", 233, change=-1),
]
MONTHS = [
    MonthBar(date(2016, month, 1), 950.0 * people) for month, people in enumerate(range(1100, 500, -50), 1)
]
FIGURES = [
    Figure("等候", 17, "人", note="最长 24 分"),
    Figure("已登记", "1,102", "人", url="#names"),
    Figure("平均等候", None, "分"),
]
DIFFS = [
    ("ok", "2016-06-30", "", "", ""),
    ("normalised", "2016-06-30", "2016/6/30", "日期", ""),
    ("suspicious", "尾号 7713", "", "与第 204 行同号", ""),
    ("wrong", "", "3.70213E+17", "末3位丢失（表格按数字保存）", ""),
    ("fixed", "尾号 0418", "2016/6/31", "", "李敏"),
    ("kept", "五一农场", "", "原文如此", ""),
]
LEVELS = ("success", "info", "warning", "error")


def gallery(request: HttpRequest) -> HttpResponse:
    """`?surface=phone` shows it as a phone does, `?large=1` in large type, `?errors=1` with a form sent empty."""
    surface = request.GET.get("surface", "desk")
    form = SampleForm({} if request.GET.get("errors") else None)
    context = {
        "surface": surface if surface in SURFACES else "desk",
        "large": bool(request.GET.get("large")),
        "form": form,
        "summary": SUMMARY,
        "tasks": TASKS,
        "entries": TIMELINE,
        "funnel": FUNNEL,
        "months": MONTHS,
        "figures": FIGURES,
        "diffs": DIFFS,
        "levels": LEVELS,
        "page": Paginator(range(1419), 50).get_page(request.GET.get("page")),
        "number": "370213196402052233",
    }
    return render(request, "look/gallery.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """A page for A4 with what stands on a receipt."""
    context = {"summary": SUMMARY, "tasks": TASKS, "amount": Decimal("1409.50")}
    return render(request, "look/gallery_sheet.html", context)
