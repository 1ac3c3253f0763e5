"""Pages for everyone and for when something went wrong: plain words, and nothing about what there is or is not."""

import re

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.utils import translation

from familieplan.ui import views
from tests.ui.preview import request

ERRORS = {
    views.bad_request: 400,
    views.forbidden: 403,
    views.csrf_failed: 403,
    views.not_found: 404,
    views.conflict: 409,
    views.server_error: 500,
}


@pytest.fixture(autouse=True)
def _in_danish() -> object:
    with translation.override("da"):
        yield


@pytest.mark.parametrize(("view", "status"), ERRORS.items(), ids=lambda value: getattr(value, "__name__", value))
def test_an_error_says_what_to_do_next(view: object, status: int) -> None:
    response: HttpResponse = view(request("/somewhere/"))  # type: ignore[operator]
    assert response.status_code == status
    assert "Gå til forsiden" in response.content.decode()


def without_tokens(response: HttpResponse) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', "", response.content.decode())


def test_not_there_and_not_for_you_are_the_same_page() -> None:
    asked: HttpRequest = request("/families/x/")
    assert without_tokens(views.not_found(asked, Http404("no such row"))) == without_tokens(views.not_found(asked))


def test_an_error_of_ours_is_drawn_without_asking_who_is_there() -> None:
    assert "Sara Holm" not in views.server_error(request("/")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/was/", "/principles/"])
def test_pages_for_everyone_need_no_sign_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
