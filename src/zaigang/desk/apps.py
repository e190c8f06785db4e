from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zaigang.desk"
    label = "desk"
