from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "familieplan.demo"
    label = "demo"
