from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "familieplan.portal"
    label = "portal"
