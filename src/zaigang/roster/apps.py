from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "zaigang.roster"
    label = "roster"
    verbose_name = "花名册"

    def ready(self) -> None:
        from zaigang.ledger import verbs  # noqa: PLC0415 -- models are not loaded before ready
        from zaigang.roster import enums, permissions  # noqa: F401, PLC0415 -- as above

        verbs.declare(enums.Verb)
