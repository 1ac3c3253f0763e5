"""The steps of a meeting before it begins: told, sent, called off."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.meetings import actions
from familieplan.meetings.enums import How, Stage
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.views import GET_POST, address_of, coordinated_or_404, show
from familieplan.people.refusals import told


class KnownForm(forms.Form):
    """Exactly what was shown: nobody is said to know more than stood there."""

    person = forms.UUIDField()
    about = forms.TypedMultipleChoiceField(coerce=UUID, required=False)
    how = forms.ChoiceField(choices=[(one.value, "") for one in (How.SEEN, How.TOLD, How.WAIVED)])
    then = forms.ChoiceField(choices=[("begin", "")], required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["about"].choices = [(one, one) for one in data.getlist("about")]  # type: ignore[attr-defined]

    def clean_about(self) -> list[UUID]:
        try:
            return [UUID(str(one)) for one in self.cleaned_data["about"]]
        except ValueError:
            raise forms.ValidationError("") from None


@require_POST
def known(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Somebody of the family knows: by themselves, or told by the coordinator; or says in the room that it is fine."""
    by, row = meeting_or_404(request, family, meeting)
    form = KnownForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    given = form.cleaned_data
    counted = actions.knows(meeting=row, person=given["person"], about=given["about"], how=given["how"], by=by)
    if counted:
        messages.success(request, _("It is written down."))
    return HttpResponseRedirect(address_of(row) + ("begin/" if given["then"] else ""))


def _go_on(request: HttpRequest, page: MeetingPage, to: Stage) -> HttpResponse | None:
    """Refused: the page, with what is missing in plain words."""
    form = forms.Form({})
    form.is_valid()
    with told(form):
        actions.go_on(meeting=page.meeting, to=to, by=page.by)
    if form.errors:
        return show(request, page, refused=form.non_field_errors(), status=422)
    return None


@require_POST
def send(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """The agenda goes out. Sent twice, it has gone out once."""
    by, row = coordinated_or_404(request, family, meeting)
    if row.stage == Stage.PREPARING:
        refused = _go_on(request, MeetingPage(row, by), Stage.CALLED)
        if refused:
            return refused
        messages.success(request, _("The agenda is out. Everybody at the table can read what is theirs to read."))
    return HttpResponseRedirect(address_of(row))


@GET_POST
def call_off(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """It does not take place after all: what it means is said, then one press."""
    by, row = coordinated_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if row.stage == Stage.CANCELLED and request.method == "POST":
        return HttpResponseRedirect(address_of(row))
    if not page.stage.is_ahead:
        raise Http404
    if request.method == "POST":
        actions.go_on(meeting=row, to=Stage.CANCELLED, by=by)
        messages.success(request, _("The meeting is called off, and everybody at the table is told."))
        return HttpResponseRedirect(address_of(row))
    return render(request, "meetings/call_off.html", {
        "page": page, "action": request.path, "cancel": page.address, "yes": _("Yes, call it off"),
    })  # fmt: skip
