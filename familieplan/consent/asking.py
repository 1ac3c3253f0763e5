"""Asking to see more. The coordinator talks it over with the family; nothing is shown meanwhile.

By CPR number the answer is the same whether there is a plan or not: the same words, by the same way through the code.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from familieplan.access.actor import Actor
from familieplan.consent import actions, words
from familieplan.consent.enums import RequestStatus
from familieplan.consent.forms import kind_choices
from familieplan.consent.models import AccessRequest
from familieplan.people import cpr
from familieplan.people.guards import card_or_404, coordinator_or_404, role_or_404
from familieplan.people.models import Unit
from familieplan.people.names import Names
from familieplan.people.pages import Choices, Words, answers, form_page, once
from familieplan.people.records import Conflict
from familieplan.people.refusals import said
from familieplan.ui.dates import full_date


class AskForm(forms.Form):
    """For which unit, what, and why: what the coordinator needs in order to ask the family."""

    unit = forms.ChoiceField(label=_("For which unit do you ask?"), widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("What do you need to know?"),
        help_text=_("Only what is needed for what you do for the family."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["kinds"]},
    )
    why = Words(
        label=_("What will you use it for?"),
        help_text=_("The family hears this in your words."),
        rows=3,
        error_messages={"required": words.PARTS["purpose"]},
    )

    def __init__(self, *args: object, units: Choices, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["kinds"].choices = kind_choices()  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]


class BlindForm(AskForm):
    """The same about somebody of whom one only has the CPR number."""

    cpr = forms.CharField(
        label=_("CPR number"),
        help_text=_("Ten digits."),
        error_messages={"required": _("Write the CPR number: ten digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ("cpr", "unit", "kinds", "why")

    def clean_cpr(self) -> bytes:
        """Its keyed index: the number itself goes no further."""
        try:
            return cpr.index(cpr.clean(self.cleaned_data["cpr"]))
        except ValueError:
            raise forms.ValidationError(gettext("That is not a CPR number. It has ten digits: ddmmyy-nnnn.")) from None


def _units(by: Actor) -> Choices:
    return [
        (str(id), name) for id, name in Unit.objects.filter(pk__in=by.units).order_by("name").values_list("pk", "name")
    ]


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, family: UUID) -> HttpResponse:
    """From the minimal card, by somebody on the team."""
    by, opening = card_or_404(request, family, "form to ask")
    role_or_404(request, "coordinator", "professional")
    back = f"/families/{family}/{'' if opening == 'full' else 'card/'}"

    asked = AccessRequest.objects.filter(family_id=family, staff=by.id).order_by("-asked_at")
    waiting = {str(row.unit_id): row for row in asked.filter(status=RequestStatus.OPEN)}
    units, is_sent = _units(by), request.method == "POST"

    def act(form: AskForm) -> str | None:
        given = form.cleaned_data
        before = next((row for row in asked if row.pk == once(request)), waiting.get(given["unit"]))
        if before and (before.why, before.kinds) != (given["why"], given["kinds"]):
            form.add_error(None, said("one_open_question"))
            return None
        if not before:  # not sent twice
            _ask(request, form, by, family=family)
        messages.success(request, gettext("The coordinator will ask the family. You hear when they have answered."))
        return back

    return form_page(
        request,
        AskForm(answers(request), units=[one for one in units if is_sent or one[0] not in waiting]),
        act,
        template="consent/ask.html",
        title=gettext("Ask the family"),
        lead=gettext("The coordinator talks it over with them. They may say no."),
        back=back,
        notes=[as_answered(row) for row in asked[:3]],
        may_ask=is_sent or len(waiting) < len(units),
        save=gettext("Send the question"),
    )


def _ask(request: HttpRequest, form: AskForm, by: Actor, **whom: Any) -> None:
    given = form.cleaned_data
    actions.ask_for_access(
        unit=UUID(given["unit"]), kinds=given["kinds"], why=given["why"], by=by, id=once(request), **whom
    )


def my_questions(family: UUID, by: Actor) -> list[AccessRequest]:
    """What one has asked this family, the latest first."""
    return list(AccessRequest.objects.filter(family_id=family, staff=by.id).order_by("-asked_at")[:3])


def as_answered(row: AccessRequest) -> str:
    """What the asker has asked before, and what the family said to it."""
    words = {"day": full_date(row.asked_at), "why": row.why, "status": row.get_status_display(), "answer": row.answer}
    return (gettext("You asked on %(day)s: “%(why)s” %(status)s. %(answer)s") % words).strip()


@require_http_methods(["GET", "POST"])
def blind(request: HttpRequest) -> HttpResponse:
    """By CPR number. Whether there is a plan is not told here, by word or by time."""
    by = role_or_404(request, "coordinator", "professional")

    def act(form: BlindForm) -> str:
        _ask(request, form, by, cpr_index=form.cleaned_data["cpr"])
        return reverse("ask_sent")

    form = BlindForm(answers(request), units=_units(by))
    title = gettext("Ask by CPR number")
    lead = gettext(
        "If there is a plan, its coordinator will ask the family. You are not told here whether there is one."
    )
    return form_page(request, form, act, title=title, lead=lead, back="/", save=gettext("Send the question"))


def sent(request: HttpRequest) -> HttpResponse:
    role_or_404(request, "coordinator", "professional")
    return render(request, "consent/sent.html")


class AnswerForm(forms.Form):
    """What the family said."""

    status = forms.ChoiceField(
        label=_("What did the family say?"),
        choices=[
            (RequestStatus.YES.value, _("Yes: we write down a consent now")),
            (RequestStatus.NO.value, _("Not this time")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the family answered.")},
    )
    answer = Words(
        label=_("To the one who asked"),
        help_text=_("A no needs no reason. Write nothing here that they may not know."),
        rows=3,
        required=False,
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, family: UUID, question: UUID) -> HttpResponse:
    """The coordinator answers, after a talk with the family. A yes still needs its consent: answering opens nothing."""
    by = coordinator_or_404(request, family, "consents")
    row = get_object_or_404(AccessRequest, pk=question, family_id=family)
    is_mine = request.method == "POST" and row.answered_by == by.id
    if row.status != RequestStatus.OPEN and not is_mine:
        raise Http404
    names = Names(family, by.id)

    def act(form: AnswerForm) -> str:
        given = form.cleaned_data
        if is_mine and (row.status, row.answer) != (given["status"], given["answer"]):
            raise Conflict(row)
        if not is_mine:  # not sent twice
            actions.answer_request(request=row, status=given["status"], answer=given["answer"], by=by)
        said_yes = given["status"] == RequestStatus.YES
        return reverse("consent:whose" if said_yes else "consent:index", args=[family])

    asker = names.staff_member(row.staff_id, to_family=False)
    return form_page(
        request,
        AnswerForm(answers(request)),
        act,
        template="consent/answer.html",
        question=row,
        asker=f"{asker}, {names.unit(row.unit_id)}",
        kinds=words.kinds(row.kinds),
        back=reverse("consent:index", args=[family]),
    )
