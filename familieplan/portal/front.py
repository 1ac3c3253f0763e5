"""The family's front page as plain values: what is new for me, what I have said yes to, who helps us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from familieplan.access.actor import Actor
from familieplan.consent.enums import Standing
from familieplan.consent.reading import Consents, ConsentView
from familieplan.meetings.nearest import Nearest, asked_for_times, nearest
from familieplan.people.enums import TeamRole
from familieplan.people.guards import is_early
from familieplan.people.models import TeamMember
from familieplan.plan.enums import Progress
from familieplan.plan.models import Agreement
from familieplan.portal.log_words import Line, LogInWords
from familieplan.portal.news import News, news_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Whom to call first, and why.
REASONS: dict[str, "_StrPromise"] = {
    TeamRole.COORDINATOR: _("Your way in to all of it"),
    TeamRole.CONTACT: _("Meets with you early, before there is a case"),
}


@dataclass(frozen=True, slots=True)
class Helper:
    name: str
    unit: str
    phone: str
    reason: str
    is_coordinator: bool
    role: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """What I have said I will do."""

    id: UUID
    what: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True)
class Front:
    family: UUID
    by: Actor
    today: date
    polls: Sequence[str]  # where to say which times suit me
    news: Sequence[News]
    to_sign: Sequence[ConsentView]
    consents: Sequence[ConsentView]
    ending: Sequence[ConsentView]
    helpers: Sequence[Helper]
    promised: Sequence[Promised]
    trials: Sequence[Promised]  # whose day has come, whoever took them on
    looked: Sequence[tuple[date, Line]]
    meeting: Nearest | None
    early: bool  # before there is a case

    @property
    def has_news(self) -> bool:
        return bool(self.polls or self.news or self.to_sign or self.ending)


def front_of(family: UUID, by: Actor, today: date) -> Front:
    consents = Consents(family, by, today)
    everything = consents.all()
    views = [view for view in everything if not view.is_over]
    days = LogInWords.of(family, by, at_most=200).days()
    latest = {line.who: (day.day, line) for day in reversed(days) for line in reversed(day.lines) if not line.wrote}
    return Front(
        family=family,
        by=by,
        today=today,
        polls=asked_for_times(family, by),
        news=news_for(consents, everything),
        to_sign=[view for view in views if view.waits_for_me],
        ending=[view for view in views if view.standing is Standing.ENDING_SOON and view.may_end],
        consents=[view for view in views if view.may_end and not view.waits_for_me],
        helpers=_helpers(family, today),
        promised=_promised(family, by, today),
        meeting=nearest(family, by),
        early=is_early(family),
        trials=_trials(family, today),
        looked=sorted(latest.values(), key=lambda one: one[1].at[-1], reverse=True)[:3],
    )


def _helpers(family: UUID, today: date) -> list[Helper]:
    current = TeamMember.objects.filter(family_id=family, starts__lte=today).filter(Q(ends=None) | Q(ends__gte=today))
    rows = current.select_related("staff", "unit").order_by("role", "unit__name", "staff__name")
    return [
        Helper(
            name=row.staff.name,
            unit=row.unit.name,
            phone=row.unit.phone,
            reason=row.reason or str(REASONS.get(row.role, "")),
            is_coordinator=row.role in REASONS,
            role=str(TeamRole(row.role).label).lower() if row.role in REASONS else "",
        )
        for row in rows
    ]


def _promised(family: UUID, by: Actor, today: date) -> list[Promised]:
    """Those that wait for a talk stand with the trials."""
    mine = Agreement.objects.filter(family_id=family, doer_person=by.id, status=Progress.OPEN)
    rows = mine.exclude(review_on__lte=today).order_by("due_on")
    return [Promised(row.pk, row.what, row.due_on, row.due_on < today) for row in rows]


def _trials(family: UUID, today: date) -> list[Promised]:
    rows = Agreement.objects.filter(family_id=family, review_on__lte=today, status=Progress.OPEN).order_by("review_on")
    return [Promised(row.pk, row.what, row.review_on or today, is_overdue=False) for row in rows]
