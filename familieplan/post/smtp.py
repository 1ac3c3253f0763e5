"""Handing a letter to the municipality's mail server. What it answers is not passed on: it quotes addresses."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from familieplan.environment import MailServer

PATIENCE = 20  # seconds for each answer; the transaction that holds the letter is open meanwhile


class Refused(Exception):
    """The server takes nothing for this address: there is no use in trying again."""


class Unreachable(Exception):
    """No answer, or we are not let in: later."""


def hand_in(message: EmailMessage, server: MailServer) -> None:
    """Raises :class:`Refused` or :class:`Unreachable`; afterwards the letter is the server's."""
    try:
        with _connection(server) as smtp:
            smtp.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        raise (Refused if all(code >= 500 for code in _codes(error)) else Unreachable) from None
    except (
        OSError,
        smtplib.SMTPException,
    ):  # also a password or a From that is not taken: ours to mend, not the letter's fault
        raise Unreachable from None


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    smtp: smtplib.SMTP
    if server.security == "smtps":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.security == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what it says to our goodbye changes nothing
            smtp.quit()
        smtp.close()


def _codes(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> list[int]:
    if isinstance(error, smtplib.SMTPDataError):
        return [error.smtp_code]
    return [code for code, _words in error.recipients.values()]
