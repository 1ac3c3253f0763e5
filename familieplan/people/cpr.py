"""CPR numbers: checked, encrypted per row, and found again by a keyed index that cannot be enumerated."""

import hmac
import os
from datetime import date
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def clean(text: str) -> str:
    """Ten digits of ``ddmmyy-nnnn``. Raises ``ValueError`` when it is not a CPR number.

    The modulus-11 check is not used: numbers without it have been issued since 2007 (CPR-kontoret).
    """
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        raise ValueError("a CPR number has ten digits")
    birth_date(digits)
    return digits


def birth_date(digits: str) -> date:
    """The date of birth a CPR number tells; the seventh digit gives the century (CPR-kontoret, "Personnummeret")."""
    day, month, year, seventh = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6])
    if seventh <= 3 or (seventh in (4, 9) and year >= 37):
        century = 1900
    elif seventh in (4, 9) or year <= 57:
        century = 2000
    else:
        century = 1800
    return date(century + year, month, day)


def _key(purpose: str) -> bytes:
    return hmac.digest(bytes.fromhex(settings.FAMILIEPLAN_DATA_KEY), purpose.encode(), sha256)


def index(digits: str) -> bytes:
    """A keyed look-up value, 32 bytes: a plain hash of a CPR number is enumerated in minutes."""
    return hmac.digest(_key("cpr index"), digits.encode(), sha256)


def encrypt(digits: str, person: UUID) -> bytes:
    """AES-GCM, bound to the person's id: moved to another row it opens no more. 12 bytes nonce first."""
    nonce = os.urandom(12)
    return nonce + AESGCM(_key("cpr text")).encrypt(nonce, digits.encode(), person.bytes)


def decrypt(sealed: bytes, person: UUID) -> str:
    """Raises ``InvalidTag`` when it was not sealed for this person with our key."""
    return AESGCM(_key("cpr text")).decrypt(bytes(sealed[:12]), bytes(sealed[12:]), person.bytes).decode()
