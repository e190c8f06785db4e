from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zaigang.ledger"
    label = "ledger"
    verbose_name = "台账"
