"""Accounts: invite, close, open again, forget a lost telephone. What they mean is in accounts/actions.py."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.accounts import actions
from familieplan.accounts.models import Kind
from familieplan.desk.administration import forms, reading
from familieplan.desk.administration.views import ADMINISTRATOR
from familieplan.people.guards import role_or_404
from familieplan.people.models import Staff
from familieplan.people.pages import answers, form_page
from familieplan.post import actions as post
from familieplan.post.forms import GiveAddress


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, staff: UUID) -> HttpResponse:
    """A new account, or a new link to one. The link is shown once and kept nowhere."""
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Staff, pk=staff, left_at=None)
    back = reverse("desk:one", kwargs={"staff": staff})
    known = next((account.login for account in reading.accounts() if account.holder == staff), "")
    form = forms.InviteForm(answers(request), initial={"login": known})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(kind=Kind.STAFF, holder=staff, login=form.cleaned_data["login"], by=by)
            link = request.build_absolute_uri(reverse("account_accept", kwargs={"token": made.token}))
            return render(request, "desk/admin/link.html", {"staff": row, "link": link, "back": back})
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "people/form.html", {
        "form": form, "title": _("Invite %(name)s") % {"name": row.name}, "back": back, "save": _("Make the link"),
    }, status=422 if form.errors else 200)  # fmt: skip


@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Where a colleague's notices go. What is there now is theirs to see; they are told, and can change it."""
    by = role_or_404(request, ADMINISTRATOR)
    row = get_object_or_404(Staff, pk=staff, left_at=None)
    if all(account.holder != staff for account in reading.accounts()):
        raise Http404
    back = reverse("desk:one", kwargs={"staff": staff})

    def act(form: GiveAddress) -> str:
        post.give_address(staff=staff, email=form.cleaned_data["email"], by=by)
        return back

    title = _("Where should we write to %(name)s?") % {"name": row.name}
    notes = [_("The address is not shown here afterwards. They are told of it, and can choose another themselves.")]
    return form_page(request, GiveAddress(answers(request)), act, title=title, back=back, notes=notes)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """A family's account, by its whole user name: there is no list of who has one."""
    role_or_404(request, ADMINISTRATOR)
    login = request.GET.get("login", "").strip().lower()
    found = next((one for one in reading.accounts() if one.login == login), None) if login else None
    return render(request, "desk/admin/find.html", {"login": login, "account": found})


def close(request: HttpRequest, account: UUID) -> HttpResponse:
    """Sessions, links and, for staff, every key end in the same transaction."""
    question = _("Close this account?")
    text = _("They are signed out everywhere at once, and reach nothing any more. Their words in the plans stay.")
    return _sure(request, account, actions.deactivate, question, text, _("Yes, close it"))


def reopen(request: HttpRequest, account: UUID) -> HttpResponse:
    question = _("Open this account again?")
    text = _("They can sign in as before. Roles and teams have their own dates.")
    return _sure(request, account, actions.reactivate, question, text, _("Yes, open it"))


def forget_factor(request: HttpRequest, account: UUID) -> HttpResponse:
    question = _("Forget the code app of this account?")
    text = _("Make sure that it is really them who ask. At the next sign-in they choose a new one, and are told of it.")
    return _sure(request, account, partial(_forget_factor, request), question, text, _("Yes, forget it"))


def _forget_factor(request: HttpRequest, *, user: UUID, by: Actor) -> None:
    if not actions.forget_second_factor(user=user, by=by):
        messages.info(request, _(
            "The account opens a family's plan, so you are two about it: another administrator presses the same within "
            "a day. Where there is nobody else, whoever runs the server does it: manage forget_second_factor."
        ))  # fmt: skip


@require_http_methods(["GET", "POST"])
def _sure(
    request: HttpRequest, account: UUID, act: Callable[..., Any], question: str, text: str, yes: str
) -> HttpResponse:
    """Asked first, done on one press. One's own account is another administrator's to change."""
    by: Actor = role_or_404(request, ADMINISTRATOR)
    row = next((one for one in reading.accounts() if one.id == account and one.id != by.user), None)
    if row is None:
        raise Http404
    is_staff = row.kind == Kind.STAFF
    back = reverse("desk:one", kwargs={"staff": row.holder}) if is_staff else reverse("desk:find_account")
    if request.method == "POST":
        act(user=account, by=by)
        return HttpResponseRedirect(back)
    values = {"question": question, "text": text, "login": row.login}
    return render(request, "desk/admin/sure.html", values | {"action": request.path, "cancel": back, "yes": yes})
