"""One's own calendar: a page of the account. What is typed here is kept nowhere else: the address is a secret."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from familieplan.meetings import own_calendar
from familieplan.meetings.calendar.fetch import LONGEST_ADDRESS
from familieplan.meetings.calendar.refusal import Refused
from familieplan.people.guards import actor_of
from familieplan.people.pages import Words

LARGEST = 2_000_000  # bytes of a file: below what Django keeps in memory, so that it never lies on a disk
SCHEMES = ("https://", "webcal://", "webcals://")


class CalendarForm(forms.Form):
    """One of the two."""

    address = Words(
        label=gettext_lazy("The calendar's own address"),
        help_text=gettext_lazy(
            "Your calendar calls it “share” or “publish”. Choose that it shows only when you are busy."
        ),
        longest=LONGEST_ADDRESS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file from your calendar (.ics)"),
        help_text=gettext_lazy("It is read once. When your plans change, give us a new one."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip()
        if typed and not typed.lower().startswith(SCHEMES):
            raise forms.ValidationError(_("This is not the address of a calendar. It begins with https://"))
        return typed

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given is not None and given.size > LARGEST:
            raise forms.ValidationError(_("The calendar is too large: more than %(mb)d MB.") % {"mb": 2})
        return given

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and bool(given.get("address")) == bool(given.get("file")):
            raise forms.ValidationError(_("Give us one of the two: an address or a file."))
        return given


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    by, here = actor_of(request), reverse("account_calendar")
    form = CalendarForm(request.POST, request.FILES) if request.method == "POST" else CalendarForm()
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["address"]:
                own_calendar.give_address(url=form.cleaned_data["address"], by=by)
                messages.success(request, _("We are looking into your calendar now. Come back in a minute."))
            else:
                unread = own_calendar.give_file(raw=form.cleaned_data["file"].read(), by=by)
                messages.success(request, _said(unread))
            return HttpResponseRedirect(here)
        except Refused as refused:
            form.add_error("file", str(refused))
    context = {"form": form, "calendar": own_calendar.mine(by), "back": reverse("account_home")}
    return render(request, "meetings/own_calendar.html", context, status=422 if form.errors else 200)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    own_calendar.forget(by=actor_of(request))
    messages.success(request, _("We have forgotten your calendar, and when you are busy."))
    return HttpResponseRedirect(reverse("account_calendar"))


def _said(unread: int) -> str:
    if not unread:
        return _("Your calendar has been read.")
    said = ngettext(
        "Your calendar has been read, but for %(n)d event that we could not understand.",
        "Your calendar has been read, but for %(n)d events that we could not understand.",
        unread,
    )
    return said % {"n": unread}
