"""Every page of ours in Danish and in English: whole sentences, with their blanks filled in."""

import re

import pytest

from tests.street import SignIn, Street

MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
PAGES = {
    "Sara": ["/", "consents/", "consents/{consent}/", "consents/{consent}/withdraw/", "log/", "people/"],
    "Mette": [
        *("consents/new/", "consents/new/{anton}/", "consents/{consent}/again/", "consents/{consent}/paper/"),
        *("sharing/new/", "people/{anton}/custody/add/", "people/{anton}/invite/", "people/homes/add/"),
        *("people/team/add/", "/families/new/", "/ask/", "/ask/sent/"),
    ],
    "Lis": ["ask/", "emergency/"],
}


@pytest.mark.parametrize(("language", "says"), [("da", "Hvem kan se hvad"), ("en", "Who can see what")])
def test_no_blank_is_left_open(street: Street, sign_in: SignIn, language: str, says: str) -> None:
    consent = street.give("Sara", "Sara")
    ids = {"consent": consent.pk, "anton": street.persons["Anton"]}
    for name, paths in PAGES.items():
        client = sign_in(name)
        client.cookies["django_language"] = language
        for path in paths:
            address = path.format(**ids) if path.startswith("/") else street.base + path.format(**ids)
            answer = client.get(address)
            expected = 404 if address.endswith(f"{ids['anton']}/invite/") else 200  # he is ten
            assert answer.status_code == expected, address
            text = MARKUP.sub(" ", answer.content.decode())
            assert says in text, address
            assert "%(" not in text, address
            assert not re.search(r"\bNone\b|\{\{|\}\}", text), address
