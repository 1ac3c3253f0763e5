"""Somebody's calendar from the address they gave. The address is a stranger's: it may lead inwards, hang or be huge.

Each name is looked up once and the connection goes to what was found, so that no second answer leads elsewhere. Every
step, redirects too, lies under one deadline. ``http.client`` on a socket of ours, since we choose the address.
"""

import io
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.addresses import is_public
from familieplan.meetings.calendar.reading import parts
from familieplan.meetings.calendar.refusal import Refused

SECONDS = 10.0
LARGEST = 2_000_000  # bytes, also when packed they were few
HOPS = 3
LONGEST_ADDRESS = 2000
REDIRECTS = {301, 302, 303, 307, 308}
ONE_READ = 65_536
HEADERS = {
    "Accept": "text/calendar",
    "Accept-Encoding": "identity",
    "User-Agent": "Familiens Plan",
    "Connection": "close",
}

Resolver = Callable[[str, int], list[str]]
Place = tuple[str, int]  # address and port


@dataclass(frozen=True, slots=True)
class Target:
    """One address, taken apart and found decent."""

    secure: bool
    host: str
    port: int
    path: str


def by_the_system(host: str, port: int) -> list[str]:
    """The addresses of a name, as the machine knows them. OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def fetch(
    url: str,
    *,
    resolve: Resolver = by_the_system,
    trusted: frozenset[Place] = frozenset(),
    context: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
    largest: int = LARGEST,
) -> bytes:
    """The calendar as bytes; it has been seen to be one. Refused, in words for who gave the address, for all else.

    ``trusted``: places where neither https nor a public address is asked for. For tests and the demo; in service none.
    """
    until = monotonic() + seconds
    try:
        for _hop in range(HOPS + 1):
            target = _taken_apart(url, trusted)
            with _connected(target, resolve, trusted, context, until) as connection:
                response = _asked(_Wire(connection, until), target)
                if response.status not in REDIRECTS:
                    raw = _body(response, largest)
                    _expect_a_calendar(raw, largest)
                    return raw
                url = urljoin(url, response.headers.get("Location", ""))
    except TimeoutError as late:
        raise Refused(_("The calendar takes too long to answer.")) from late
    except ssl.SSLCertVerificationError as wrong:
        raise Refused(_("The address cannot prove that it is who it says. The calendar was not fetched.")) from wrong
    except IncompleteRead as broken:
        raise Refused(_("The calendar stops in the middle. Try to fetch it once more.")) from broken
    except (OSError, HTTPException, zlib.error) as problem:
        raise Refused(_("Nothing that can be understood answers at this address.")) from problem
    raise Refused(_("The address sends us on too many times."))


def _taken_apart(url: str, trusted: frozenset[Place]) -> Target:
    """webcal is https by another name. An http address is refused before anybody is asked, unless some are trusted."""
    unclear = Refused(_("This is not the address of a calendar. It begins with https://"))
    if len(url) > LONGEST_ADDRESS or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url):
        raise unclear
    try:
        parsed = urlsplit(url)
        scheme = {"webcal": "https", "webcals": "https"}.get(parsed.scheme, parsed.scheme)
        host = parsed.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
        port = parsed.port or (443 if scheme == "https" else 80)
    except ValueError as wrong:  # UnicodeError is one
        raise unclear from wrong
    if scheme not in ({"https", "http"} if trusted else {"https"}) or not host or parsed.username is not None:
        raise unclear
    path, query = (quote(part, safe="/%:@!$&'()*+,;=~?") for part in (parsed.path or "/", parsed.query))
    return Target(scheme == "https", host, port, f"{path}?{query}" if query else path)


def _connected(
    target: Target, resolve: Resolver, trusted: frozenset[Place], context: ssl.SSLContext | None, until: float
) -> socket.socket:
    """A connection to an address that was looked at, with the name's own certificate on it."""
    found = _in_time(lambda: resolve(target.host, target.port), until)
    for address in found:
        if (address, target.port) not in trusted and not (target.secure and target.port == 443 and is_public(address)):
            raise Refused(_("This address does not lead to a calendar on the internet. The calendar was not fetched."))
    plain = _first_that_answers([(address, target.port) for address in found], until)
    try:
        if not target.secure:
            return plain
        plain.settimeout(_left(until))
        return (context or ssl.create_default_context()).wrap_socket(plain, server_hostname=target.host)
    except OSError:
        plain.close()
        raise


