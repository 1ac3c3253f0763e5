"""The follow-up meeting: who, when, what is on the agenda, who was told, and what the minutes hold.

What is said at it is a statement or an agreement of the plan, with this meeting as its ``occasion``: nothing is copied.
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from familieplan.access.models import new_id
from familieplan.meetings.enums import Agrees, ChildWay, How, ItemStatus, MeetingKind, Reply, Says, Stage
from familieplan.people.models import Family, FamilyRecord, Person, Staff, Unit
from familieplan.plan.models import Statement, Topic, short_enough

SHORTEST, USUAL, LONGEST = 15, 75, 180  # minutes; S3 §5.6.2: 60–90
FEWEST_TIMES, MOST_TIMES = 3, 5  # to choose between, and not more than one likes to read


def when(planned: datetime | None, began: datetime | None) -> datetime | None:
    """When it is to be; or when it was: held without a time, or on another day than planned, when it began."""
    if planned is None or began is None:
        return planned or began
    same_day = timezone.localdate(planned) == timezone.localdate(began)
    return planned if same_day else began


class Meeting(FamilyRecord):
    """Lies with those of the family it is for, in the coordinator's drawer; also read by all who sit at its table."""

    kind = models.CharField(max_length=10, choices=MeetingKind.choices, default=MeetingKind.FOLLOW_UP)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PREPARING)
    starts_at = models.DateTimeField(null=True, blank=True, help_text="Empty until a time has been found.")
    minutes = models.PositiveSmallIntegerField(default=USUAL)
    place = models.CharField(max_length=120, blank=True, help_text="Told to everybody at the table.")
    board = models.CharField(max_length=20, default="ftbt", help_text="Which variant (data/boards.toml).")
    sequence = models.PositiveSmallIntegerField(
        default=0, help_text="iCalendar SEQUENCE: counts changes of time or place."
    )
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    @property
    def at(self) -> datetime | None:
        return when(self.starts_at, self.started_at)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="meeting_of_a_fair_length"
            ),
        ]


class AgendaItem(FamilyRecord):
    """A topic on the agenda. Lies where its topic lies: whoever may see the one may see the other."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=ItemStatus.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "topic"], name="topic_once_on_the_agenda")]


class Participant(FamilyRecord):
    """Somebody at the table: of the family, a professional for a unit, or a companion of somebody of the family."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    companion = models.CharField(max_length=80, blank=True, help_text="Name of a companion (bisidder, fvl. § 8).")
    of_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    instead_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="deputies")
    reply = models.CharField(max_length=10, choices=Reply.choices, default=Reply.NONE)
    reply_words = models.CharField(max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.UUIDField(null=True, help_text="Who wrote the answer down.")
    by_mail = models.BooleanField(db_default=False, help_text="The answer came out of their calendar.")
    came = models.BooleanField(null=True)
    stepped_out = models.BooleanField(default=False, help_text="Not in the room just now: the wall is not for them.")
    from_minute = models.PositiveSmallIntegerField(null=True, help_text="Comes for a while: from this minute on …")
    for_minutes = models.PositiveSmallIntegerField(null=True, help_text="… for so many. Empty: all the time.")
    sequence = models.PositiveSmallIntegerField(
        db_default=0, help_text="Counts changes of that while, for their calendar."
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, for_minutes__isnull=True)
                | Q(from_minute__lte=LONGEST, for_minutes__gte=5, for_minutes__lte=60),
                name="comes_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, staff__isnull=True, unit__isnull=True, companion="")
                | Q(person__isnull=True, staff__isnull=False, unit__isnull=False, companion="")
                | (
                    Q(person__isnull=True, staff__isnull=True, unit__isnull=True, of_person__isnull=False)
                    & ~Q(companion="")
                ),
                name="participant_is_one",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(removed_at__isnull=True), name="person_once_at_the_table"
            ),
            models.UniqueConstraint(
                fields=["meeting", "staff"], condition=Q(removed_at__isnull=True), name="staff_once_at_the_table"
            ),
        ]


