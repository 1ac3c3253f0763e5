"""What people say: worries, what works, wishes, hopes, what is burning, how one is, what something is for."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.access.enums import Kind
from familieplan.people.models import Person, Staff
from familieplan.plan import actions, sight
from familieplan.plan.choices import Choices
from familieplan.plan.editing import Editing, choices_of, ids, writer_or_404
from familieplan.plan.enums import StatementKind
from familieplan.plan.forms import LABELS, WordsForm
from familieplan.plan.models import Intervention, Statement, Topic

OF_TOPICS = (StatementKind.WORRY, StatementKind.STRENGTH, StatementKind.WISH, StatementKind.COMMENT)


def about_topic(request: HttpRequest, family: UUID, topic: UUID) -> HttpResponse:
    """A worry, what works, a wish, or words between the meetings, under its topic."""
    actor = writer_or_404(request, family)
    of = get_object_or_404(Topic.objects.select_related("scope"), pk=topic, family_id=family)
    asked = request.GET.get("kind", "")
    kind = StatementKind(asked) if asked in OF_TOPICS else StatementKind.WORRY
    editing = Editing(request, family, actor, key=f"topic:{topic}:{kind}", part=f"topic-{topic}", inside=True)
    editing.title = str(kind.label)
    return _say(editing, kind, about=of.scope.subjects, of_kind=of.scope.category_id, topic=of)


def hope(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, key="hope", title=_("A hope"), part="hopes", inside=True)
    return _say(editing, StatementKind.HOPE, of_kind=Kind.PLAN)


def burning(request: HttpRequest, family: UUID) -> HttpResponse:
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, key="burning", title=_("What is burning"), part="burning", inside=True)
    return _say(editing, StatementKind.BURNING, of_kind=_safest_for_a_fire(choices_of(editing)))


def _safest_for_a_fire(choices: Choices) -> Kind:
    """What burns is said in a hurry and may hold anything, so at first it goes where the fewest read along. Never in
    "hopes, goals and agreements", which nearly every consent names (so did the job centre's, of Sara's family house);
    nor with health or violence, which would put a name to it that the family did not choose."""
    fitting = (Kind.FAMILY_LIFE, Kind.WELLBEING)
    return sight.seen_by_fewest(choices, fitting) if choices.by.is_family else Kind.FAMILY_LIFE


def wellbeing(request: HttpRequest, family: UUID) -> HttpResponse:
    """How one is, in one's own words."""
    actor = writer_or_404(request, family)
    editing = Editing(request, family, actor, key="wellbeing", title=_("How are you?"), part="people", inside=True)
    return _say(editing, StatementKind.STATUS, of_kind=Kind.WELLBEING)


def idea(request: HttpRequest, family: UUID, intervention: UUID) -> HttpResponse:
    """The family's own idea of what an intervention is for."""
    actor = writer_or_404(request, family)
    of = get_object_or_404(Intervention.objects.select_related("scope"), pk=intervention, family_id=family)
    part = f"effort-{intervention}"
    editing = Editing(request, family, actor, key=f"idea:{intervention}", title=of.title, part=part, inside=True)
    return _say(editing, StatementKind.IDEA, about=of.scope.subjects, of_kind=of.scope.category_id, intervention=of)


def _say(
    editing: Editing,
    kind: StatementKind,
    *,
    of_kind: str,
    about: list[UUID] | None = None,
    topic: Topic | None = None,
    intervention: Intervention | None = None,
) -> HttpResponse:
    choices = choices_of(editing)
    first = {"text": "", "about": choices.about_at_first(about or ()), "kind": str(of_kind)}
    form = WordsForm(editing.data, initial=first, choices=choices, says=kind)
    editing.context |= {"big": True, "words": True}

    def save() -> None:
        given = form.cleaned_data
        actions.say(
            place=actions.Place(editing.family, ids(given["about"]), given["kind"]),
            kind=kind,
            text=given["text"],
            speaker=speaker(choices, given.get("speaker", "")),
            said_on=choices.today,
            by=editing.actor,
            topic=topic,
            intervention=intervention,
            private=given["private"],
            id=editing.id,
        )

    return editing.answer(form, save)


def speaker(choices: Choices, chosen: str) -> Person | Staff:
    return choices.person(chosen) if chosen else choices.me()


def change(request: HttpRequest, family: UUID, statement: UUID) -> HttpResponse:
    """New words for one's own: the old remain, and can be read under the new."""
    actor = writer_or_404(request, family)
    old = get_object_or_404(
        Statement.objects.select_related("scope"), pk=standing_words(request, statement), family_id=family
    )
    if actor.id not in (old.speaker_person_id, old.speaker_staff_id, old.created_by):
        raise PermissionDenied
    if StatementKind(old.kind) not in LABELS:  # said at a meeting, or to one: there one says something new
        raise Http404
    editing = Editing(request, family, actor, key=f"words:{statement}", part=f"said-{old.pk}", row=old)
    editing.title, editing.values = str(StatementKind(old.kind).label), lambda row: {"text": row.text}
    choices = choices_of(editing)
    first = {"text": old.text}
    form = WordsForm(editing.data, initial=first, choices=choices, says=StatementKind(old.kind), placed=True)
    editing.context["lead"] = (
        _("Your earlier words are kept, and can be read under the new ones.")
        if actor.id in (old.speaker_person_id, old.speaker_staff_id)
        else _("You write for somebody else. They are told, it says that you wrote it, and the earlier words are kept.")
    )

    def save() -> str:
        said = actions.say(
            place=actions.Place(family, tuple(old.scope.subjects), old.scope.category_id),
            kind=old.kind,
            text=form.cleaned_data["text"],
            speaker=Person(pk=old.speaker_person_id) if old.speaker_person_id else choices.me(),
            said_on=choices.today,
            by=actor,
            topic=Topic(pk=old.topic_id) if old.topic_id else None,  # perhaps not for this reader to see
            intervention=Intervention(pk=old.intervention_id) if old.intervention_id else None,
            private=old.scope.voice is not None,
            replaces=old,
            id=editing.id,
        )
        return f"said-{said.pk}"

    return editing.answer(form, save)


def standing_words(request: HttpRequest, statement: UUID) -> UUID:
    """The words the writer saw: after a conflict they are newer than those of the address."""
    try:
        return UUID(request.POST.get("seen", ""))
    except ValueError:
        return statement
