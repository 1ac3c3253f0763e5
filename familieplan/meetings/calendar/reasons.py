"""Why a time is proposed, or why there is none: whole sentences, and none that says more than is known."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.holidays import holiday
from familieplan.meetings.calendar.intervals import Interval
from familieplan.meetings.calendar.opening import Opening
from familieplan.meetings.calendar.question import Participant, Question, Slot
from familieplan.meetings.calendar.week import in_words
from familieplan.people import names
from familieplan.ui.dates import clock, full_date, moment


def why(question: Question, slot: Slot) -> str:
    """ "Alle kan. Det forstyrrer ikke familiens uge, og …": who can, the family's week, the children, the hour."""
    return " ".join(
        [*_who_can(question, slot), *_the_week(question, slot), *_the_pupils(slot), *_the_children(question, slot)]
    )


def unknown(question: Question) -> str:
    """Whose calendar nobody knows: the same of every time, so it is said once."""
    if question.participants and not any(one.has_calendar for one in question.participants):
        return _("We know nobody's calendar.")
    whom = [one.name for one in question.participants if not one.is_known]
    if not whom:
        return ""
    return _("We do not know the calendar of %(whom)s.") % {"whom": names.in_words(whom)}


def _who_can(question: Question, slot: Slot) -> list[str]:
    """Nobody is said to be free who has something in the family's week, or of whom no calendar is known."""
    known = sum(one.has_calendar for one in question.participants)
    able = known - sum(one.has_calendar for one in slot.cannot)
    if slot.collides or not able:
        return these_cannot(slot.cannot, slot.interval)
    clauses = {"whom": names.in_words([_busy(one, slot.interval) for one in slot.cannot])}
    if known < len(question.participants):
        said = _("Everybody whose calendar we know can, except %(whom)s."), _("Everybody whose calendar we know can.")
    else:
        said = _("Everybody can, except %(whom)s."), _("Everybody can.")
    return [said[0] % clauses if slot.cannot else said[1]]


def these_cannot(whom: Sequence[Participant], meeting: Interval) -> list[str]:
    """ "Disse kan ikke: Jens, som er optaget til kl. 10."; nothing of nobody."""
    clauses = {"whom": names.in_words([_busy(one, meeting) for one in whom])}
    return [_("These cannot: %(whom)s.") % clauses] if whom else []


def _busy(one: Participant, meeting: Interval) -> str:
    """ "jobcentret, som er optaget til kl. 10"."""
    in_the_way = [busy for busy in one.busy or () if busy.starts < meeting.ends and meeting.starts < busy.ends]
    if not in_the_way:
        return _("%(name)s, who does not get there in time") % {"name": one.name}
    starts, ends = min(busy.starts for busy in in_the_way), max(busy.ends for busy in in_the_way)
    if starts <= meeting.starts and ends < meeting.ends:
        return _("%(name)s, who is busy until %(clock)s") % {"name": one.name, "clock": clock(ends)}
    if starts > meeting.starts and ends >= meeting.ends:
        return _("%(name)s, who is busy from %(clock)s") % {"name": one.name, "clock": clock(starts)}
    if starts > meeting.starts:
        span = {"name": one.name, "start": clock(starts), "end": clock(ends)}
        return _("%(name)s, who is busy at %(start)s–%(end)s") % span
    return _("%(name)s, who is busy") % {"name": one.name}


def _the_week(question: Question, slot: Slot) -> list[str]:
    """Silent where nothing of the week of those who come is known."""
    if not {one.person for one in question.week} & {one.key for one in question.participants}:
        return []
    if not slot.collides:
        return [_("It does not disturb the family's week.")]
    begins, ends = slot.start.time(), (slot.start + timedelta(minutes=slot.minutes)).time()
    said = []
    for one in slot.collides:
        if one.starts < ends and begins < one.ends:
            said.append(in_words(one))
        elif one.what is None:
            said.append(
                _("There is little time for the way: %(who)s is busy right before or after.") % {"who": one.who}
            )
        else:
            named = {"who": one.who, "what": one.what}
            said.append(_("There is little time for the way: %(who)s has %(what)s right before or after.") % named)
    return list(dict.fromkeys(said))


def _the_pupils(slot: Slot) -> list[str]:
    """Who is perhaps at school then is not said to be free."""
    if not slot.at_school:
        return []
    whom = names.in_words([one.name for one in slot.at_school])
    return [_("It is in school hours; when %(whom)s is at school, we do not know.") % {"whom": whom}]


def _the_children(question: Question, slot: Slot) -> list[str]:
    coming = {one.key for one in question.participants}
    at_home = [child for child in question.small_children if child.key not in coming]
    if not at_home:
        return []
    said = []
    if not slot.unminded:
        said.append(_("The small children are at school or daycare."))
    else:
        said.append(
            _("Small children who are not at school or daycare: %(whom)s.")
            % {"whom": names.in_words([child.name for child in slot.unminded])}
        )
    if slot.is_early:
        said.append(_("It is early: the children are to be brought first."))
    return said


def before_looking(question: Question, at: Opening, first: date, last: date) -> str:
    """What no calendar can mend."""
    if not question.participants:
        return _("Nobody is chosen yet. Choose who is to come, then a time can be found.")
    if not at.shortest <= question.minutes <= at.longest:
        span = {"shortest": at.shortest, "longest": at.longest}
        return _("A meeting takes between %(shortest)d and %(longest)d minutes.") % span
    if last < first:
        given = {"days": at.notice_days, "day": full_date(first)}
        return _("The agenda goes out %(days)d days before. Choose days from %(day)s on.") % given
    return ""


def nothing_fits(question: Question, looked_at: Sequence[Slot], first: date, last: date) -> str:
    """Who stands in the way; and the time that is nearest to fitting."""
    span = {"first": full_date(first), "last": full_date(last)}
    if not looked_at:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        off = list(dict.fromkeys(filter(None, map(holiday, days))))
        said = _("No day between %(first)s and %(last)s is open long enough.") % span
        return " ".join([said, _("Days off: %(days)s.") % {"days": names.in_words(off)}]) if off else said
    missed = Counter(one.key for slot in looked_at for one in slot.missing)
    never = [one.name for one in question.participants if missed[one.key] == len(looked_at)]
    if never:
        whom = {"whom": names.in_words(never)}
        return _("Between %(first)s and %(last)s there is no time that suits %(whom)s.") % (span | whom)
    nearest = min(looked_at, key=lambda slot: (len(slot.missing), len(slot.cannot), slot.start))
    return " ".join(
        [
            _("Those who must come cannot all at once between %(first)s and %(last)s.") % span,
            _("Nearest is %(moment)s, without %(whom)s.")
            % {
                "moment": moment(nearest.start, question.today),
                "whom": names.in_words([_busy(one, nearest.interval) for one in nearest.missing]),
            },
        ]
    )