class ChildPart(FamilyRecord):
    """How a child takes part, chosen with the child; lies with the child. Kept, never edited: the newest counts.

    Barnets lov § 5: a child is heard in what concerns it; where it is not, the reason is written down.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="child_parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=ChildWay.choices)
    met_by = models.CharField(max_length=120, blank=True, help_text="Elsewhere: whom the child talks to.")
    place = models.CharField(max_length=120, blank=True, help_text="Elsewhere: where.")
    meets_on = models.DateField(null=True, help_text="Elsewhere: when.")
    done_on = models.DateField(null=True, help_text="Elsewhere: when it was.")
    why = models.TextField(blank=True, help_text="Why the child does not take part, or has not been asked.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way=ChildWay.ELSEWHERE, met_by=""), name="child_meets_somebody"),
            models.CheckConstraint(condition=~Q(way=ChildWay.NOT_ASKED, why=""), name="child_left_out_with_reason"),
            short_enough("why", "child_part_short_enough"),
        ]


class Brought(FamilyRecord):
    """Words that somebody brings to a meeting. Lies where the words lie: whoever may read them knows of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="brought")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")


class Poll(FamilyRecord):
    """Which of these times suits you? Asked of all at the table where calendars are unknown; one question at a time."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="polls")
    times = ArrayField(models.DateTimeField(), help_text="In order of time; answers are in the same order.")
    minutes = models.PositiveSmallIntegerField(help_text="How long the meeting was to be when it was asked.")
    reminded_at = models.DateTimeField(null=True, help_text="When those who are late were reminded: once.")
    closed_at = models.DateTimeField(null=True)
    set_to = models.DateTimeField(null=True, help_text="The time that was found.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(closed_at__isnull=True), name="poll_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(times__len__gte=FEWEST_TIMES, times__len__lte=MOST_TIMES), name="poll_of_a_few_times"
            ),
        ]


class PollAnswer(FamilyRecord):
    """What somebody says to each of the times. Kept, never edited: the newest counts. ``created_by`` wrote it down."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="answers")
    holder = models.UUIDField(help_text="Whose answer it is: a person or staff member at the table.")
    says = ArrayField(models.CharField(max_length=10, choices=Says.choices, blank=True))
    words = models.CharField(max_length=200, blank=True)


class Told(models.Model):
    """When somebody of the family came to know of an item or a person (law 4). The database writes it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField(help_text="The agenda item or the participant.")
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.UUIDField(help_text="Who says so.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "about"], name="told_once")]


class Minutes(FamilyRecord):
    """The board as it stood at an instant. Never changed: what was wrong is put right in a new version."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="shared_minutes")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True, help_text="Why there is a new version.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_once")]


class MinutesLine(FamilyRecord):
    """A row of the plan that the minutes hold, in the version it then had; it lies in that row's own drawer."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="lines")
    what = models.CharField(max_length=10)  # topic, statement, agreement
    row = models.UUIDField()
    row_version = models.PositiveIntegerField(null=True, help_text="Of rows that change; words never do.")
    order = models.PositiveSmallIntegerField(default=0)


class Reflection(FamilyRecord):
    """A few days later, per person: do you still agree? (S3 §5.2.5.3)"""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reflections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Agrees.choices)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [short_enough("why", "reflection_short_enough")]


class OwnCalendar(models.Model):
    """The calendar somebody lets us look into for the times they are busy. Its address is a secret: sealed."""

    holder = models.UUIDField(primary_key=True)
    sealed = models.BinaryField(null=True, help_text="The address, encrypted; null: a file was given, once.")
    kept_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False, help_text="The last time we looked, it could not be read.")


class Busy(models.Model):
    """When somebody is busy: two moments, and never what for."""

    id = models.BigAutoField(primary_key=True)
    holder = models.UUIDField(db_index=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
