"""What is talked about: topics of the plan, chosen by the family, proposed by the others, in an order."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from familieplan.access.actor import Actor
from familieplan.access.enums import Kind
from familieplan.access.models import Scope
from familieplan.meetings import actions
from familieplan.meetings.enums import ItemStatus
from familieplan.meetings.guards import meeting_or_404
from familieplan.meetings.models import AgendaItem, Meeting
from familieplan.meetings.preparing.forms import ItemsForm
from familieplan.meetings.preparing.page import MeetingPage
from familieplan.meetings.preparing.views import GET_POST, address_of
from familieplan.people.models import Unit
from familieplan.people.names import Names, in_words
from familieplan.people.pages import Choices, answers, form_page
from familieplan.people.records import writing_unit
from familieplan.plan import actions as plan
from familieplan.plan.editing import Editing, choices_of, ids
from familieplan.plan.forms import TopicForm
from familieplan.plan.models import Topic


def _page_or_404(request: HttpRequest, family: UUID, meeting: UUID) -> tuple[Actor, Meeting, MeetingPage]:
    """For those who put something on the agenda or propose it; for others there is no such page."""
    by, row = meeting_or_404(request, family, meeting)
    page = MeetingPage(row, by)
    if not (page.may_choose or page.may_propose):
        raise Http404
    return by, row, page


def alike(title: str) -> str:
    """Two names that people would call the same."""
    return " ".join(title.casefold().split()).rstrip(".!?")


def _twice(topics: list[Topic], page: MeetingPage) -> str:
    """The name that would stand twice on the agenda; empty when all have their own."""
    there = {alike(one.title): one.topic for one in page.items if one.status != ItemStatus.NOT_NOW}
    for topic in topics:
        if there.setdefault(alike(topic.title), topic.pk) != topic.pk:
            return topic.title
    return ""


def same_name(title: str) -> str:
    return _("“%(title)s” is on the agenda already. Talk about it there, or give the other one another name.") % {
        "title": title
    }


@GET_POST
def choose(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Out of what the plan holds already."""
    by, row, page = _page_or_404(request, family, meeting)
    there = {one.topic for one in page.items if one.status != ItemStatus.NOT_NOW}
    topics = {
        topic.pk: topic
        for topic in Topic.objects.filter(family_id=family, closed_on=None).order_by("order", "created_at")
    }
    is_sent = request.method == "POST"  # what was sent before may be sent again
    offered = [topic for topic in topics.values() if is_sent or topic.pk not in there]
    form = ItemsForm(answers(request), topics=_named(offered, Names(family, by.id)))

    def act(form: ItemsForm) -> str | None:
        chosen = [topics[UUID(id)] for id in form.cleaned_data["topics"]]
        if twice := _twice(chosen, page):
            form.add_error("topics", same_name(twice))
            return None
        for topic in chosen:
            actions.put_on_agenda(meeting=row, topic=topic.pk, by=by)
        if page.may_propose:
            messages.success(request, _("It is proposed. The family chooses, and you can see here what they said."))
        return f"{page.address}#agenda"

    return form_page(
        request,
        form,
        act,
        template="meetings/items.html",
        title=_("Put something on the agenda") if page.may_choose else _("Propose something for the agenda"),
        lead=_("Few things, talked about well.") if page.may_choose else _("The family chooses what is talked about."),
        back=f"{page.address}#agenda",
        new=f"{page.address}items/new/",
        offers=bool(offered),
        save=_("Put it on the agenda") if page.may_choose else _("Propose it"),
    )


def _named(topics: list[Topic], names: Names) -> Choices:
    drawers = Scope.objects.in_bulk([topic.scope_id for topic in topics])
    found = []
    for topic in topics:
        drawer = drawers.get(topic.scope_id)
        about = in_words([names.you_or(one) for one in drawer.subjects if one in names.persons]) if drawer else ""
        found.append((str(topic.pk), f"{topic.title} ({about})" if about else topic.title))
    return found


class NewItem(Editing):
    """The plan's own form for something that fills one, on a page of its own; afterwards back to the meeting."""

    def done(self, part: str) -> HttpResponse:
        return HttpResponseRedirect(part)


