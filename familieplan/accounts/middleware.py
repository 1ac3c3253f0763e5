"""From cookie to actor, and the gate. One statement finds session, user and profile; one says who asks from now on."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation

from familieplan.access.actor import SIGNING_IN, Actor
from familieplan.access.context import act_as
from familieplan.accounts import doors, rules
from familieplan.accounts.models import Kind, User
from familieplan.accounts.request import Recognised


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Was a code given in this very session? Having one at home is not enough."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def may_come_in(request: HttpRequest, user: User) -> bool:
    """Staff need a second factor, but for the demo; families are offered one."""
    return user.kind == Kind.PERSON or settings.DEMO or has_second_factor(request, user)


class ActorMiddleware:
    """Inside the request's transaction. Until it has found somebody, the actor is the one who is signing in,
    to whom the database opens the accounts tables and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Recognised) -> HttpResponse:
        request.actor = SIGNING_IN
        request.session.browser = rules.name_of_browser(request.headers.get("User-Agent", ""))
        user = request.session.user
        request.user = user or AnonymousUser()
        if user:
            self._recognise(request, user)
        return self.get_response(request)

    def process_view(
        self, request: Recognised, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Closed by default: signed in, or marked as open, or shown the way in."""
        if request.actor.kind in Kind.values or doors.is_open(view, has_given_password=request.user.is_authenticated):
            return None
        if request.user.is_authenticated:
            return _go_to(request, resolve_url("mfa_activate_totp"))
        return _go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _place(request)})}")

    @staticmethod
    def _recognise(request: Recognised, user: User) -> None:
        profile = request.session.profile
        if profile is None:  # the holder has left: so has the account
            request.session.flush()
            request.user = AnonymousUser()
            return
        if not may_come_in(request, user):
            return
        request.actor = Actor(
            holder=user.holder,
            kind="staff" if user.kind == Kind.STAFF else "person",
            name=profile.name,
            roles=profile.roles,
            units=profile.units,
            user=user.pk,
        )
        act_as(request.actor)
        request.account_has_news = profile.has_news
        request.session.seen()
        if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language


def _go_to(request: HttpRequest, address: str) -> HttpResponse:
    """htmx would put the sign-in page into a card: it is told to leave the page, or, when a form was sent, to stay.
    The form then says that one has been signed out, and can be sent again from where it stands (same_again.py)."""
    if "HX-Request" not in request.headers:
        return HttpResponseRedirect(address)
    if request.method == "GET":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=401)


def _place(request: HttpRequest) -> str:
    """Where the reader was: the page, not the address a fragment or a form was sent to."""
    if "HX-Current-URL" in request.headers:
        return _path_of(request.headers["HX-Current-URL"])
    if request.method == "GET":
        return request.get_full_path()
    return _path_of(request.headers.get("Referer", ""))


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path or "/"
    except ValueError:  # headers are anybody's
        return "/"
