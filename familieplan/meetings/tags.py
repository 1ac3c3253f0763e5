"""The address a calendar answers to: the municipality's own with a tag that only this receiver's letters carry.

``plan+h3k…@kommune.dk``: the tag is an HMAC of meeting and receiver, so an answer proves by where it arrives whose it
is; what its sender says of themselves proves nothing. The key is derived from FAMILIEPLAN_DATA_KEY, for this alone.
"""

import hmac
import re
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

from django.conf import settings

PURPOSE = b"familieplan.meetings: where calendars answer"
BYTES = 15  # 120 bits: 24 letters, small ones, since some mail servers know no others
LONGEST = 64  # of what stands before the @ (RFC 5321, 4.5.3.1.1)
TAGGED = re.compile(r"([^\s<>@+,;:\"]+)\+([a-z2-7]{24})@([a-z0-9.-]+)", re.IGNORECASE)


def organizer(meeting: UUID, holder: UUID) -> str:
    """Where this one answers about this meeting. Where the municipality's address is too long for a tag: without."""
    name, _at, place = settings.MAIL_FROM.rpartition("@")
    tagged = f"{name}+{tag(meeting, holder)}"
    return f"{tagged}@{place}" if len(tagged) <= LONGEST else settings.MAIL_FROM


def tag(meeting: UUID, holder: UUID) -> str:
    key = hmac.digest(bytes.fromhex(settings.FAMILIEPLAN_DATA_KEY), PURPOSE, sha256)
    return b32encode(hmac.digest(key, meeting.bytes + holder.bytes, sha256)[:BYTES]).decode().lower()


def in_addresses(*texts: str) -> set[str]:
    """The tags of our own address in these lines of a mail."""
    own = settings.MAIL_FROM.lower().rpartition("@")
    found = (one.lower() for text in texts for one in map("\0".join, TAGGED.findall(text)))
    return {tag for name, tag, place in (one.split("\0") for one in found) if (name, place) == (own[0], own[2])}


def is_theirs(tags: set[str], meeting: UUID, holder: UUID) -> bool:
    mine = tag(meeting, holder)
    return any(hmac.compare_digest(mine, one) for one in tags)
