from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "zaigang.claims"
    label = "claims"
    verbose_name = "失业保险金"

    def ready(self) -> None:
        from zaigang.claims import enums, permissions, receivers  # noqa: F401, PLC0415 -- needs the models
        from zaigang.ledger import verbs  # noqa: PLC0415 -- as above

        verbs.declare(enums.Verb)
        receivers.connect()
