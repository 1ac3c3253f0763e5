from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "familieplan.audit"
    label = "audit"
