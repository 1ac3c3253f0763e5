"""My account: sign-in with the second factor is allauth's; these are the pages around it."""

import uuid
from itertools import groupby
from typing import Any

from allauth.account import views as allauth_account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import act_as
from familieplan.accounts import actions, cast, forms, same_again
from familieplan.accounts.crypto import digest
from familieplan.accounts.doors import open_to_all
from familieplan.accounts.models import Kind, Session, User
from familieplan.accounts.request import SignedIn

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """Password, second factor, where one is signed in, language."""
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    now = {"language": request.LANGUAGE_CODE}
    context = {
        "has_app": Authenticator.Type.TOTP in factors,
        "must_have_app": must_have_app(request.user),
        "has_password": request.user.has_usable_password(),
        "sessions": Session.objects.open_for(request.user, now=timezone.now()).count(),
        "language_form": forms.ChooseLanguage(initial=now),
        "told": actions.what_was_done(user=request.user),
        "names_staff": request.user.kind == Kind.STAFF or settings.MUNICIPALITY_SHOWS_STAFF_NAMES,
    }
    return render(request, "account/home.html", context)


def change_password(request: SignedIn) -> HttpResponseBase:
    """Only for who has one: the people of the demo do not."""
    if not request.user.has_usable_password():
        raise Http404
    answer: HttpResponseBase = allauth_account.password_change(request)
    return answer


def must_have_app(user: User) -> bool:
    return user.kind == Kind.STAFF and not settings.DEMO


@require_GET
def sessions(request: SignedIn) -> HttpResponse:
    """The browsers one is signed in with, the newest first, this one marked."""
    mine = Session.objects.open_for(request.user, now=timezone.now()).order_by("-seen_at").defer("data")
    here = digest(request.session.session_key or "")
    return render(request, "account/sessions.html", {"sessions": mine, "here": here})


@require_POST
def end_session(request: SignedIn, session: uuid.UUID) -> HttpResponse:
    if not actions.end_session(session=session, user=request.user):
        raise Http404
    return redirect("account_sessions")


@require_POST
def end_other_sessions(request: SignedIn) -> HttpResponse:
    actions.end_other_sessions(user=request.user, keep=request.session.session_key)
    return redirect("account_sessions")


@require_POST
def have_read(request: SignedIn) -> HttpResponse:
    """What somebody else did with the account: they know of it now."""
    actions.has_read(user=request.user)
    return redirect("account_home")


@require_POST
def choose_language(request: SignedIn) -> HttpResponse:
    form = forms.ChooseLanguage(request.POST)
    answer = redirect("account_home")
    if form.is_valid():
        actions.set_language(user=request.user, language=form.cleaned_data["language"])
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
    return answer


@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """The machine may be shared: the browser is asked to keep nothing of what was shown."""
    answer: HttpResponse = allauth_account.logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        same_again.forget(answer)
    return answer


@open_to_all
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The invited comes with the link and chooses a password."""
    user_name = actions.invited(token)
    if user_name is None:
        return render(request, "account/link_is_spent.html", status=404)
    form = forms.ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept(token=token, password=form.cleaned_data["password"])
            return render(request, "account/accepted.html")
        except ValidationError as refused:
            form.add_error("password", refused)
    context = {"form": form, "user_name": user_name}
    return render(request, "account/accept.html", context, status=422 if form.errors else 200)


@open_to_all
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Be one of the invented people, by one press. Outside the demo this address does not exist."""
    if not settings.DEMO:
        raise Http404
    people = cast.everybody()
    if request.method == "POST":
        request.session.flush()
    act_as(SIGNING_IN)  # whoever one was, one no longer is
    users = {user.login: user for user in User.objects.filter(login__in=[one.login for one in people], is_active=True)}
    if request.method == "POST":
        user = users.get(request.POST.get("login", ""))
        if user is None:
            raise Http404
        login(request, user, backend=BACKEND)
        return redirect("/")
    open_to = [one for one in people if one.login in users]
    groups = [(name, list(some)) for name, some in groupby(open_to, key=lambda one: one.group)]
    return render(request, "account/demo.html", {"groups": groups})


class AddApp(ActivateTOTPView):
    """A second factor just added counts for this session, and ends every other: they were opened without it."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        self.request.session.cycle_key()
        actions.end_other_sessions(user=self.request.user, keep=self.request.session.session_key)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"must_have_app": must_have_app(self.request.user)}


class RemoveApp(DeactivateTOTPView):
    """Families may; staff change it by having an administrator forget the old one."""

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if must_have_app(request.user):
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
