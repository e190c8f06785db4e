from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "zaigang.claims"
    label = "claims"
