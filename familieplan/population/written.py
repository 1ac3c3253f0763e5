"""How a CSV file is written: what parts its columns and its decimals, and in which letters.

The first row tells what parts the columns: comma, semicolon or tab. With semicolons a decimal comma is expected, as
Danish offices write them. The mapping may say otherwise: `decimal = "."`, `encoding = "latin-1"`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
DECIMALS = (".", ",")
ENCODINGS = ("utf-8", "latin-1")
HEADER_AT_MOST = 64 * 1024
MARK = b"\xef\xbb\xbf"  # some programs put it before UTF-8


@dataclass(frozen=True)
class Written:
    separator: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    marked: bool = False
    header: str = ""


PLAIN = Written()


def how(path: Path, said: Mapping[str, str] | None = None) -> Written:
    """``said``: decimal and encoding out of the mapping. Raises UnicodeDecodeError when the first row is in neither."""
    said = said or {}
    with path.open("rb") as file:
        first = file.read(HEADER_AT_MOST).split(b"\n", 1)[0]
    encoding = said.get("encoding", "utf-8")
    header = first.removeprefix(MARK).decode(encoding).strip("\r")
    separator = max(SEPARATORS, key=header.count)  # the first of those that are as frequent
    decimal = said.get("decimal", "," if separator == ";" else ".")
    return Written(separator, decimal, encoding, first.startswith(MARK), header)
