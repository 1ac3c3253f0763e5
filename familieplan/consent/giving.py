"""A consent is talked over and written down: on the coordinator's tablet, or on paper and then registered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.access.models import new_id
from familieplan.consent import actions
from familieplan.consent.enums import Form
from familieplan.consent.forms import FAMILY, ConsentForm, SignaturesForm, answers_of
from familieplan.consent.models import Consent
from familieplan.consent.reading import Consents
from familieplan.consent.rules import age_on
from familieplan.people.enums import TeamRole
from familieplan.people.guards import coordinator_or_404, course_or_404, is_early
from familieplan.people.models import Person, TeamMember
from familieplan.people.names import in_words
from familieplan.people.pages import Choices, answers, form_page, once
from familieplan.people.refusals import said

SMALL_YES = "/families/%s/early/yes/"  # of an early course, before there is a case: a form of its own


@require_GET
def whose(request: HttpRequest, family: UUID) -> HttpResponse:
    """Whose information? Each person decides for themselves, so each has a consent of their own."""
    by = coordinator_or_404(request, family, "consents")
    if is_early(family):
        return redirect(SMALL_YES % family)
    consents = Consents(family, by, timezone.localdate())
    people = [(person, _signers_in_words(consents, person.pk)) for person in consents.names.persons.values()]
    return render(request, "consent/whose.html", {"family": family, "people": people, "consents": consents})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, family: UUID, person: UUID) -> HttpResponse:
    by = coordinator_or_404(request, family, "consents")
    if is_early(family):
        return redirect(SMALL_YES % family)
    return _written_down(request, by, get_object_or_404(Person, pk=person, family_id=family))


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """Talked over again: the earlier text is the starting point, and it ends when the new one is written down."""
    by = course_or_404(request, family, "consents")
    earlier = get_object_or_404(Consent, pk=consent, family_id=family)
    return _written_down(request, by, earlier.subject, replaces=earlier)


def _written_down(request: HttpRequest, by: Actor, subject: Person, replaces: Consent | None = None) -> HttpResponse:
    today = timezone.localdate()
    consents = Consents(subject.family_id, by, today)
    signers = {id: consents.names.person(id) for id in sorted(consents.must_sign(subject.pk))}
    form = consent_form(
        answers(request), subject, consents, initial=answers_of(replaces) if replaces else _wanted(request)
    )

    def act(form: ConsentForm) -> str | None:
        on_paper = "paper" in request.POST
        id = once(request) or new_id()
        if replaces and Consent.objects.filter(replaces=replaces).exclude(pk=id).exists():
            form.add_error(None, said("consent_consent_replaces_id_key"))
            return None
        if not replaces and actions.stands_already(form.as_yes(id), today):
            form.add_error(None, _("The same yes is written down already. Talk that one over again instead."))
            return None
        sent_before = Consent.objects.filter(pk=id, replaces=replaces).exists()
        actions.give(
            yes=form.as_yes(id),
            form=Form.PAPER if on_paper else Form.TABLET,
            signed_by=Person.objects.filter(pk__in=[] if on_paper else form.cleaned_data["signed"]),
            by=by,
            replaces=replaces if replaces and (replaces.withdrawn_at is None or sent_before) else None,
        )
        return reverse("consent:paper" if on_paper else "consent:one", args=[subject.family_id, id])

    context: dict[str, Any] = {
        "subject": subject,
        "signers": signers,
        "why_they_sign": _why_they_sign(consents, subject),
        "replaces": replaces,
        "back": reverse("consent:index", args=[subject.family_id]),
    }
    return form_page(request, form, act, template="consent/form.html", **context)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What a page that found a yes missing asks about. The family may say otherwise, and the form asks the rest."""
    return {name: request.GET.getlist(name) for name in ("kinds", "recipients") if name in request.GET}


def consent_form(data: Any, subject: Person, consents: Consents, initial: dict[str, Any]) -> ConsentForm:
    signers = {id: consents.names.person(id) for id in sorted(consents.must_sign(subject.pk))}
    units = team_units(subject.family_id, consents.today)
    may_sign_in = consents.thresholds["invite_age"]
    others = [
        (f"person:{one.pk}", str(one))
        for one in consents.names.persons.values()
        if one.pk != subject.pk and (one.birth_date is None or age_on(one.birth_date, consents.today) >= may_sign_in)
    ]
    recipients: Choices = [(f"unit:{id}", name) for id, name in units] + others
    return ConsentForm(
        data,
        initial=initial,
        subject=subject,
        sources=[(FAMILY, _("What the family itself says")), *units],
        recipients=recipients,
        signers=signers,
        signs_alone=consents.signs_alone(subject.pk),
        today=consents.today,
        longest_days=consents.thresholds["longest_consent_days"],
        written_by=dict(team_units(subject.family_id, consents.today, role=TeamRole.COORDINATOR)),
    )


def team_units(family: UUID, today: date, **more: str) -> Choices:
    """The open units that work with the family today."""
    rows = TeamMember.objects.filter(family_id=family, starts__lte=today, **more)
    current = rows.filter(Q(ends=None) | Q(ends__gte=today))
    is_open = current.filter(Q(unit__closed_on=None) | Q(unit__closed_on__gt=today))
    return [(str(id), name) for id, name in is_open.order_by("unit__name").values_list("unit", "unit__name").distinct()]


def _signers_in_words(consents: Consents, person: UUID) -> str:
    names = [consents.names.person(id) for id in sorted(consents.must_sign(person))]
    if not names:
        return _("Nobody in the plan has custody. Write down who has, first.")
    if consents.signs_alone(person):
        return _("Signs alone")
    return _("%(names)s sign") % {"names": in_words(names)}


def _why_they_sign(consents: Consents, subject: Person) -> str:
    if consents.signs_alone(subject.pk):
        return _("%(name)s decides alone.") % {"name": subject.given_name}
    many = len(consents.must_sign(subject.pk)) > 1
    words = (
        _("%(name)s is under 15 and the custody is shared: everybody who has custody signs.")
        if many
        else _("%(name)s is under 15: the one who has custody signs.")
    )
    return words % {"name": subject.given_name}


@require_GET
def paper(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """The same text on one A4 page, with empty lines to sign on."""
    by = coordinator_or_404(request, family, "consents")
    consents = Consents(family, by, timezone.localdate())
    row = get_object_or_404(Consent, pk=consent, family_id=family)
    signers = [consents.names.person(id) for id in sorted(consents.must_sign(row.subject_id))]
    return render(request, "consent/paper.html", {"family": family, "view": consents.one(row), "signers": signers})


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """Signatures that came later: on the paper form, or by somebody who was not at home."""
    by = coordinator_or_404(request, family, "consents")
    consents = Consents(family, by, timezone.localdate())
    row = get_object_or_404(Consent, pk=consent, family_id=family, withdrawn_at=None)
    must_sign, has_signed = consents.must_sign(row.subject_id), set(row.signatures.values_list("person", flat=True))
    offered = must_sign if request.method == "POST" else must_sign - has_signed  # sent twice, they have signed by now
    page = reverse("consent:one", args=[family, consent])
    form = SignaturesForm(answers(request), signers={id: consents.names.person(id) for id in sorted(offered)})

    def act(form: SignaturesForm) -> str:
        for person in Person.objects.filter(pk__in=form.cleaned_data["signed"]).exclude(pk__in=has_signed):
            actions.sign(consent=row, person=person, form=row.form, by=by)
        return page

    title = _("Register signatures")
    return form_page(request, form, act, title=title, back=page, save=_("They have signed"))
