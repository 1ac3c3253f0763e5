"""Translated sentences for the templates: escaped once, then looked up. A page says two hundred of them."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from markupsafe import Markup


class Words(dict[str, Markup]):
    """One language's sentences, as they are asked for. A page asks for the language once, not with every sentence."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, sentence: str) -> Markup:
        with translation.override(self.language):
            self[sentence] = Markup(translation.gettext(sentence))  # noqa: S704 - our own words, never a person's
        return self[sentence]

    def gettext(self, sentence: str, **values: Any) -> Markup:
        """`_("Call %(name)s", name=…)`: the sentence is ours, and may hold markup; values are escaped."""
        return self[sentence] % values if values else self[sentence]


@lru_cache(maxsize=16)
def words_of(language: str | None) -> Words:
    return Words(language)


def gettext(sentence: str, **values: Any) -> Markup:
    """For macros imported without context, which do not know the page's own `_`."""
    return words_of(translation.get_language()).gettext(sentence, **values)


def ngettext(one: str, many: str, number: int, **values: Any) -> Markup:
    """`ngettext("%(num)s thing", "%(num)s things", n)`."""
    return Markup(translation.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704 - as above


def of_the_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the sentences in the language of this answer."""
    return {"_": words_of(translation.get_language()).gettext}
