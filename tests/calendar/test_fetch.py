"""Fetching somebody's calendar from servers that hang, drip, flood, lie and lead inwards."""

import contextlib
import gzip
import ssl
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import gaierror
from time import monotonic, sleep
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from familieplan.meetings.calendar.addresses import is_public
from familieplan.meetings.calendar.fetch import LARGEST, fetch
from familieplan.meetings.calendar.ics import request
from familieplan.meetings.calendar.refusal import Refused
from tests.calendar.servers import Answer, Guest, Server, page, serving
from tests.calendar.test_ics import invitation

CALENDAR = request(invitation())
NOT_OUT_THERE = "fører ikke til en kalender på internettet"


def ask(server: Server, **more: Any) -> bytes:
    given: dict[str, Any] = {"trusted": frozenset({server.place}), "seconds": 5.0}
    return fetch(more.pop("url", server.url), **(given | more))


def saying(*pieces: bytes) -> Answer:
    return lambda guest: guest.say(*pieces)


# --- Answers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        page(CALENDAR),
        page(CALENDAR, "Connection: close", length=False),
        page(b"%x\r\n%s\r\n0\r\n\r\n" % (len(CALENDAR), CALENDAR), "Transfer-Encoding: chunked", length=False),
        page(gzip.compress(CALENDAR), "Content-Encoding: gzip"),
        b"HTTP/1.1 100 Continue\r\n\r\n" + page(CALENDAR),
    ],
)
def test_a_calendar(answer: bytes) -> None:
    with serving(saying(answer)) as server:
        assert ask(server) == CALENDAR


def test_what_the_server_hears() -> None:
    """The whole secret address and the name, and nothing of who asks."""
    with serving(saying(page(CALENDAR))) as server:
        ask(server, url=server.url.replace("calendar.ics", "søren/p%C3%A5?key=a b".replace(" ", "%20") + "#part"))
    [head] = server.heads
    assert head.splitlines()[0] == "GET /s%C3%B8ren/p%C3%A5?key=a%20b HTTP/1.1"
    assert sorted(head.strip().splitlines()[1:]) == [
        "Accept-Encoding: identity",
        "Accept: text/calendar",
        "Connection: close",
        f"Host: 127.0.0.1:{server.place[1]}",
        "User-Agent: Familiens Plan",
    ]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (page(b"", status="404 Not Found"), "ingen kalender på denne adresse"),
        (page(b"", status="401 Unauthorized"), "beder om en adgangskode"),
        (page(b"", status="500 Oops"), r"svarer med en fejl \(500\)"),
        (page(b"<html>Log in</html>"), "ikke en kalender"),
        (page(b""), "ikke en kalender"),
        (page(CALENDAR[:-20], "Content-Length: 99999", length=False), "stopper midt i det hele"),
        (page(gzip.compress(CALENDAR)[:-20], "Content-Encoding: gzip"), "stopper midt i det hele"),
        (page(b"no gzip", "Content-Encoding: gzip"), "kan forstås"),
        (page(CALENDAR, "Content-Encoding: br"), "kan forstås"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "kan forstås"),
        (b"", "kan forstås"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "kan forstås"),
        (page(b"", "Location: ftp://example.com/", status="302 Found"), "ikke adressen på en kalender"),
        (page(b"", status="302 Found"), "for mange gange"),  # to itself
    ],
)
def test_other_answers_are_refused_in_words(answer: bytes, says: str) -> None:
    with serving(saying(answer)) as server, pytest.raises(Refused, match=says):
        ask(server)


# --- Time ----------------------------------------------------------------------------------------------------------


def dripping_head(guest: Guest) -> None:
    guest.drip(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 90, every=0.05)


def dripping_body(guest: Guest) -> None:
    guest.say(page(b"", "Content-Length: 100000", length=False))
    guest.drip(CALENDAR * 100, every=0.05)


def endless_welcome(guest: Guest) -> None:
    while not guest.over.wait(0.01):
        guest.say(b"HTTP/1.1 100 Continue\r\n\r\n")


def slow_detours(guest: Guest) -> None:
    sleep(0.5)
    guest.say(page(b"", "Location: /again", status="302 Found"))