@GET_POST
def new(request: HttpRequest, family: UUID, meeting: UUID) -> HttpResponse:
    """Something the plan does not hold yet: it becomes a topic of the plan, and is put on the agenda."""
    by, row, page = _page_or_404(request, family, meeting)
    writing_unit(family, by)
    back = f"{page.address}#agenda"
    title = _("Something new for the agenda") if page.may_choose else _("Propose something new")
    editing = NewItem(request, family, by, f"item:{meeting}", title, back, context={"cancel": back})
    choices = choices_of(editing)
    wanted = request.GET.get("about", "")
    first: dict[str, Any] = {"title": "", "about": choices.about_at_first(()), "kind": _kind_of(page)}
    if wanted in choices.subjects:
        first["about"] = [wanted]
    form = TopicForm(editing.data, initial=first, choices=choices)

    def save() -> str | None:
        given = form.cleaned_data
        mine = editing.id
        if taken := _taken(given["title"], page, mine):
            form.add_error("title", taken)
            return None
        place = plan.Place(family, ids(given["about"]), given["kind"])
        with transaction.atomic():
            topic = plan.add_topic(place=place, title=given["title"], by=by, id=mine)
            actions.put_on_agenda(meeting=row, topic=topic.pk, by=by)
        return None

    return editing.answer(form, save)


def _kind_of(page: MeetingPage) -> str:
    """A professional proposes within their own field; the family about its own life."""
    unit = page.mine.unit if page.mine and not page.coordinates else None
    field = Unit.objects.filter(pk=unit).values_list("category", flat=True).first() if unit else None
    return str(field or Kind.FAMILY_LIFE.value)


def _taken(title: str, page: MeetingPage, mine: UUID) -> str:
    """Why the name cannot be used: what is there already. Empty when it can. ``mine``: what was saved before."""
    rows = Topic.objects.filter(family_id=page.meeting.family_id, closed_on=None).exclude(pk=mine)
    named = next((topic for topic in rows if alike(topic.title) == alike(title)), None)
    if named is None:
        return ""
    if any(one.topic == named.pk and one.status != ItemStatus.NOT_NOW for one in page.items):
        return same_name(named.title)
    return _("The plan has “%(title)s” already. Choose that one, or give this another name.") % {"title": named.title}


class DecideForm(forms.Form):
    """Yes, not this time, or one place up or down."""

    status = forms.ChoiceField(
        choices=[(one.value, "") for one in (ItemStatus.CHOSEN, ItemStatus.NOT_NOW)], required=False
    )
    move = forms.ChoiceField(choices=[("up", ""), ("down", "")], required=False)


@require_POST
def decide(request: HttpRequest, family: UUID, meeting: UUID, item: UUID) -> HttpResponse:
    """The family or the coordinator chooses, puts off, or says in which order."""
    by, row = meeting_or_404(request, family, meeting)
    found = get_object_or_404(AgendaItem, pk=item, meeting=row.pk)
    form = DecideForm(request.POST)
    if not form.is_valid() or not any(form.cleaned_data.values()):
        raise BadRequest
    page = MeetingPage(row, by)
    if move := form.cleaned_data["move"]:
        _move(row, page, found, move, by)
    else:
        status = form.cleaned_data["status"]
        twice = _twice([found.topic], page) if status == ItemStatus.CHOSEN else ""
        if twice:
            messages.warning(request, same_name(twice))
        else:
            actions.decide(meeting=row, item=item, status=status, by=by)
    return HttpResponseRedirect(f"{address_of(row)}#agenda")


def _move(row: Meeting, page: MeetingPage, item: AgendaItem, way: str, by: Actor) -> None:
    """Change places with the neighbour that the reader sees."""
    ids_in_order = [one.id for one in page.agenda]
    orders = [one.order for one in page.agenda]
    if item.pk not in ids_in_order:
        raise Http404
    here = ids_in_order.index(item.pk)
    there = here + (1 if way == "down" else -1)
    if not 0 <= there < len(ids_in_order):
        return
    with transaction.atomic():
        actions.decide(meeting=row, item=item.pk, status=ItemStatus.CHOSEN, order=orders[there], by=by)
        actions.decide(meeting=row, item=ids_in_order[there], status=ItemStatus.CHOSEN, order=orders[here], by=by)
