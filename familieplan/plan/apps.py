from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "familieplan.plan"

    def ready(self) -> None:
        from familieplan.plan import reference  # noqa: F401 - registers itself
