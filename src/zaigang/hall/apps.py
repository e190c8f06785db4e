from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "zaigang.hall"
    label = "hall"
    verbose_name = "办事大厅"

    def ready(self) -> None:
        from zaigang.hall import enums, permissions  # noqa: F401, PLC0415 -- models are not loaded before ready
        from zaigang.ledger import verbs  # noqa: PLC0415 -- as above

        verbs.declare(enums.Verb)
