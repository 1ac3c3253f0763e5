from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "familieplan.consent"
    label = "consent"
