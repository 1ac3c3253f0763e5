"""Handing a letter in over TLS and with a password: to a real server, with a certificate of its own making."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings

from familieplan.environment import mail_server
from familieplan.post import smtp
from familieplan.post.enums import LetterKind
from familieplan.post.letters import Letter, written
from tests.post.conftest import free_port

HERE = "127.0.0.1"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """For this machine, signed by nobody."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def knows(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: LoginPassword) -> AuthResult:
    return AuthResult(success=given == LoginPassword(b"plan", b"p@ss"), handled=False)


@contextmanager
def server(folder: Path, certificate: Path, security: str) -> Iterator[int]:
    tls, port = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), free_port()
    tls.load_cert_chain(certificate)
    way: dict[str, Any] = {"ssl_context": tls, "auth_require_tls": False}  # as TLS is there from the first byte
    if security == "smtp+starttls":
        way = {"tls_context": tls, "require_starttls": True}
    controller = Controller(Mailbox(folder), hostname=HERE, port=port, authenticator=knows, auth_required=True, **way)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def message(settings: LazySettings) -> EmailMessage:
    settings.SITE_URL, settings.MAIL_FROM = "https://plan.example/", "plan@kommune.example"
    to = Letter(uuid4(), uuid4(), "mia@mail.example", "", LetterKind.TASK, uuid4(), 0, datetime.now(UTC))
    return written(to, None)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is there from the first byte
@pytest.mark.parametrize("security", ["smtp+starttls", "smtps"])
def test_over_tls_with_a_password(
    security: str, tmp_path: Path, certificate: Path, message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hand_in(password: str) -> int:
        named = mail_server(f"{security}://plan:{password}@{HERE}:{port}")
        assert named
        smtp.hand_in(message, named)
        return len(list((tmp_path / "mailbox" / "new").iterdir()))

    with server(tmp_path / "mailbox", certificate, security) as port:
        with pytest.raises(smtp.Unreachable):  # nobody vouches for the certificate
            hand_in("p%40ss")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(smtp.Unreachable):
            hand_in("guessed")
        assert hand_in("p%40ss") == 1


@pytest.mark.parametrize(("code", "error"), [(550, smtp.Refused), (451, smtp.Unreachable)])
def test_for_good_or_later(code: int, error: type[Exception], message: EmailMessage) -> None:
    class Choosy:
        async def handle_RCPT(self, *_args: object) -> str:  # noqa: N802
            return f"{code} mia@mail.example"

    controller = Controller(Choosy(), hostname=HERE, port=free_port())
    controller.start()
    try:
        named = mail_server(f"smtp://{HERE}:{controller.port}")
        assert named
        with pytest.raises(error) as told:
            smtp.hand_in(message, named)
    finally:
        controller.stop()
    assert "mia" not in repr(told.value)
    assert told.value.__suppress_context__
