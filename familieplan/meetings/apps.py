from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "familieplan.meetings"

    def ready(self) -> None:
        from familieplan.meetings import boards

        boards.read_all()  # a variant with an error is refused before anybody sits around it
