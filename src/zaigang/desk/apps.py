from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zaigang.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from zaigang.desk import permissions  # noqa: F401, PLC0415 -- models are not loaded before ready
