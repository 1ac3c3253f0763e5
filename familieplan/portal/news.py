"""What somebody has to be told (law 4), in plain words: a card each, or one for several of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from familieplan.consent import words
from familieplan.consent.enums import NoticeKind
from familieplan.consent.models import AccessRequest, Notice
from familieplan.consent.reading import BasisView, Consents, ConsentView
from familieplan.meetings.enums import ChildWay, ItemStatus, Stage
from familieplan.meetings.models import AgendaItem, Meeting
from familieplan.meetings.preparing.children import chosen
from familieplan.meetings.reading import still_untold, when_in_words
from familieplan.people.models import AddressProtection, Custody
from familieplan.people.names import in_words
from familieplan.plan.models import Agreement, FollowUp, Statement
from familieplan.plan.tasks import how_it_stands
from familieplan.ui.dates import full_date


@dataclass(frozen=True, slots=True)
class News:
    """One card. ``notice``: the newest of those it gathers; to have read it is to have read them all."""

    notice: UUID
    kind: NoticeKind
    lines: Sequence[str] = ()
    basis: BasisView | None = None
    place: str = ""  # where to read more, within the family
    which: str = ""  # a title of its own, where several of a kind stand below each other

    @property
    def title(self) -> str:
        return self.which or str(self.kind.label)


def news_for(consents: Consents, views: Sequence[ConsentView]) -> list[News]:
    """In the order of :class:`NoticeKind`, the newest first."""
    rows = Notice.objects.filter(family_id=consents.family, person=consents.by.id, read_at=None).order_by("-at")
    order = list(NoticeKind)
    ordered = sorted(rows, key=lambda row: order.index(NoticeKind(row.what)))
    found = []
    for kind, some in groupby(ordered, key=lambda row: NoticeKind(row.what)):
        told = list(some)
        cards = [[row] for row in told] if kind.stands_alone else [told]
        found += TELLS[kind](consents, views, kind, cards)
    return found


NEWEST = 3
Cards = Sequence[Sequence[Notice]]


def _bases(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    bases = {view.id: view for view in consents.bases()}
    return [News(row.pk, kind, basis=bases.get(row.about), place="consents/#bases") for [row] in cards]


def _asked(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    requests = AccessRequest.objects.in_bulk([row.about for [row] in cards])
    found = []
    for [row] in cards:
        lines = [_("Nothing is shared unless you say yes. Your coordinator talks it over with you.")]
        if asked := requests.get(row.about):
            said = {"unit": consents.names.unit(asked.unit_id), "kinds": _kinds(words.kinds(asked.kinds))}
            why = _("They write: %(why)s") % {"why": asked.why}
            lines = [_("%(unit)s asks to see: %(kinds)s.") % said, why, *lines]
        found.append(News(row.pk, kind, lines, place="log/"))
    return found


def _answered(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    requests = AccessRequest.objects.in_bulk([row.about for told in cards for row in told])
    found = []
    for told in cards:
        lines = [
            _("%(unit)s asked to see more. The answer: %(status)s. %(words)s")
            % {"unit": consents.names.unit(one.unit_id), "status": one.get_status_display(), "words": one.answer}
            for row in told
            if (one := requests.get(row.about))
        ]
        found.append(News(told[0].pk, kind, [*lines, _not_right()], place="log/"))
    return found


def _consents(_consents: Consents, views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    """Signatures that somebody else wrote down, consents that hold with fewer than they should have, and ends."""
    by_id = {view.id: view for view in views}
    found = []
    for told in cards:
        shown = [by_id[row.about] for row in told if row.about in by_id]
        tells = _how_it_ends if kind is NoticeKind.ENDED else _in_words if len(shown) == 1 else _in_few
        lines = [tells(view) for view in shown[:NEWEST]]
        if len(shown) > NEWEST:
            lines.append(_("And %(n)s more, under “Consents”.") % {"n": len(shown) - NEWEST})
        if kind is NoticeKind.DEVIATION:
            lines += [_("Why it holds all the same: %(reason)s") % {"reason": view.deviation} for view in shown]
        place = f"consents/{shown[0].id}/" if len(shown) == 1 else "consents/"
        found.append(News(told[0].pk, kind, [*lines, _not_right()], place=place))
    return found


def _in_few(view: ConsentView) -> str:
    name = _("you") if view.about_me else view.about
    return (
        _("%(whom)s, about %(name)s") % {"whom": view.recipients_in_words, "name": name} + f": {' · '.join(view.kinds)}"
    )


def _how_it_ends(view: ConsentView) -> str:
    return f"{_in_few(view)} – {view.standing.label}, {full_date(view.until)}"


def _in_words(view: ConsentView) -> str:
    return _("%(whom)s may see %(kinds)s about %(name)s until %(day)s.") % {
        "whom": view.recipients_in_words,
        "kinds": _kinds(view.kinds),
        "name": _("you") if view.about_me else view.about,
        "day": full_date(view.until),
    }


def _words(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    [told] = cards
    rows = Statement.objects.filter(family_id=consents.family, pk__in=[row.about for row in told]).order_by(
        "-created_at"
    )
    shown = [(row.speaker_person_id, row.text) for row in rows[:NEWEST] if row.speaker_person_id]
    lines = [f"{capfirst(consents.names.who_did(speaker))}: »{text}«" for speaker, text in shown]
    lines += _and_more(len(rows))
    lines.append(_("Not quite what was meant? Say it in your own words in the plan."))
    return [News(told[0].pk, kind, lines)]


def _comments(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    """What others have said to all concerned, as far as it is still the reader's to see."""
    [told] = cards
    rows = Statement.objects.filter(family_id=consents.family, pk__in=[row.about for row in told])
    said = list(rows.select_related("speaker_staff").order_by("-created_at"))
    lines = [f"{capfirst(_speaker(consents, one))}: »{one.text}«" for one in said[:NEWEST]]
    topics = {one.topic_id for one in said}
    place = f"#topic-{said[0].topic_id}" if len(topics) == 1 and said[0].topic_id else "#topics"
    return [News(told[0].pk, kind, [*lines, *_and_more(len(said))], place=place)] if said else []


