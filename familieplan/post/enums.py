"""What a letter is about. It decides the calendar part only: the words are the same for all of them."""

from enum import StrEnum


class LetterKind(StrEnum):
    INVITATION = "invitation"  # a meeting, or its new time: a higher sequence
    CANCELLATION = "cancellation"
    AGENDA = "agenda"  # something was proposed
    REMINDER = "reminder"
    MINUTES = "minutes"
    TASK = "task"
    POLL = "poll"  # which times suit you?

    @property
    def method(self) -> str:
        """The iTIP method of its calendar part (RFC 5546); empty: it has none."""
        return {LetterKind.INVITATION: "REQUEST", LetterKind.CANCELLATION: "CANCEL"}.get(self, "")


class Trouble(StrEnum):
    """Why a letter was not sent."""

    NONE = ""
    NO_ADDRESS = "no address"  # the notice is in the app all the same
    REFUSED = "refused"  # the mail server takes nothing for that address
    UNREACHABLE = "unreachable"  # the mail server does not answer, or does not let us in: tried again
