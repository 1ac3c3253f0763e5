"""What a room above does: it says, when Django is ready, how the calendar part of a letter is built."""

from django.apps import AppConfig

from familieplan.post.enums import LetterKind

LINES = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "METHOD:{method}", "BEGIN:VEVENT", "UID:{about}",
         "SEQUENCE:{sequence}", "DTSTAMP:20261122T150000Z", "DTSTART:20261201T090000Z", "DURATION:PT1H",
         "SUMMARY:Møde", "END:VEVENT", "END:VCALENDAR", "")  # fmt: skip


class MeetingConfig(AppConfig):
    name = "tests.post.meeting"

    def ready(self) -> None:
        from familieplan.post import calendars
        from familieplan.post.letters import Letter

        def build(letter: Letter) -> bytes:
            values = {"method": letter.kind.method, "about": letter.about, "sequence": letter.sequence}
            return "\r\n".join(LINES).format(**values).encode()

        for kind in (LetterKind.INVITATION, LetterKind.CANCELLATION):
            calendars.built_by(kind, build)