def _speaker(consents: Consents, one: Statement) -> str:
    if one.speaker_person_id:
        return consents.names.who_did(one.speaker_person_id)
    return one.speaker_staff.name if one.speaker_staff else ""


def _agreements(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    [told] = cards
    rows = Agreement.objects.filter(family_id=consents.family, pk__in=[row.about for row in told])
    by_id = {row.pk: row for row in rows}
    moved = [by_id[row.about] for row in told if row.about in by_id]
    lines = [f"»{one.what}« – {how_it_stands(one)}" for one in moved[:NEWEST]]
    return [News(told[0].pk, kind, [*lines, *_and_more(len(moved))], place="tasks/")] if moved else []


def _followed(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    """Each plan once: what was decided about when next, and why."""
    found = []
    for row in dict.fromkeys(row.about for told in cards for row in told):
        held = FollowUp.objects.filter(family_id=consents.family, sector_plan=row).select_related("sector_plan")
        if latest := held.order_by("-held_on", "-created_at").first():
            notice = next(one.pk for told in cards for one in told if one.about == row)
            said = {"plan": latest.sector_plan.name, "day": full_date(latest.next_on), "why": latest.why}
            line = _("%(plan)s: next time %(day)s at the latest. Why then: %(why)s") % said
            found.append(News(notice, kind, [line], place=f"plans/{row}/follow-ups/"))
    return found


def _and_more(found: int) -> list[str]:
    more = found - NEWEST
    return (
        [ngettext("And %(n)s more in the plan.", "And %(n)s more in the plan.", more) % {"n": more}] if more > 0 else []
    )


def _custody(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    names, [told] = consents.names, cards
    rows = Custody.objects.in_bulk([row.about for row in told]).values()
    lines = []
    for child, some in groupby(sorted(rows, key=lambda row: row.child_id), key=lambda row: row.child_id):
        holders = [
            names.you_or(row.holder_id) + (" " + _("until %(day)s") % {"day": full_date(row.ends)} if row.ends else "")
            for row in sorted(some, key=lambda row: (row.starts, row.holder_id != consents.by.id))
        ]
        lines.append(
            _("Custody of %(child)s: %(holder)s") % {"child": names.you_or(child), "holder": in_words(holders)}
        )
    if len(rows) < len({row.about for row in told}):
        lines.append(_("Who has custody of a child has been changed, and is no longer yours to see."))
    return [News(told[0].pk, kind, [*lines, _not_right()], place="people/")]


def _protection(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    names, [told] = consents.names, cards
    lines = []
    for row in AddressProtection.objects.in_bulk([row.about for row in told]).values():
        said = {"name": names.you_or(row.person_id), "day": full_date(row.ends) if row.ends else ""}
        holds = _("Address protection of %(name)s holds until and including %(day)s.")
        lines.append((holds if row.ends else _("Address protection of %(name)s has no end any more.")) % said)
    return [News(told[0].pk, kind, [*lines, _not_right()], place="people/")]


def _birth_date(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    names, [told] = consents.names, cards
    lines = []
    for row in told:
        person = names.persons.get(row.about)
        if person and person.birth_date:
            said = {"name": names.person(row.about), "day": full_date(person.birth_date)}
            lines.append(_("%(name)s: born %(day)s.") % said)
    lines.append(_("With another age it may be others who decide, and others who may see."))
    return [News(told[0].pk, kind, [*lines, _not_right()], place="people/")]


def _meetings(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    """Each meeting once: when it is, and how much of it one has not been told of yet. What it is stands on its page."""
    rows = Meeting.objects.in_bulk([row.about for told in cards for row in told])
    return [_meeting(row.pk, rows[row.about], kind) for told in cards for row in told if row.about in rows]


def _meeting(notice: UUID, meeting: Meeting, kind: NoticeKind) -> News:
    lines = [_("%(what)s, %(when)s.") % {"what": meeting.get_kind_display(), "when": when_in_words(meeting)}]
    if new := len({one.about for one in still_untold(meeting.pk)}):
        lines.append(
            ngettext("One thing about it is new to you.", "%(n)d things about it are new to you.", new) % {"n": new}
        )
    waiting = AgendaItem.objects.filter(meeting=meeting, status=ItemStatus.PROPOSED).select_related("topic")
    if titles := [_("“%(title)s”") % {"title": item.topic.title} for item in waiting.order_by("created_at")]:
        lines.append(_("Proposed: %(items)s. The family chooses.") % {"items": in_words(titles)})
    lines.append(str(Stage(meeting.stage).label))
    return News(notice, kind, lines, place=f"meetings/{meeting.pk}/", which=_which(meeting))


def _which(meeting: Meeting) -> str:
    if meeting.at:
        return _("There is something new about the meeting on %(day)s") % {"day": full_date(meeting.at)}
    if meeting.stage == Stage.PREPARING:
        return _("There is something new about a meeting that is being prepared")
    return ""


def _child_parts(consents: Consents, _views: Sequence[ConsentView], kind: NoticeKind, cards: Cards) -> list[News]:
    """Each meeting once: how the children take part, as it is chosen now and as far as it is the reader's to see."""
    told = {row.about: row.pk for rows in cards for row in rows}
    found = []
    for meeting in Meeting.objects.filter(pk__in=told):
        when = _("%(what)s, %(when)s.") % {"what": meeting.get_kind_display(), "when": when_in_words(meeting)}
        lines = [
            _("%(name)s: %(way)s") % {"name": capfirst(consents.names.you_or(child)), "way": ChildWay(part.way).told}
            for child, part in chosen(meeting.pk).items()
        ]
        if lines:
            found.append(News(told[meeting.pk], kind, [when, *lines], place=f"meetings/{meeting.pk}/#children"))
    return found


TELLS = {
    NoticeKind.BREAK_GLASS: _bases,
    NoticeKind.STATUTORY: _bases,
    NoticeKind.ASKED: _asked,
    NoticeKind.ANSWERED: _answered,
    NoticeKind.DEVIATION: _consents,
    NoticeKind.SIGNED: _consents,
    NoticeKind.ENDED: _consents,
    NoticeKind.MEETING: _meetings,
    NoticeKind.CHILD_PART: _child_parts,
    NoticeKind.WORDS: _words,
    NoticeKind.COMMENT: _comments,
    NoticeKind.AGREEMENT: _agreements,
    NoticeKind.FOLLOWED: _followed,
    NoticeKind.CUSTODY: _custody,
    NoticeKind.PROTECTION: _protection,
    NoticeKind.BIRTH_DATE: _birth_date,
}


def _kinds(some: Sequence[str]) -> str:
    return in_words([kind[0].lower() + kind[1:] for kind in some])


def _not_right() -> str:
    return _("Is something not right? Your coordinator can put it right.")
