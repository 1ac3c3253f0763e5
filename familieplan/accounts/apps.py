from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "familieplan.accounts"
    label = "accounts"
