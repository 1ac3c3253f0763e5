"""A form of a page, filled in as somebody would who takes the first choice everywhere."""

from collections import defaultdict
from datetime import date, timedelta
from html.parser import HTMLParser

DAY = date.today() + timedelta(days=1)  # noqa: DTZ011
BY_TYPE = {"date": DAY.isoformat(), "time": "10:00", "number": "1"}
BY_NAME = {
    "ends": "",
    "until": "",
    "target_on": "",
    "cpr": "010190-4321",
    "email": "nogen@kommune.dk",
    "birth_date": "1990-01-01",
    "child_born": (date.today() - timedelta(days=1500)).isoformat(),  # noqa: DTZ011
    "first_talk": date.today().isoformat(),  # noqa: DTZ011
    "second_talk": date.today().isoformat(),  # noqa: DTZ011
    "child_talk": "",
    "ends_at": "11:00",
}
NUMBERS = {"phone", "value"}  # of telephones: no words will do
ALL = {"sources"}  # of a consent: the name is not the family's to have written down
EXCEPT = {"private", "private_voice", "settled", "removed", "stopped", "deviation_reason"}  # says no, or ends something


class Filled(HTMLParser):
    """``values`` of the form that is kept until it is saved; ``typed``: the names of its free text,
    ``kept``: of those that are kept as drafts."""

    def __init__(self, page: str, words: str) -> None:
        super().__init__()
        self.words = words
        self.values: dict[str, list[str]] = defaultdict(list)
        self.typed: list[str] = []
        self.kept: list[str] = []
        self.inside, self.area, self.select = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.inside = "data-keep" in given
        if not self.inside:
            return
        if "data-draft" in given:
            self.kept.append(name)
        if tag == "option" and self.select and given.get("value") and not self.values[self.select]:
            self.values[self.select] = [given["value"]]
        if tag == "select":
            self.select = name
        if tag == "textarea":
            self._type(name)
        if tag == "input" and name and name not in EXCEPT:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind, field = given.get("type", "text"), name.rpartition("-")[2]
        if kind == "hidden":
            self.values[name] = [given.get("value", "")]
        elif kind in ("radio", "checkbox"):
            if given.get("value") and (not self.values[name] or name in ALL):
                self.values[name].append(given["value"])
        elif field in BY_NAME:
            self.values[name] = [BY_NAME[field]]
        elif kind in BY_TYPE:
            self.values[name] = [given.get("value") or BY_TYPE[kind]]
        else:
            self._type(name, "00 00 99 99" if field in NUMBERS else self.words)

    def _type(self, name: str, words: str | None = None) -> None:
        if name not in EXCEPT:
            self.values[name] = [words or self.words]
            self.typed.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""
