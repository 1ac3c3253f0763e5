"""The demo's own mail server: takes everything, passes nothing on, lays it into a folder that /demo/mailbox/ reads.

`python -m familieplan.post.sink --port 8025 --folder .familieplan/mailbox`, on this machine only. The folder is a
Maildir. Not for service: it is `requirements-demo.txt` that brings the library.
"""

import argparse
import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

LOCAL = "127.0.0.1"
LARGEST = 1_000_000  # bytes of one letter


async def serve(port: int, folder: Path) -> None:
    """Until SIGTERM or Ctrl-C."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    handler = Mailbox(folder)
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost", data_size_limit=LARGEST), LOCAL, port)
    async with server:
        await stop.wait()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m familieplan.post.sink", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args(arguments)
    asyncio.run(serve(asked.port, asked.folder))


if __name__ == "__main__":
    main()
