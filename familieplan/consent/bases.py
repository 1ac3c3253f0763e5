"""Sharing without consent: by a section of law (the coordinator's act), and in an emergency. The family is told."""

from functools import partial
from uuid import UUID, uuid5

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from familieplan.access.models import new_id
from familieplan.consent import actions, words
from familieplan.consent.forms import FAMILY, NOT_ON_TEAM, kind_choices
from familieplan.consent.giving import team_units
from familieplan.consent.models import LegalBasis, LegalParagraph
from familieplan.people.guards import card_or_404, course_or_404, family_or_404, is_early
from familieplan.people.models import Person, Unit
from familieplan.people.names import Names
from familieplan.people.pages import Choices, Words, answers, form_page, once
from familieplan.people.refusals import said

EMERGENCY = "vital_interest"  # the paragraph that emergency access rests on (data/paragraphs.toml)
HOURS = (1, 4, 12, 24)


class SharingForm(forms.Form):
    """What the law lets through: about whom, what, to whom, by which section, why, for how long."""

    subject = forms.ChoiceField(label=_("Whose information is it about?"), widget=forms.RadioSelect)
    paragraph = forms.ModelChoiceField(
        LegalParagraph.objects.none(),
        label=_("Which section of law?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which section of law allows it.")},
    )
    necessity = Words(
        label=_("Why is it necessary?"),
        help_text=_("In words the family can read. They are told of it at once."),
        rows=4,
        error_messages={"required": _("Say why it is necessary.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which information?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["kinds"]},
    )
    sources = forms.MultipleChoiceField(
        label=_("From whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": words.PARTS["source"], "invalid_choice": NOT_ON_TEAM},
    )
    unit = forms.ChoiceField(
        label=_("Who may see it?"),
        widget=forms.RadioSelect,
        error_messages={"required": words.PARTS["recipient"], "invalid_choice": NOT_ON_TEAM},
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        widget=forms.NumberInput(attrs={"min": 1}),
        error_messages={"required": words.PARTS["until"]},
    )

    def __init__(self, *args: object, persons: Choices, units: Choices, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["subject"].choices = persons  # type: ignore[attr-defined]
        self.fields["kinds"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["sources"].choices = [(FAMILY, gettext("What the family itself says")), *units]  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        paragraphs = LegalParagraph.objects.exclude(key=EMERGENCY).order_by("citation")
        self.fields["paragraph"].queryset = paragraphs  # type: ignore[attr-defined]
        self.fields["paragraph"].choices = [(row.pk, _paragraph(row)) for row in paragraphs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        paragraph, days = given.get("paragraph"), given.get("days")
        if paragraph and days and days > paragraph.longest_days:
            self.add_error("days", said("basis_is_bounded"))
        return given


def _paragraph(row: LegalParagraph) -> str:
    longest = ngettext("at most %(days)d day", "at most %(days)d days", row.longest_days) % {"days": row.longest_days}
    return format_html("<b>{}</b> <span class='form-hint'>{} ({})</span>", row.citation, row.plain_words, longest)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, family: UUID) -> HttpResponse:
    """The coordinator writes down what the law lets through. It opens at once, and the family is told at once."""
    by = course_or_404(request, family, "consents")
    names, back = Names(family, by.id), reverse("consent:index", args=[family])
    persons: Choices = [(str(id), str(row)) for id, row in names.persons.items()]
    form = SharingForm(answers(request), persons=persons, units=team_units(family, timezone.localdate()))

    def act(form: SharingForm) -> str:
        given = form.cleaned_data
        actions.share_by_law(
            subject=Person.objects.get(pk=given["subject"]),
            kinds=given["kinds"],
            from_units=[UUID(one) for one in given["sources"] if one != FAMILY],
            from_family=FAMILY in given["sources"],
            to_unit=Unit.objects.get(pk=given["unit"]),
            paragraph=given["paragraph"],
            necessity=given["necessity"],
            days=given["days"],
            by=by,
            id=once(request),
        )
        messages.success(request, gettext("It is shared now, and the family has been told."))
        return back

    return form_page(
        request,
        form,
        act,
        title=gettext("Sharing that the law allows without consent"),
        lead=gettext("A yes from the family is always the first way. This is for when the law makes it necessary."),
        back=back,
        save=gettext("Share it, and tell the family"),
    )


@require_POST
def stop(request: HttpRequest, family: UUID, basis: UUID) -> HttpResponse:
    by = family_or_404(request, family, "consents")
    row = get_object_or_404(LegalBasis, pk=basis, family_id=family)
    actions.stop_sharing(basis=row, by=by)
    return HttpResponseRedirect(reverse("consent:index", args=[family]))


class EmergencyForm(forms.Form):
    """Why, and for how long. Whom it is about is asked where the one who asks may know who is in the family."""

    reason = Words(
        label=_("What has happened?"),
        help_text=_("The family reads this, with your department, today."),
        rows=3,
        error_messages={"required": _("Say what has happened. Without a reason it does not open.")},
    )
    hours = forms.ChoiceField(
        label=_("For how long?"), widget=forms.RadioSelect, error_messages={"required": _("Say for how long.")}
    )
    about = forms.MultipleChoiceField(
        label=_("Who is it about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say who it is about.")},
    )

    def __init__(self, *args: object, persons: Choices, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["hours"].choices = [  # type: ignore[attr-defined]
            (str(hours), ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}) for hours in HOURS
        ]
        self.fields["about"].choices = persons  # type: ignore[attr-defined]
        if not persons:
            del self.fields["about"]


def _id_of(sent: UUID, subject: UUID) -> UUID:
    return uuid5(sent, subject.hex)


@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, family: UUID) -> HttpResponse:
    """Emergency access for oneself, for some hours, in a family whose team one is on. Told to the family at once."""
    by, opening = card_or_404(request, family, "form for emergency")
    if not by.is_staff or is_early(family):
        raise Http404
    whom_i_work_with = actions.whom_i_work_with(family)
    if not whom_i_work_with:
        raise Http404
    persons = Names(family, by.id).persons
    known: Choices = [(str(id), str(row)) for id, row in persons.items() if id in whom_i_work_with]
    id_of = partial(_id_of, once(request) or new_id())
    if LegalBasis.objects.filter(pk__in=map(id_of, whom_i_work_with), created_by=by.id).exists():
        known = [one for one in known if "about" in request.POST]  # sent twice: it opened before whom one may know of
    form = EmergencyForm(answers(request), persons=known)

    def act(form: EmergencyForm) -> str:
        about = [UUID(one) for one in form.cleaned_data["about"]] if known else whom_i_work_with
        for subject in about:
            actions.break_glass(
                family=family,
                subject=subject,
                paragraph=LegalParagraph.objects.get(key=EMERGENCY),
                reason=form.cleaned_data["reason"],
                hours=int(form.cleaned_data["hours"]),
                by=by,
                id=id_of(subject),
            )
        messages.warning(
            request, gettext("It is open to you now. The family has been told, with the reason you wrote.")
        )
        return f"/families/{family}/"

    return form_page(
        request,
        form,
        act,
        title=gettext("Emergency access"),
        lead=gettext("Only to protect life and health, here and now. You see everything about them for some hours."),
        back=f"/families/{family}/{'' if opening == 'full' else 'card/'}",
        notes=[
            gettext("The family is told at once that you have done it, and why."),
            gettext("So is their coordinator. Do you need it again within a week, you do it together with them."),
        ],
        save=gettext("Open it now, and tell the family"),
        danger=True,
    )
