"""`python -m familieplan.live --port 8001`: the stream process. One is enough for a municipality."""

import argparse
import contextlib
import socket

import uvicorn

from familieplan.live.asgi import application


class Server(uvicorn.Server):
    """uvicorn waits for open answers; a stream would never be done."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        application.streams.end_all()
        await super().shutdown(sockets)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m familieplan.live")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    asked = parser.parse_args()
    config = uvicorn.Config(
        application,
        host=asked.host,
        port=asked.port,
        lifespan="on",  # without the guard's yes nothing is served
        log_config=None,  # as settings.LOGGING says
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,  # seconds, for those who do not take what they are sent
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run()


if __name__ == "__main__":
    main()
