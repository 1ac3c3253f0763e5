"""The people of a family: the page, and the coordinator's small forms. Each form is a page: guard, form, one action."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from familieplan.access.actor import Actor
from familieplan.access.models import Threshold, new_id
from familieplan.accounts import actions as accounts
from familieplan.accounts.models import Kind as AccountKind
from familieplan.audit import log
from familieplan.people import actions, forms
from familieplan.people.enums import Role
from familieplan.people.guards import coordinator_or_404, course_or_404, family_or_404, is_early, role_or_404
from familieplan.people.models import (
    AddressProtection,
    Custody,
    FamilyRecord,
    Household,
    Person,
    Residence,
    Staff,
    StaffRole,
    TeamMember,
    Unit,
)
from familieplan.people.names import Names
from familieplan.people.pages import Choices, answers, form_page, once
from familieplan.people.reading import age_on, people_of

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def index(request: HttpRequest, family: UUID) -> HttpResponse:
    """Who belongs together, who has custody, who lives where, who works with the family."""
    by = family_or_404(request, family, "family")
    return render(request, "people/index.html", {"people": people_of(family, by, timezone.localdate())})


@GET_POST
def new_family(request: HttpRequest) -> HttpResponse:
    """A course begins with its first adult. Everything else is added from there."""
    by = role_or_404(request, "coordinator")
    units = [(str(one.pk), one.name) for one in _coordinates_for(by)]
    today = timezone.localdate()
    form = forms.FamilyForm(answers(request), today=today, choices={"unit": units})

    def act(form: forms.FamilyForm) -> str:
        given, family = dict(form.cleaned_data), once(request) or new_id()
        unit, first = Unit.objects.get(pk=given.pop("unit")), uuid5(family, "first person")
        try:
            with transaction.atomic():
                actions.open_family(unit=unit, opened_on=today, by=by, id=family)
        except IntegrityError:  # sent twice, or the id of a family that has nothing to do with this form
            if log.open_family(family, "family") is None or not Person.objects.filter(pk=first).exists():
                raise
        actions.add_person(family=family, by=by, id=first, **given)
        return _index(family)

    title, lead = _("A new family"), _("Begin with one adult. The others come on the next page.")
    return form_page(request, form, act, title=title, lead=lead, back="/families/", save=_("Start the plan"))


def _coordinates_for(by: Actor) -> list[Unit]:
    today = timezone.localdate()
    roles = StaffRole.objects.filter(staff=by.id, role=Role.COORDINATOR, starts__lte=today).exclude(ends__lt=today)
    return list(Unit.objects.filter(pk__in=roles.values("unit")).exclude(closed_on__lte=today).order_by("name"))


@GET_POST
def add_person(request: HttpRequest, family: UUID) -> HttpResponse:
    by = course_or_404(request, family, "family")
    others = [one for one in Names(family, by.id).persons.values() if one.pk != once(request)]
    form = forms.PersonForm(answers(request), today=timezone.localdate(), others=others)

    def act(form: forms.PersonForm) -> str:
        actions.add_person(family=family, by=by, id=once(request), **form.cleaned_data)
        return _index(family)

    return form_page(request, form, act, title=_("Somebody more in the family"), back=_index(family))


@GET_POST
def edit_person(request: HttpRequest, family: UUID, person: UUID) -> HttpResponse:
    """Two who save at once are both told; what was typed stays in the form."""
    by = coordinator_or_404(request, family, "family")
    row = get_object_or_404(Person, pk=person, family_id=family)
    others = [one for one in Names(family, by.id).persons.values() if one.pk != row.pk]
    shown = {name: getattr(row, name) for name in ("given_name", "surname", "birth_date", "part", "role_words")}
    form = forms.PersonForm(answers(request), initial=shown, today=timezone.localdate(), others=others, with_cpr=False)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdigit() else row.version

    def act(form: forms.PersonForm) -> str:
        actions.edit_person(person=row, version=seen, by=by, **form.cleaned_data)
        return _index(family)

    return form_page(request, form, act, template="people/edit.html", title=str(row), back=_index(family), row=row)


def _about_person(
    page: Callable[[HttpRequest, Actor, Person], HttpResponse], guard: Callable[..., Actor] = course_or_404
) -> Callable[..., HttpResponse]:
    """The guard of every small form about one person; some of them an early course has too."""

    @GET_POST
    def view(request: HttpRequest, family: UUID, person: UUID) -> HttpResponse:
        by = guard(request, family, "family")
        return page(request, by, get_object_or_404(Person, pk=person, family_id=family))

    view.__doc__ = page.__doc__
    return view


_also_early = partial(_about_person, guard=coordinator_or_404)


@_about_person
def relate(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    """How two are related, also in the family's own words."""
    others = _persons(person.family_id, by, without=person)
    form = forms.RelationForm(answers(request), choices={"other": others})

    def act(form: forms.RelationForm) -> str:
        given = form.cleaned_data
        other = Person.objects.get(pk=given["other"])
        actions.relate(person=person, other=other, kind=given["kind"], words=given["words"], by=by, id=once(request))
        return _index(person.family_id)

    title = _("How is %(name)s related to somebody?") % {"name": person.given_name}
    return form_page(request, form, act, title=title, back=_index(person.family_id))


