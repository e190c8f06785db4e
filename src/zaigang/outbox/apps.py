from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "zaigang.outbox"
    label = "outbox"
    verbose_name = "待发消息"

    def ready(self) -> None:
        from zaigang.ledger import verbs  # noqa: PLC0415 -- models are not loaded before ready
        from zaigang.outbox import enums, permissions  # noqa: F401, PLC0415 -- as above

        verbs.declare(enums.Verb)
