"""Sending one letter. May be asked twice, by two workers, after a crash: what was sent is not sent again."""

import logging
from uuid import UUID

from django.conf import settings

from familieplan.access.actor import JOB
from familieplan.access.context import act_as, acting_as
from familieplan.post import calendars, smtp
from familieplan.post.actions import ask
from familieplan.post.enums import LetterKind, Trouble
from familieplan.post.letters import Letter, written

logger = logging.getLogger(__name__)


def send(id: UUID) -> None:
    """The letter is held while it is handed in, so no other worker sends it meanwhile. Killed between the server's yes
    and our commit, it is handed in once more under the same Message-ID: mail knows no better.

    Raises ``smtp.Unreachable``.
    """
    try:
        with acting_as(JOB):
            letter = take(id)
            if letter is None:
                return
            trouble = deliver(letter)
            act_as(JOB)  # anew: a slow server may have outlasted the first
            settle(id, trouble, for_good=True)
    except smtp.Unreachable:
        with acting_as(JOB):
            settle(id, Trouble.UNREACHABLE, for_good=False)
        logger.warning("The mail server does not answer, or does not let us in. The letter waits and is tried again.")
        raise


def take(id: UUID) -> Letter | None:
    for one, holder, email, language, kind, about, sequence, created_at in ask("take", id):
        return Letter(one, holder, email, language, LetterKind(kind), about, sequence, created_at)
    return None


def deliver(letter: Letter) -> Trouble:
    if not letter.email:
        return Trouble.NO_ADDRESS
    if settings.SMTP is None:
        raise smtp.Unreachable
    try:
        smtp.hand_in(written(letter, calendars.part_for(letter)), settings.SMTP)
    except smtp.Refused:
        return Trouble.REFUSED
    return Trouble.NONE


def settle(id: UUID, trouble: Trouble, *, for_good: bool) -> None:
    ask("settle", id, trouble, for_good)
