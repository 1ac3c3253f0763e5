from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "familieplan.people"
    label = "people"
