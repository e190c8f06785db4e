from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "zaigang.outbox"
    label = "outbox"
    verbose_name = "待发消息"

    def ready(self) -> None:
        from zaigang.outbox import permissions  # noqa: F401, PLC0415 -- models are not loaded before ready
