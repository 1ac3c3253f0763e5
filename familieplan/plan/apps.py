from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "familieplan.plan"
    label = "plan"
