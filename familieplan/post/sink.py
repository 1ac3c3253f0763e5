"""The demo's own mail server: takes everything, passes nothing on, lays it into a folder that /demo/mailbox/ reads.

`python -m familieplan.post.sink --port 8025 --folder .familieplan/mailbox`, on this machine only. The folder is a
Maildir. What comes to `--answers` with a tag (`plan+…@`) is handed to the management command `--handed-to` instead, as
a mail server of the municipality does. Not for service: it is `requirements-demo.txt` that brings the library.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, Envelope, Session

LOCAL = "127.0.0.1"
LARGEST = 1_000_000  # bytes of one letter
SAYS = {0: "250 OK", 75: "451 Try again later"}  # sysexits, as a mail server tells them on
NOT_TAKEN = "550 Nothing for us"


@dataclass(frozen=True, slots=True)
class Answers:
    """Where answers come in, and the command that takes them. Without an address there are none."""

    address: str = ""
    command: str = ""

    def are_for(self, recipient: str) -> bool:
        name, _at, place = self.address.lower().partition("@")
        their_name, _at, their_place = recipient.lower().partition("@")
        return bool(name) and their_name.startswith(f"{name}+") and their_place == place

    async def hand_in(self, recipient: str, raw: bytes) -> str:
        """What the command says of it, as SMTP."""
        one = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "django", self.command, recipient), stdin=asyncio.subprocess.PIPE
        )
        await one.communicate(raw)
        return SAYS.get(one.returncode or 0, NOT_TAKEN)


class Sink(Mailbox):
    def __init__(self, folder: Path, answers: Answers) -> None:
        super().__init__(folder)
        self.answers = answers

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        raw = envelope.original_content or b""
        said = [await self.answers.hand_in(one, raw) for one in envelope.rcpt_tos if self.answers.are_for(one)]
        if not said or len(said) < len(envelope.rcpt_tos):
            await super().handle_DATA(server, session, envelope)
        return next((one for one in said if one != SAYS[0]), SAYS[0])


async def serve(port: int, folder: Path, answers: Answers) -> None:
    """Until SIGTERM or Ctrl-C."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    handler = Sink(folder, answers)
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost", data_size_limit=LARGEST), LOCAL, port)
    async with server:
        await stop.wait()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m familieplan.post.sink", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--answers", default="", help="the address of the invitations, without a tag")
    parser.add_argument("--handed-to", default="", help="the management command that takes what comes to it")
    asked = parser.parse_args(arguments)
    asyncio.run(serve(asked.port, asked.folder, Answers(asked.answers, asked.handed_to)))


if __name__ == "__main__":
    main()
