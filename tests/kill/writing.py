"""Somebody who writes one sentence after the other, and sends each until the page says that it is kept."""

import http.client
import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

AGAIN = 0.05  # seconds before the same is sent once more
PATIENCE = 180  # seconds
Answers = list[tuple[str, str]]


class Form(HTMLParser):
    """The answers of the form on a page that asks for ``text``, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.answers: Answers = []
        self.found: Answers | None = None
        self.action = ""
        self._choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "form":
            self.answers, self._action = [], has.get("action", "")
        elif tag == "textarea" and name == "text" and self.found is None:
            self.found, self.action = self.answers, self._action
        elif tag == "input" and name and (kind not in ("radio", "checkbox", "submit") or "checked" in has):
            self.answers.append((name, has.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and ("selected" in has or self._choice not in dict(self.answers)):
            self.answers = [one for one in self.answers if one[0] != self._choice]
            self.answers.append((self._choice, has.get("value", "")))
            if self.found is not None:
                self.found[:] = self.answers

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choice = ""


class Writer:
    """Signed in to the demo as ``login``. ``said``: what was acknowledged."""

    def __init__(self, site: str, login: str, address: str) -> None:
        self.site, self.login, self.address = site, login, address
        self.said: list[str] = []
        self.tries = 0
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)

    def signs_in(self) -> None:
        page = self._until_answered("/account/demo/")
        token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
        self._until_answered("/account/demo/", [("csrfmiddlewaretoken", token), ("login", self.login)])

    def says(self, text: str) -> None:
        form = Form(self._until_answered(self.address))
        assert form.found is not None, "the page asks for no text"
        answers = [one for one in form.found if one[0] != "text"]
        self._until_answered(form.action or self.address, [*answers, ("text", text)])
        self.said.append(text)

    def _until_answered(self, path: str, answers: Answers | None = None) -> str:
        """Nothing came back, or an error: the same again, as a browser with a bad connection does."""
        data = urllib.parse.urlencode(answers).encode() if answers is not None else None
        request = urllib.request.Request(urllib.parse.urljoin(self.site, path), data, {"Referer": self.site + "/"})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.tries += 1
            try:
                with self.browser.open(request, timeout=20) as answer:
                    return str(answer.read().decode())
            except urllib.error.HTTPError as refused:
                if refused.code < 500:
                    raise AssertionError(f"{refused.code} {path}") from refused
            except (OSError, http.client.HTTPException):  # also an answer that was cut off
                pass
            time.sleep(AGAIN)
        raise AssertionError(f"no answer within {PATIENCE} seconds: {path}")
