from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "zaigang.offices"
    label = "offices"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from zaigang.ledger import verbs  # noqa: PLC0415 -- models are not loaded before ready
        from zaigang.offices import enums  # noqa: PLC0415 -- as above

        verbs.declare(enums.Verb)
