from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "familieplan.desk"
    label = "desk"
