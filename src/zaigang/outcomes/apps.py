from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "zaigang.outcomes"
    label = "outcomes"
    verbose_name = "成效"

    def ready(self) -> None:
        from zaigang.outcomes import permissions  # noqa: F401, PLC0415 -- models are not loaded before ready
