from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "familieplan.meetings"

    def ready(self) -> None:
        from familieplan.meetings import (
            boards,
            letters,
            nearest,  # noqa: F401 - registers itself
        )
        from familieplan.meetings.calendar.opening import opening

        boards.read_all()  # a variant with an error is refused before anybody sits around it
        opening()  # and so are hours nobody can meet in
        letters.register()
