from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "familieplan.ui"
    label = "ui"
