"""Sealing of what lies in the accounts tables: AES-256-GCM, one key for each purpose.

The keys are derived (HKDF-SHA256, RFC 5869) from FAMILIEPLAN_DATA_KEY, which never enters the database."""

import hashlib
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class CannotUnseal(Exception):
    """Not sealed by us, for this purpose, in this row."""


def digest(secret: str) -> str:
    """What we keep of a random secret. It has 256 bits, so a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()


def seal(purpose: str, text: str, *, bound_to: str = "") -> bytes:
    """Encrypt; `bound_to` names the row, so that a value moved to another row does not open."""
    nonce = os.urandom(NONCE)
    return nonce + _box(purpose).encrypt(nonce, text.encode(), bound_to.encode())


def unseal(purpose: str, sealed: bytes, *, bound_to: str = "") -> str:
    try:
        return _box(purpose).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal from error


def _box(purpose: str) -> AESGCM:
    return _box_of(purpose, settings.FAMILIEPLAN_DATA_KEY)


@cache
def _box_of(purpose: str, data_key: str) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"familieplan.accounts {purpose}".encode())
    return AESGCM(derive.derive(bytes.fromhex(data_key)))
