from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "zaigang.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        from zaigang.jobs import enums  # noqa: PLC0415 -- models are not loaded before ready
        from zaigang.ledger import verbs  # noqa: PLC0415 -- as above

        verbs.declare(enums.Verb)
