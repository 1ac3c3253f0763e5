from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "familieplan.core"
    label = "core"
