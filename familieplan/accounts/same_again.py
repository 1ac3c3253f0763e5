"""A form left open while the session ran out can still be saved when the same person has signed in again.

Django gives a new CSRF secret at every sign-in, so the open form would be refused and what was typed lost (law 5).
We let the old secret stand if the one who comes is the one who was here last in this browser, and did not sign out.
For anybody else it is new: what one person typed must never be saved as another's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from familieplan.accounts.models import User

COOKIE = "same_again"


def secret_before(request: HttpRequest, user: User) -> str | None:
    """The secret of the forms this user may have open in this browser."""
    secret = request.META.get("CSRF_COOKIE")
    is_theirs = secret and constant_time_compare(request.COOKIES.get(COOKIE, ""), _mark(user, secret))
    return secret if is_theirs else None


def remember(request: HttpRequest, answer: HttpResponse, user: User) -> None:
    """The mark names nobody: it is a keyed hash of the user and the secret."""
    answer.set_cookie(
        COOKIE,
        _mark(user, request.META["CSRF_COOKIE"]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(answer: HttpResponse) -> None:
    answer.delete_cookie(COOKIE, samesite="Lax")


def _mark(user: User, secret: str) -> str:
    return salted_hmac("familieplan.accounts.same_again", f"{user.pk}:{secret}", algorithm="sha256").hexdigest()
