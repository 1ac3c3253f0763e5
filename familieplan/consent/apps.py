from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "familieplan.consent"

    def ready(self) -> None:
        from familieplan.consent import reference  # noqa: F401 - registers itself