@pytest.mark.parametrize(
    "slow", [Guest.hang, dripping_head, dripping_body, endless_welcome, slow_detours], ids=lambda slow: slow.__name__
)
def test_slow_ones_are_left_in_time(slow: Answer) -> None:
    with serving(slow) as server:
        began = monotonic()
        with pytest.raises(Refused, match="for længe om at svare"):
            ask(server, seconds=1.0)
        assert 0.9 < monotonic() - began < 5  # two cores, many at work


def test_a_server_that_never_takes_the_handshake() -> None:
    with serving(Guest.hang) as server:
        began = monotonic()
        with pytest.raises(Refused, match="for længe om at svare"):
            ask(server, url=server.url.replace("http:", "https:"), seconds=1.0)
        assert monotonic() - began < 5


def test_a_name_that_is_looked_up_for_ever() -> None:
    def slow(_host: str, _port: int) -> list[str]:
        sleep(20)
        return ["127.0.0.1"]

    began = monotonic()
    with pytest.raises(Refused, match="for længe om at svare"):
        fetch("https://calendar.example/", resolve=slow, seconds=0.5)
    assert monotonic() - began < 5


# --- Size ----------------------------------------------------------------------------------------------------------


def flood(guest: Guest) -> None:
    guest.say(page(b"", "Connection: close", length=False))
    while True:  # until the guest leaves: then sending fails
        guest.say(b"X" * 100_000)


BOMB = gzip.compress(b"\0" * 300_000_000, 9)


@pytest.mark.parametrize(
    "huge",
    [
        flood,
        saying(page(b"", f"Content-Length: {LARGEST + 1}", length=False)),
        saying(page(CALENDAR + b" " * LARGEST)),
        saying(page(BOMB, "Content-Encoding: gzip")),
    ],
    ids=["flood", "said", "sent", "packed"],
)
def test_huge_ones_are_left_at_the_limit(huge: Answer) -> None:
    with serving(huge) as server, pytest.raises(Refused, match="for stor: mere end 2 MB"):
        ask(server)


def test_a_small_letter_never_fills_the_memory() -> None:
    with serving(saying(page(BOMB, "Content-Encoding: gzip"))) as server:
        tracemalloc.start()
        try:
            with pytest.raises(Refused):
                ask(server, seconds=20.0)
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 6 * LARGEST


# --- Where to ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "192.0.2.1", "203.0.113.5", "224.0.0.1"),
        *("239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "nonsense", ""),
    ],
)
def test_no_way_inwards(address: str) -> None:
    assert not is_public(address)
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["9.9.9.9", address]  # one good address does not help the other

    with pytest.raises(Refused, match=NOT_OUT_THERE):
        fetch("https://calendar.example/", resolve=resolve, seconds=2.0)
    assert asked == [("calendar.example", 443)]


def test_the_way_out_is_open() -> None:
    assert all(map(is_public, ["9.9.9.9", "2.104.0.1", "2a00:1450:400f:80d::200e", "::ffff:9.9.9.9"]))


@pytest.mark.parametrize(
    "url",
    [
        *("https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://localhost/"),
        *("https://127.0.0.1:22/", "webcal://127.0.0.1/a.ics", "https://[::ffff:169.254.169.254]/"),
    ],
)
def test_an_address_written_in_other_ways(url: str) -> None:
    """By the machine's own look-up: whatever it makes of the name is what is judged."""
    with pytest.raises(Refused, match=f"{NOT_OUT_THERE}|kan forstås"):
        fetch(url, seconds=2.0)


def never(_host: str, _port: int) -> list[str]:
    raise AssertionError("nobody is asked for this")


