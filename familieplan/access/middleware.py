"""One transaction around the whole request: session, user, answer and log row stand or fall together."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import act_as

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class TransactionMiddleware:
    """Opens the request's transaction and lets it look at accounts only, until somebody is known.

    ATOMIC_REQUESTS would not cover the session and the sign-in. An answer of 500 rolls everything back; a refused form
    (4xx) keeps its transaction, so that the log row of what was read is kept too. READ COMMITTED: a consent withdrawn
    in the middle of a page is seen by its next statement.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            act_as(SIGNING_IN)
            response = self.get_response(request)
            if isinstance(response, HttpResponse) and response.status_code >= 500:
                transaction.set_rollback(True)
        return response
