"""Servers that do what a stranger's may do. Real sockets on loopback, a thread for each guest."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from threading import Event, Thread

Answer = Callable[["Guest"], None]


class Guest:
    """One connection; ``asked`` is the head of the request."""

    def __init__(self, connection: socket.socket, asked: str, over: Event) -> None:
        self.connection, self.asked, self.over = connection, asked, over

    def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.connection.sendall(piece)

    def drip(self, text: bytes, every: float) -> None:
        """A byte at a time, for as long as somebody listens."""
        for sign in text:
            self.connection.sendall(bytes([sign]))
            if self.over.wait(every):
                return

    def hang(self) -> None:
        self.over.wait(30)


class Server:
    def __init__(self, answer: Answer, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self.answer, self.context, self.over = answer, context, Event()
        self.heads: list[str] = []
        self.guests = 0
        self.listening = socket.create_server((host, port))
        self.place: tuple[str, int] = self.listening.getsockname()[:2]
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://{self.place[0]}:{self.place[1]}/calendar.ics"

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            self.guests += 1
            Thread(target=self._receive, args=[connection], daemon=True).start()

    def _receive(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:  # the guest may leave at any time
            if self.context:
                with self.context.wrap_socket(connection, server_side=True) as safe:
                    self._answer(safe)
            else:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked and (piece := connection.recv(4096)):
            asked += piece
        head = asked.decode(errors="replace")
        self.heads.append(head)
        self.answer(Guest(connection, head, self.over))

    def close(self) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)


@contextlib.contextmanager
def serving(
    answer: Answer, host: str = "127.0.0.1", port: int = 0, context: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(answer, host, port, context)
    try:
        yield server
    finally:
        server.close()


def page(body: bytes, *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else []), "", ""]
    return "\r\n".join(lines).encode() + body
