"""The headers every answer carries (OWASP Secure Headers): own sources only, and nothing kept by the browser."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def policy(live_url: str) -> dict[str, str]:
    """``POLICY``; where live boards have an address of their own, pages may listen there."""
    parts = urlsplit(live_url)
    if not parts.netloc:
        return POLICY
    elsewhere = f"; connect-src 'self' {parts.scheme}://{parts.netloc}"
    return POLICY | {"Content-Security-Policy": POLICY["Content-Security-Policy"] + elsewhere}


class SecurityHeaders:
    """Sets them where the view has not. Every page is about someone, so none may be stored: not on a shared machine,
    not by the back button after sign-out. Static files answer before this and are cached for ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy(settings.LIVE_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.policy.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
