"""A strict reader of RFC 5545, written from the RFC and sharing nothing with what wrote: any slip is an error."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LINE = re.compile(r'([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=(?:"[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*):(.*)')
PARAM = re.compile(r';([A-Z][A-Z0-9-]*)=(?:"([^"]*)"|([^";:,]*))')
BARE_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
LOCAL, INSTANT = re.compile(r"\d{8}T\d{6}"), re.compile(r"\d{8}T\d{6}Z")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "COMMENT", "PRODID"}
NEEDED = {  # 3.6: what must stand in each, once; 5546 3.2: what a REQUEST and a CANCEL must say besides
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "SEQUENCE", "ATTENDEE", "STATUS"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}


@dataclass
class Node:
    name: str
    lines: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    inside: list["Node"] = field(default_factory=list)

    def value(self, name: str) -> str:
        return self.lines[name][1]

    def text(self, name: str) -> str:
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], self.value(name))

    def only(self, name: str) -> "Node":
        [found] = [node for node in self.inside if node.name == name]
        return found

    def names(self) -> list[str]:
        return [node.name for node in self.inside]


def read(raw: bytes) -> Node:
    """The one calendar of these bytes. AssertionError for whatever the RFC forbids."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical), "a line of more than 75 octets"
    assert not any(b"\r" in line or b"\n" in line for line in physical), "a bare CR or LF"
    assert all(line.decode() for line in physical), "an empty line, or a fold in the middle of a letter"
    root = Node("")
    path = [root]
    for line in raw[:-2].decode().replace("\r\n ", "").split("\r\n"):
        found = LINE.fullmatch(line)
        assert found, f"no content line: {line!r}"
        name, params, value = found.groups()
        if name == "BEGIN":
            path.append(Node(value))
            path[-2].inside.append(path[-1])
        elif name == "END":
            assert path.pop().name == value
        else:
            _keep(path[-1], name, params, value)
    assert path == [root]
    [calendar] = root.inside
    _check(calendar, calendar)
    return calendar


def _keep(node: Node, name: str, params: str, value: str) -> None:
    assert name not in node.lines, f"{name} twice in {node.name}"
    assert name not in TEXTS or BARE_TEXT.fullmatch(value), f"{name} is not escaped"
    found = PARAM.findall(params)
    assert len({key for key, _quoted, _bare in found}) == len(found), f"a parameter of {name} twice"
    node.lines[name] = ({key: quoted or bare for key, quoted, bare in found}, value)


def _check(node: Node, calendar: Node) -> None:
    asks = calendar.lines.get("METHOD", ({}, ""))[1] != "PUBLISH"  # 5546 3.2.1: what is only told, nobody answers
    assert asks or "ATTENDEE" not in node.lines
    missing = NEEDED[node.name] - set(node.lines) - (set() if asks else {"ATTENDEE"})
    assert not missing, f"{node.name} lacks {missing}"
    zones = {one.value("TZID") for one in calendar.inside if one.name == "VTIMEZONE"}
    for params, _value in node.lines.values():
        assert params.get("TZID", next(iter(zones), None)) in zones | {None}, "a TZID without its VTIMEZONE"
    for inner in node.inside:
        _check(inner, calendar)


def instant(calendar: Node, node: Node, name: str) -> datetime:
    """A time as UTC, by the VTIMEZONE that stands in the calendar: not by what this machine knows of Denmark."""
    params, value = node.lines[name]
    if "TZID" not in params:
        assert INSTANT.fullmatch(value), "a time without a zone"
        return datetime.fromisoformat(value)
    assert LOCAL.fullmatch(value)
    local = datetime.fromisoformat(value)
    [zone] = [one for one in calendar.inside if one.name == "VTIMEZONE" and one.value("TZID") == params["TZID"]]
    onsets = [(onset, part) for part in zone.inside for onset in _onsets(part, local.year)]
    # The offset of the last onset at or before it. Both onset and time stand on the clock that was in force before.
    onset, part = max((one for one in onsets if one[0] <= local), key=lambda one: one[0])
    before, after = _offset(part.value("TZOFFSETFROM")), _offset(part.value("TZOFFSETTO"))
    assert local - onset >= after - before, "an hour that does not exist"
    return (local - after).replace(tzinfo=UTC)


def _onsets(part: Node, year: int) -> list[datetime]:
    """FREQ=YEARLY;BYDAY=-1SU;BYMONTH=n and nothing else: the last Sunday of a month, the year before and this one."""
    first = datetime.fromisoformat(part.value("DTSTART"))
    rule = dict(one.split("=") for one in part.value("RRULE").split(";"))
    assert rule == {"FREQ": "YEARLY", "BYDAY": "-1SU", "BYMONTH": str(first.month)}
    assert first.isoweekday() == 7, "DTSTART is no onset of its own rule"
    assert (first + timedelta(days=7)).month != first.month
    found = []
    for one in (year - 1, year):
        assert first.month in {3, 10}
        day = first.replace(year=one, day=31)
        found.append(day - timedelta(days=day.isoweekday() % 7))
    return [one for one in found if one >= first]


def _offset(value: str) -> timedelta:
    assert re.fullmatch(r"[+-]\d{4}", value)
    return (1 if value[0] == "+" else -1) * timedelta(hours=int(value[1:3]), minutes=int(value[3:]))
