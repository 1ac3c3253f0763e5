from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "familieplan.access"
    label = "access"
