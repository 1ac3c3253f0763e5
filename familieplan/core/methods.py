"""HEAD is answered as GET is, without the body (RFC 9110 § 9.3.2): the server leaves it out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HeadAsGet:
    """No view needs to know of it: what GET opens, hides and logs, HEAD does too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        response = self.get_response(request)
        request.method = asked
        return response
