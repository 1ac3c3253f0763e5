"""What is said at the board: words in a cell, a number on the scale, new words for one's own."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from familieplan.meetings.board.forms import Said, Scaled
from familieplan.meetings.board.writing import Writing, on_the_agenda, prompts_for, topic_here, writer_or_404
from familieplan.meetings.boards import WORDS, board
from familieplan.plan import actions
from familieplan.plan.choices import Choices
from familieplan.plan.editing import choices_of, ids
from familieplan.plan.enums import StatementKind
from familieplan.plan.models import Statement, Topic
from familieplan.plan.views.words import speaker, standing_words


def say(request: HttpRequest, family: UUID, meeting: UUID, topic: UUID, kind: str) -> HttpResponse:
    """A worry, what works, a wish … in one cell of one topic."""
    actor, found = writer_or_404(request, family, meeting)
    of = on_the_agenda(found, topic)
    if kind not in WORDS - {StatementKind.SCALE} or kind not in board(found.board).shows:
        raise Http404
    says = StatementKind(kind)
    key = f"board:{found.pk.hex[:12]}:{topic.hex}:{kind}"
    writing = Writing(request, family, actor, key, str(says.label), meeting=found, topic=topic)
    writing.context |= {"words": True, "prompts": prompts_for(found, kind), "of": of.title}
    choices = choices_of(writing)
    form = Said(writing.data, initial=placed_as(of, choices), choices=choices, says=says, auto_id=writing.ids)
    return _saved(writing, form, choices, of, says)


def scale(request: HttpRequest, family: UUID, meeting: UUID, topic: UUID) -> HttpResponse:
    """Where somebody is, from 0 to 10."""
    actor, found = writer_or_404(request, family, meeting)
    of = on_the_agenda(found, topic)
    key = f"board:{found.pk.hex[:12]}:{topic.hex}:scale"
    writing = Writing(request, family, actor, key, of.title, meeting=found, topic=topic)
    writing.context |= {"words": True, "prompts": prompts_for(found, "scale")}
    choices = choices_of(writing)
    form = Scaled(writing.data, initial=placed_as(of, choices), choices=choices, auto_id=writing.ids)
    return _saved(writing, form, choices, of, StatementKind.SCALE)


def placed_as(topic: Topic, choices: Choices) -> dict[str, object]:
    """At first about the same people and of the same kind as the topic."""
    about = choices.about_at_first(topic.scope.subjects)
    return {"text": "", "speaker": "", "about": about, "kind": str(topic.scope.category_id)}


def _saved(writing: Writing, form: Said, choices: Choices, of: Topic, kind: StatementKind) -> HttpResponse:
    def save() -> None:
        given = form.cleaned_data
        actions.say(
            place=actions.Place(writing.family, ids(given["about"]), given["kind"]),
            kind=kind,
            text=given["text"],
            speaker=speaker(choices, given.get("speaker", "")),
            said_on=choices.today,
            by=writing.actor,
            topic=of,
            private=given["private"],
            occasion=writing.meeting.pk,
            scale=int(given["scale"]) if "scale" in given else None,
            id=writing.id,
        )

    return writing.answer_here(form, save)


def change(request: HttpRequest, family: UUID, meeting: UUID, statement: UUID) -> HttpResponse:
    """New words for one's own, said at this meeting: the old remain, and can be read under the new."""
    actor, found = writer_or_404(request, family, meeting)
    old = get_object_or_404(
        Statement.objects.select_related("scope"), pk=standing_words(request, statement), family_id=family
    )
    if actor.id not in (old.speaker_person_id, old.speaker_staff_id, old.created_by):
        raise PermissionDenied
    kind = StatementKind(old.kind)
    if kind not in WORDS - {StatementKind.SCALE}:  # a new number is simply said
        raise Http404
    here = topic_here(found, old.topic_id)
    key, title = f"words:{statement}", str(kind.label)
    writing = Writing(request, family, actor, key, title, row=old, meeting=found, topic=here.pk if here else None)
    writing.context["of"] = here.title if here else ""
    writing.values = lambda row: {"text": row.text}
    choices = choices_of(writing)
    form = Said(writing.data, initial={"text": old.text}, choices=choices, says=kind, placed=True, auto_id=writing.ids)
    writing.context["lead"] = (
        _("Your earlier words are kept, and can be read under the new ones.")
        if actor.id in (old.speaker_person_id, old.speaker_staff_id)
        else _("You write for somebody else. They are told, it says that you wrote it, and the earlier words are kept.")
    )

    def save() -> None:
        actions.say(
            place=actions.Place(family, tuple(old.scope.subjects), old.scope.category_id),
            kind=kind,
            text=form.cleaned_data["text"],
            speaker=choices.person(old.speaker_person_id) if old.speaker_person_id else choices.me(),
            said_on=choices.today,
            by=actor,
            topic=Topic(pk=old.topic_id) if old.topic_id else None,
            private=old.scope.voice is not None,
            replaces=old,
            occasion=found.pk,
            id=writing.id,
        )

    return writing.answer_here(form, save)