@_also_early
def custody(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    """Who has custody from when: who must sign and who may read follow from it, in the same moment."""
    holders = [(str(one.pk), str(one)) for one in _adults(person.family_id, by)]
    initial = {"starts": person.birth_date}
    form = forms.CustodyForm(answers(request), initial=initial, choices={"holder": holders})

    def act(form: forms.CustodyForm) -> str:
        given = form.cleaned_data
        holder = Person.objects.get(pk=given.pop("holder"))
        actions.set_custody(child=person, holder=holder, by=by, id=once(request), **given)
        return _index(person.family_id)

    title = _("Custody of %(name)s") % {"name": person.given_name}
    lead = _("Joint custody: write it once for each of the two.")
    return form_page(request, form, act, title=title, lead=lead, back=_index(person.family_id))


@_about_person
def lives_at(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    """Where somebody lives, and when."""
    homes = [
        (str(id), label)
        for id, label in Household.objects.filter(family_id=person.family_id).values_list("pk", "label")
    ]
    if not homes:
        return HttpResponseRedirect(reverse("people:home", args=[person.family_id]))
    form = forms.ResidenceForm(answers(request), choices={"household": homes})

    def act(form: forms.ResidenceForm) -> str:
        given = form.cleaned_data
        household = Household.objects.get(pk=given.pop("household"))
        actions.live_at(person=person, household=household, by=by, id=once(request), **given)
        return _index(person.family_id)

    title = _("Where does %(name)s live?") % {"name": person.given_name}
    return form_page(request, form, act, title=title, back=_index(person.family_id))


@_also_early
def contact(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    form = forms.ContactForm(answers(request))

    def act(form: forms.ContactForm) -> str:
        actions.add_contact(person=person, by=by, id=once(request), **form.cleaned_data)
        return _index(person.family_id)

    title = _("How can one reach %(name)s?") % {"name": person.given_name}
    return form_page(request, form, act, title=title, back=_index(person.family_id))


@_about_person
def protect(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    """Address protection: from that day every fact that reveals a place needs its own yes."""
    form = forms.ProtectionForm(answers(request), initial={"starts": timezone.localdate()})

    def act(form: forms.ProtectionForm) -> str:
        actions.protect_address(person=person, by=by, id=once(request), **form.cleaned_data)
        return _index(person.family_id)

    title = _("Address protection for %(name)s") % {"name": person.given_name}
    lead = _("From that day nobody sees where they live, or a place that tells it, without a yes of its own for it.")
    return form_page(request, form, act, title=title, lead=lead, back=_index(person.family_id))


@_also_early
def invite(request: HttpRequest, by: Actor, person: Person) -> HttpResponse:
    """A link with which somebody of the family chooses a password. It is shown once, and kept nowhere."""
    least = Threshold.objects.get(key="invite_age").value
    if person.birth_date and age_on(person.birth_date, timezone.localdate()) < least:
        raise Http404
    form = forms.InviteForm(answers(request), initial={"login": person.given_name.lower()})
    back = _index(person.family_id)
    if request.method == "POST" and form.is_valid():
        try:
            login = form.cleaned_data["login"]
            invited = accounts.invite(kind=AccountKind.PERSON, holder=person.pk, login=login, by=by)
        except ValidationError as refused:
            form.add_error("login", refused.messages)
        except PermissionDenied:
            form.add_error(None, _("They have signed in before. A new link is given by an administrator."))
        else:
            link = request.build_absolute_uri(reverse("account_accept", args=[invited.token]))
            return render(
                request, "people/invited.html", {"person": person, "link": link, "login": login, "back": back}
            )
    title = _("Invite %(name)s in") % {"name": person.given_name}
    lead = _("With a sign-in of their own they read the plan, say yes and no, and see who has looked.")
    return form_page(request, form, lambda _form: None, title=title, lead=lead, back=back, save=_("Make the link"))


@GET_POST
def home(request: HttpRequest, family: UUID) -> HttpResponse:
    """A home, and who lives in it since when."""
    by = course_or_404(request, family, "family")
    form = forms.HomeForm(
        answers(request), initial={"starts": timezone.localdate()}, choices={"about": _persons(family, by)}
    )

    def act(form: forms.HomeForm) -> str:
        given, id = form.cleaned_data, once(request) or new_id()
        people = list(Person.objects.filter(pk__in=given["about"]))
        household = actions.add_household(
            family=family, label=given["label"], about=people, address=given["address"], by=by, id=id
        )
        since = {"starts": given["starts"], "pattern": given["pattern"]}
        for person in people:
            actions.live_at(person=person, household=household, by=by, id=uuid5(id, person.pk.hex), **since)
        return _index(family)

    return form_page(request, form, act, title=_("A home"), back=_index(family))


@GET_POST
def join(request: HttpRequest, family: UUID) -> HttpResponse:
    """A professional joins the team."""
    by = coordinator_or_404(request, family, "family")
    choices = {"staff": _professionals(early=is_early(family)), "about": _persons(family, by)}
    form = forms.TeamForm(answers(request), initial={"starts": timezone.localdate()}, choices=choices)

    def act(form: forms.TeamForm) -> str:
        given = form.cleaned_data
        staff, unit = given.pop("staff").split(":")
        actions.add_to_team(
            family=family,
            staff=Staff.objects.get(pk=staff),
            unit=Unit.objects.get(pk=unit),
            about=list(Person.objects.filter(pk__in=given.pop("about"))),
            by=by,
            id=once(request),
            **given,
        )
        messages.success(request, _("They are on the team. What they may see is decided by consents."))
        return _index(family)

    title = _("Somebody who works with the family")
    return form_page(request, form, act, title=title, back=_index(family))


def _ending(
    model: type[FamilyRecord],
    form_class: type[forms.LastDayForm],
    title: str,
    end: Callable[[Any, Actor, dict[str, Any]], object],
) -> Callable[..., HttpResponse]:
    """Custody, a home, address protection and work with a family all end in the same way: with a last day."""

    @GET_POST
    def view(request: HttpRequest, family: UUID, row: UUID) -> HttpResponse:
        by = coordinator_or_404(request, family, "family")
        found: Any = get_object_or_404(model, pk=row, family_id=family)
        form = form_class(answers(request), starts=found.starts, initial={"last_day": timezone.localdate()})

        def act(form: forms.LastDayForm) -> str:
            end(found, by, form.cleaned_data)
            return _index(family)

        return form_page(request, form, act, title=_(title), back=_index(family))

    return view


end_custody = _ending(
    Custody, forms.LastDayForm, gettext_noop("The custody ends"),
    lambda row, by, given: actions.end_custody(custody=row, last_day=given["last_day"], by=by),
)  # fmt: skip
move_out = _ending(
    Residence, forms.LastDayForm, gettext_noop("Moving out"),
    lambda row, by, given: actions.move_out(residence=row, last_day=given["last_day"], by=by),
)  # fmt: skip
end_protection = _ending(
    AddressProtection, forms.LastDayForm, gettext_noop("The address protection ends"),
    lambda row, by, given: actions.end_address_protection(protection=row, last_day=given["last_day"], by=by),
)  # fmt: skip
leave = _ending(
    TeamMember, forms.LeaveForm, gettext_noop("They no longer work with the family"),
    lambda row, by, given: actions.leave_team(member=row, last_day=given["last_day"], reason=given["reason"], by=by),
)  # fmt: skip


def _index(family: UUID) -> str:
    return reverse("people:index", args=[family])


def _persons(family: UUID, by: Actor, without: Person | None = None) -> Choices:
    rows = Names(family, by.id).persons.values()
    return [(str(one.pk), str(one)) for one in rows if without is None or one.pk != without.pk]


def _adults(family: UUID, by: Actor) -> list[Person]:
    today = timezone.localdate()
    return [one for one in Names(family, by.id).persons.values() if _is_adult(one.birth_date, today)]


def _is_adult(born: date | None, today: date) -> bool:
    return born is None or age_on(born, today) >= 18


def _professionals(*, early: bool) -> Choices:
    """Those who may join a team, by unit: working there today, in a unit that is open; with a part in early courses."""
    today = timezone.localdate()
    roles = (
        StaffRole.objects.filter(role__in=(Role.COORDINATOR, Role.PROFESSIONAL), starts__lte=today, staff__left_at=None)
        .exclude(ends__lt=today)
        .exclude(unit__closed_on__lte=today)
        .select_related("staff", "unit")
        .order_by("unit__name", "staff__name")
    )
    by_unit: dict[str, dict[str, str]] = {}
    for row in roles.exclude(unit__early="") if early else roles:
        by_unit.setdefault(row.unit.name, {})[f"{row.staff_id}:{row.unit_id}"] = row.staff.name
    return [(unit, list(people.items())) for unit, people in by_unit.items()]