def _in_time(work: Callable[[], list[str]], until: float) -> list[str]:
    """A name's look-up has no time limit of its own; a thread left behind ends when the system gives up."""
    answer: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(work())
        except (OSError, UnicodeError) as problem:
            answer.put(OSError(str(problem)))

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=_left(until))
    except Empty as late:
        raise TimeoutError from late
    if isinstance(found, OSError):
        raise found
    return found


def _first_that_answers(places: list[Place], until: float) -> socket.socket:
    """One after another, each with its share of the time that is left."""
    problem: OSError = OSError("no address")
    for number, place in enumerate(places):
        try:
            return socket.create_connection(place, timeout=_left(until) / (len(places) - number))
        except OSError as closed:
            problem = closed
    raise problem


def _asked(wire: "_Wire", target: Target) -> HTTPResponse:
    connection = HTTPConnection(target.host, target.port)
    connection.sock = wire  # it has what http.client uses of a socket
    standard = 443 if target.secure else 80
    name = f"[{target.host}]" if ":" in target.host else target.host
    host = name if target.port == standard else f"{name}:{target.port}"
    connection.request("GET", target.path, headers={"Host": host} | HEADERS)
    return connection.getresponse()


def _body(response: HTTPResponse, largest: int) -> bytes:
    match response.status:
        case 200:
            pass
        case 401 | 403:
            raise Refused(_("The calendar asks for a password. Use its secret address, which needs none."))
        case 404 | 410:
            raise Refused(_("There is no calendar at this address."))
        case _:
            raise Refused(_("The address answers with an error (%(number)d).") % {"number": response.status})
    too_large = Refused(_("The calendar is too large: more than %(mb)d MB.") % {"mb": largest // 1_000_000})
    if (response.length or 0) > largest:
        raise too_large
    body = bytearray()
    for piece in _unpacked(response, largest):
        body += piece
        if len(body) > largest:
            raise too_large
    return bytes(body)


def _unpacked(response: HTTPResponse, largest: int) -> Iterator[bytes]:
    """We ask for it unpacked; who packs it all the same is followed as far as the limit, and no byte beyond."""
    coding = response.headers.get("Content-Encoding", "identity").lower().strip()
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise HTTPException
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    while piece := response.read(ONE_READ):
        yield unpack.decompress(piece, largest + 1) if unpack else piece
        if unpack and unpack.unconsumed_tail:
            raise Refused(_("The calendar is too large: more than %(mb)d MB.") % {"mb": largest // 1_000_000})
    if response.length or (unpack and not unpack.eof):  # read() of a part is silent about what is missing
        raise IncompleteRead(b"")


def _expect_a_calendar(raw: bytes, largest: int) -> None:
    for _part in parts(raw, frozenset(), largest=largest):
        pass


def _left(until: float) -> float:
    """Seconds. TimeoutError when there are none: a socket takes 0 for "do not wait"."""
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Wire:
    """What ``http.client`` uses of a socket. Whoever opened the connection closes it."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection, self.until = connection, until

    def sendall(self, data: bytes) -> None:
        self.connection.settimeout(_left(self.until))
        self.connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self.connection, self.until))

    def close(self) -> None:
        """Not here: ``http.client`` lets go of the socket before it reads from it."""


class _Reader(io.RawIOBase):
    """Every read lies under the one deadline: a byte a second is not an answer."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection, self.until = connection, until

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self.connection.settimeout(_left(self.until))
        return self.connection.recv_into(into)
