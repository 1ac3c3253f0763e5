"""Counts in fives: no count of few people is said, and none follows exactly from what is said (law 8; decision 21).

Every count – of a place, of the nation, of those that a share is of – goes to one of the two multiples of five beside
it, the nearer one more often: 12 becomes 10 three times of five and 15 twice, so that many together are right. Each is
rounded by itself: nothing adds up, and whoever adds and subtracts is left with a range. Which way is settled by year,
place and count with the desk's own key: where ten reports are made of the same people, they say the same ten times.
"""

import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b
from math import floor, log10
from pathlib import Path

from familieplan.population.trouble import Trouble

FIVE = 5
ENOUGH = 50
"""Shares and sums are said of so many and more: of fewer, rounding alone would move a share by more than 8 points."""
OF_NOBODY = b"invented people have nothing to hide, and look alike everywhere"
LETTERS = 64  # of a key: 32 bytes, written as hex


@dataclass(frozen=True)
class Fives:
    """``key``: 32 random bytes that no receiver has."""

    key: bytes

    def __call__(self, count: int, year: int, level: str, place: str) -> int:
        above = count % FIVE
        return count - above + (FIVE if self._chance(f"{year}/{level}/{place}/{count}") < above / FIVE else 0)

    def _chance(self, about: str) -> float:
        """From 0 to 1, always the same of the same."""
        return int.from_bytes(blake2b(about.encode(), key=self.key, digest_size=8).digest()) / 2**64


def usual_key() -> Path:
    """Beside the settings of whoever is signed in; another extract, another year: the same key."""
    settings = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(settings) / "familieplan" / "rounding.key"


def key_of(path: Path) -> bytes:
    """What stands in the file; made, for its owner alone, when it is not there. Raises Trouble."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:  # noqa: PTH123
                file.write(secrets.token_hex(LETTERS // 2) + "\n")
        written = path.read_text("ascii").strip()
        found = bytes.fromhex(written)
    except (OSError, ValueError) as problem:
        raise Trouble(
            "{path} cannot be used as the key that counts are rounded by. Name one of your desk by --key; it is made "
            "when it is not there.",
            path=path,
        ) from problem
    if len(written) != LETTERS:
        raise Trouble("{path} is no key: it should hold {letters} letters and digits.", path=path, letters=LETTERS)
    return found


def two_figures(total: float) -> float:
    """1 234 567 → 1 200 000, and 87 → 90: what one of them has is not seen in it."""
    return round(total, min(-1, 1 - floor(log10(abs(total))))) if total else 0.0
