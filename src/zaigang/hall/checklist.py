"""What is made ready before the doors open."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Check(TextChoices):
    WINDOWS = "windows", _("窗口都有人坐，电脑和打印机能用")
    SEATS = "seats", _("休息区座位够")
    WATER = "water", _("饮水和纸杯备好")
    KIOSK = "kiosk", _("取号机有纸，叫号屏有声音")
    GREEN = "green", _("绿色通道的牌子摆好")
    FIRST_AID = "first_aid", _("老花镜、急救箱在导办台")
