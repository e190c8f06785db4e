from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "zaigang.look"
    label = "look"
