"""One early course: its page, the yes to the meeting, and how it ends or goes on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.enums import Kind
from familieplan.access.models import new_id
from familieplan.consent.actions import Yes
from familieplan.consent.enums import Form, Standing
from familieplan.consent.models import Consent
from familieplan.consent.rules import last_day
from familieplan.early import actions
from familieplan.early.forms import CoordinatorForm, CourseForm, YesForm
from familieplan.early.guards import early_or_404, led_or_404
from familieplan.early.reading import EarlyPage, coordinating_units, open_units
from familieplan.people.models import Person, Staff, Unit
from familieplan.people.pages import Choices, answers, form_page, once
from familieplan.people.records import writing_unit

GET_POST = require_http_methods(["GET", "POST"])
ALWAYS = (str(Kind.BASIC), str(Kind.CONTACT), str(Kind.PLAN))  # whom to call, and what is agreed: without it no meeting
MONTHS = 6  # how long the yes to an ordinary course holds at first


@require_GET
def page(request: HttpRequest, family: UUID) -> HttpResponse:
    """Whom it is about, who was talked with, what has been said yes to, the meeting, what was agreed."""
    return render(request, "early/page.html", {"page": early_or_404(request, family)})


def _open(request: HttpRequest, family: UUID) -> tuple[EarlyPage, Person]:
    """The contact's, while it lasts."""
    found = led_or_404(request, family)
    if found.is_over or found.child is None:
        raise Http404
    return found, found.child


def _signers(found: EarlyPage, child: Person) -> Choices:
    return [(str(id), found.consents.names.person(id)) for id in sorted(found.consents.must_sign(child.pk))]


@GET_POST
def say_yes(request: HttpRequest, family: UUID) -> HttpResponse:
    """The yes to this one meeting: short, read together, signed by all who decide."""
    found, child = _open(request, family)
    mine = writing_unit(family, found.by)
    others = [(str(unit.pk), unit.name) for unit in open_units(found.today) if unit.pk != mine]
    first = {
        "purpose": _("To talk about how %(name)s is doing, and find out together what helps.")
        % {"name": child.given_name},
        "consequence": _("Then we do not hold the meeting, and nobody else is told. Nothing else changes for you."),
    }
    form = YesForm(answers(request), initial=first, units=others, signers=_signers(found, child))

    def act(form: YesForm) -> str:
        given = form.cleaned_data
        units = tuple(one for one in (mine, *map(UUID, given["units"])) if one)
        yes = Yes(
            id=once(request) or new_id(),
            subject=child,
            kinds=(*ALWAYS, *given["kinds"]),
            purpose=given["purpose"],
            consequence=given["consequence"],
            until=found.standing.until,
            from_units=units,
            to_units=units,
        )
        signed = Person.objects.filter(pk__in=given["signed"])
        actions.say_yes(yes=yes, form=Form.TABLET, signed_by=signed, by=found.by)
        return found.address

    return form_page(
        request,
        form,
        act,
        title=_("May we talk about %(name)s?") % {"name": child.given_name},
        lead=_("You decide together. You can say no to all of it, or to some of it."),
        back=found.address,
        notes=[
            _("Names, how to reach you, and what is agreed are part of it. Each parent says yes for themselves too."),
            _("A yes ends by itself with the early course, and can be taken back at any time before."),
        ],
        save=_("Save the consent"),
    )


@GET_POST
def end(request: HttpRequest, family: UUID) -> HttpResponse:
    """A no, or it is well now: what it means is said, then one press."""
    found = led_or_404(request, family)
    if found.is_over:
        raise Http404
    if request.method == "POST":
        is_well = "no" not in request.POST
        actions.close(family=family, is_well=is_well, by=found.by)
        messages.success(request, _("It has ended. From now on only the family reads it."))
        return HttpResponseRedirect("/families/")
    return render(request, "early/end.html", {
        "page": found, "action": request.path, "cancel": found.address, "yes": _("It is well now: end it"),
    })  # fmt: skip


@GET_POST
def come_back(request: HttpRequest, family: UUID) -> HttpResponse:
    """A clip: the family comes back to its contact, without a new referral."""
    found = early_or_404(request, family)
    if request.method == "POST" and found.by.is_family and not found.is_over:  # pressed twice
        return HttpResponseRedirect(found.address)
    if not found.standing.may_come_back:
        raise Http404
    if request.method == "POST":
        try:
            actions.come_back(family=family, by=found.by, id=once(request))
            messages.success(request, _("Your contact can see you again, and you decide anew what may be known."))
        except actions.NobodyThere:
            messages.warning(
                request, _("Your contact works there no more. Call the school or daycare: they begin anew with you.")
            )
        return HttpResponseRedirect(found.address)
    return render(request, "early/come_back.html", {
        "page": found, "action": request.path, "cancel": found.address, "yes": _("Yes, we would like to"),
    })  # fmt: skip


@GET_POST
def course(request: HttpRequest, family: UUID) -> HttpResponse:
    """The family's yes to an ordinary course with a coordinator, and to what of what was said shall follow."""
    found, child = _open(request, family)
    units = coordinating_units(found.today)
    first = {
        "purpose": _("To have one person to call, who holds the threads together with you."),
        "consequence": _("Then we go on here as now, for as long as the early course lasts."),
    }
    choices = [(str(id), roles[0].unit.name) for id, roles in units.items()]
    form = CourseForm(answers(request), initial=first, units=choices, signers=_signers(found, child))

    def act(form: CourseForm) -> str:
        given = form.cleaned_data
        mine = writing_unit(family, found.by)
        actions.ask_for_a_course(
            child=child,
            unit=Unit.objects.get(pk=given["unit"]),
            purpose=given["purpose"],
            consequence=given["consequence"],
            until=last_day(found.today, MONTHS, found.consents.thresholds["longest_consent_days"]),
            follows=given["follows"],
            from_units=[mine] if mine else [],
            signed_by=list(Person.objects.filter(pk__in=given["signed"])),
            by=found.by,
            id=once(request),
        )
        return found.address

    return form_page(
        request,
        form,
        act,
        title=_("Shall it become a course with a coordinator?"),
        lead=_("Only if you want to. You decide what of what has been said here goes with you."),
        back=found.address,
        save=_("Save the consent"),
    )


@GET_POST
def hand_over(request: HttpRequest, family: UUID, consent: UUID) -> HttpResponse:
    """All have said yes: a coordinator takes the family on, and the early course is an ordinary one."""
    found, _child = _open(request, family)
    row = get_object_or_404(Consent, pk=consent, family_id=family)
    view = next((one for one in found.ways_in if one.id == row.pk), None)
    if view is None or view.standing is Standing.WAITING:
        raise Http404
    roles = coordinating_units(found.today)[row.to_units[0]]
    form = CoordinatorForm(answers(request), coordinators=[(str(one.staff_id), one.staff.name) for one in roles])

    def act(form: CoordinatorForm) -> str:
        actions.become_a_course(
            family=family,
            coordinator=Staff.objects.get(pk=form.cleaned_data["coordinator"]),
            unit=Unit.objects.get(pk=row.to_units[0]),
            by=found.by,
            id=once(request),
        )
        messages.success(request, _("It is a course now. You are one of the team, and the coordinator is the way in."))
        return f"/families/{family}/"

    context: dict[str, Any] = {"title": _("The course begins"), "back": found.address, "save": _("Begin the course")}
    return form_page(
        request, form, act, lead=_("Call the coordinator first: no family is handed over by a form alone."), **context
    )