@pytest.mark.parametrize(
    "url",
    [
        *("", "calendar", "http://calendar.example/", "ftp://calendar.example/", "file:///etc/passwd", "https://"),
        *("https:///a", "https://user:word@calendar.example/", "https://@calendar.example/", "https://[::1"),
        *("https://calendar.example:99999/", "https://calendar.example:x/", "https://calendar.example/\r\nX: y"),
        *("https://calendar .example/", f"https://{'a' * 64}.example/", "https://calendar.example/" + "a" * 2000),
        *("javascript:alert(1)", "https://a..example/"),
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(Refused, match="ikke adressen på en kalender"):
        fetch(url, resolve=never)


def test_another_port_is_refused() -> None:
    with pytest.raises(Refused, match=NOT_OUT_THERE):
        fetch("https://calendar.example:8443/", resolve=lambda _host, _port: ["9.9.9.9"], seconds=2.0)


def test_a_name_nobody_knows() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise gaierror

    with pytest.raises(Refused, match="kan forstås"):
        fetch("https://calendar.example/", resolve=unknown)
    with pytest.raises(Refused, match="kan forstås"):
        fetch("https://calendar.example/", resolve=lambda _host, _port: [])


def test_a_name_that_changes_its_mind() -> None:
    """Rebinding: good when it is judged, inwards when it is used. It is looked up once, and that answer is used."""
    with (
        serving(saying(page(CALENDAR))) as good,
        serving(saying(page(b"inside")), "127.0.0.2", good.place[1]) as inside,
    ):
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        url = f"http://calendar.example:{good.place[1]}/"
        assert ask(good, url=url, resolve=lambda _host, _port: next(answers)) == CALENDAR
        assert (good.guests, inside.guests) == (1, 0)
        assert "Host: calendar.example:" in good.heads[0]
        with pytest.raises(Refused, match=NOT_OUT_THERE):
            ask(good, url=url, resolve=lambda _host, _port: next(answers))
        assert inside.guests == 0


def test_a_detour_inwards() -> None:
    with serving(saying(page(b"inside"))) as inside:
        there = page(b"", f"Location: {inside.url}", status="302 Found")
        with serving(saying(there)) as server, pytest.raises(Refused, match=NOT_OUT_THERE):
            ask(server)
        assert (server.guests, inside.guests) == (1, 0)


def test_three_detours_and_no_more() -> None:
    def onwards(times: int) -> Answer:
        def answer(guest: Guest) -> None:
            number = int("".join(filter(str.isdigit, guest.asked.split()[1])) or 0)
            on = page(b"", f"Location: /{number + 1}", status="307 Temporary Redirect")
            guest.say(on if number < times else page(CALENDAR))

        return answer

    with serving(onwards(3)) as server:
        assert ask(server) == CALENDAR
    with serving(onwards(4)) as server, pytest.raises(Refused, match="for mange gange"):
        ask(server)


# --- Certificates --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server for calendar.example, and one who trusts its certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "calendar.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("calendar.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file: Path = tmp_path_factory.mktemp("certificates") / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


@pytest.fixture
def safely(certificates: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Callable[..., bytes]]:
    """Ask a server with a certificate for calendar.example, by any name."""
    own, trusting = certificates
    with contextlib.ExitStack() as stack:

        def asked(answer: Answer, host: str = "calendar.example", **more: Any) -> bytes:
            server = stack.enter_context(serving(answer, context=own))
            url = f"https://{host}:{server.place[1]}/"
            given = {"context": trusting, "resolve": lambda _host, _port: ["127.0.0.1"]}
            return ask(server, url=url, **(given | more))

        yield asked


def test_the_name_is_proved_though_the_address_is_chosen(safely: Callable[..., bytes]) -> None:
    assert safely(saying(page(CALENDAR))) == CALENDAR
    with pytest.raises(Refused, match="ikke bevise"):
        safely(saying(page(CALENDAR)), host="other.example")
    with pytest.raises(Refused, match="ikke bevise"):
        safely(saying(page(CALENDAR)), context=None)  # signed by nobody the machine knows


def test_a_drip_inside_a_safe_line(safely: Callable[..., bytes]) -> None:
    began = monotonic()
    with pytest.raises(Refused, match="for længe om at svare"):
        safely(dripping_body, seconds=1.0)
    assert monotonic() - began < 5


def test_the_message_never_says_the_address() -> None:
    with pytest.raises(Refused) as refused:
        fetch("https://127.0.0.1/secret-key.ics")
    assert "secret" not in str(refused.value)
