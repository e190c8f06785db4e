from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "zaigang.outcomes"
    label = "outcomes"
