"""The spine: topic → statements → goal → agreement. Said once; plan, week, fridge plan and history are views of it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from familieplan.access.models import new_id
from familieplan.people.models import FamilyRecord, Person, Staff, Unit, ends_after_start
from familieplan.plan.enums import Horizon, Progress, StatementKind, Weekday, Weeks, YesNo

LONGEST_TEXT = 10_000  # characters; a page of a plan is a few hundred

models.TextField.register_lookup(Length)


def short_enough(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__length__lte": LONGEST_TEXT}), name=name)


class StrategicGoal(models.Model):
    """One of the municipality's common goals, which every family goal is tied up to (S4: common picture of goals)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)


class Topic(FamilyRecord):
    """What fills the family right now, in its own words."""

    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Intervention(FamilyRecord):
    """Something that is going on: granted by whom, under which section of law, for what, from when until when."""

    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    legal_section = models.CharField(max_length=120, blank=True)
    purpose = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            ends_after_start("intervention_ends_after_start"),
            short_enough("purpose", "intervention_short_enough"),
        ]


class Statement(FamilyRecord):
    """Somebody's words, with speaker and day. Never edited: new words replace old ones, and the old remain (law 6)."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="statements")
    intervention = models.ForeignKey(
        Intervention, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    kind = models.CharField(max_length=10, choices=StatementKind.choices)
    text = models.TextField()
    speaker_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    speaker_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    said_on = models.DateField()
    occasion = models.UUIDField(null=True, help_text="The meeting it was said at (FHIR: encounter).")
    scale = models.PositiveSmallIntegerField(null=True, help_text="0–10, of kind scale.")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker_person__isnull=False, speaker_staff__isnull=True)
                | Q(speaker_person__isnull=True, speaker_staff__isnull=False),
                name="statement_has_one_speaker",
            ),
            short_enough("text", "statement_short_enough"),
            models.CheckConstraint(
                condition=Q(kind=StatementKind.SCALE, scale__isnull=False, scale__lte=10)
                | (~Q(kind=StatementKind.SCALE) & Q(scale__isnull=True)),
                name="scale_from_0_to_10",
            ),
        ]
        indexes = [GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="statement_words")]


class Goal(FamilyRecord):
    """Where the family wants to be. A goal with a parent is a small step towards it (skynd dig langsomt, S3)."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    strategic = models.ForeignKey(StrategicGoal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    horizon = models.CharField(max_length=10, choices=Horizon.choices, default=Horizon.SHORT)
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    target_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Progress.choices, default=Progress.OPEN)
    reached_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="goal_not_its_own_step"),
            short_enough("text", "goal_short_enough"),
        ]


class GoalLink(FamilyRecord):
    """What becomes easier for whom when a goal succeeds (S4: gensidighed): ``goal`` helps ``helps``."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="helps")
    helps = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="helped_by")
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(goal=F("helps")), name="goal_helps_another")]


class Agreement(FamilyRecord):
    """Who does what by when (S3 figure 6). Family members too."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements")
    what = models.TextField()
    doer_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    doer_staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Progress.choices, default=Progress.OPEN)
    done_on = models.DateField(null=True, blank=True)
    word = models.CharField(max_length=200, blank=True, help_text="How it went, in a word.")
    occasion = models.UUIDField(null=True, help_text="The meeting it was made at.")
    first_step = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="The smallest next step."
    )
    review_on = models.DateField(null=True, blank=True, help_text="Of a trial: when we look at it again.")
    stop_rule = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Of a trial: what makes us stop."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(doer_person__isnull=False, doer_staff__isnull=True)
                | Q(doer_person__isnull=True, doer_staff__isnull=False),
                name="agreement_has_one_doer",
            ),
            models.CheckConstraint(  # S4 §2: a trial says when it is looked at, and what would end it
                condition=Q(review_on__isnull=True, stop_rule="") | (Q(review_on__isnull=False) & ~Q(stop_rule="")),
                name="trial_has_day_and_stop",
            ),
            short_enough("what", "agreement_short_enough"),
        ]


class WeeklyTime(FamilyRecord):
    """When and where an intervention, school, work or anything else takes place in an ordinary week."""

    intervention = models.ForeignKey(
        Intervention, on_delete=models.PROTECT, null=True, blank=True, related_name="weekly_times"
    )
    title = models.CharField(max_length=120, blank=True, help_text="For times that belong to no intervention.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weekday = models.CharField(max_length=1, choices=Weekday.choices)
    weeks = models.CharField(max_length=5, choices=Weeks.choices, default=Weeks.EVERY)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="time_ends_after_start")]


class SectorPlan(FamilyRecord):
    """A pointer to a department's own plan. The plan stays where it is; ours lies above it (S4: overligger)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    legal_section = models.CharField(max_length=120, blank=True)
    kept_in = models.CharField(max_length=120, blank=True, help_text="Which system or file it is kept in.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [ends_after_start("sector_plan_ends_after_start")]


class FollowUp(FamilyRecord):
    """A child's plan has been followed up (barnets lov § 95): four questions, and when next. Dated, kept, never edited.

    Lies in its plan's drawer: whoever may know of the plan may know how it goes.
    """

    QUESTIONS = ("adjust", "assess", "revise", "other")

    sector_plan = models.ForeignKey(SectorPlan, on_delete=models.PROTECT, related_name="follow_ups")
    held_on = models.DateField()
    adjust = models.CharField(max_length=3, choices=YesNo.choices, help_text="Should the effort be adjusted?")
    adjust_words = models.TextField(blank=True)
    assess = models.CharField(max_length=3, choices=YesNo.choices, help_text="Is more assessment needed?")
    assess_words = models.TextField(blank=True)
    revise = models.CharField(max_length=3, choices=YesNo.choices, help_text="Should the plan be revised?")
    revise_words = models.TextField(blank=True)
    other = models.CharField(max_length=3, choices=YesNo.choices, help_text="Does anything else matter?")
    other_words = models.TextField(blank=True)
    next_on = models.DateField()
    why = models.TextField(help_text="Why then: the interval is reasoned before child and parents.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("held_on")), name="follow_up_next_is_later"),
            *(
                short_enough(f"{name}_words", f"follow_up_{name}_short_enough")
                for name in ("adjust", "assess", "revise", "other")
            ),
            short_enough("why", "follow_up_why_short_enough"),
        ]


class NetworkPerson(FamilyRecord):
    """Somebody in the personal network, and whether the municipality may contact them (S4: netværksliste)."""

    of_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    relation_words = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    may_contact = models.BooleanField(default=False)
    removed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Earlier(models.Model):
    """What a row said before it was changed: nothing is overwritten for good. Written by a trigger."""

    id = models.BigAutoField(primary_key=True)
    family_id = models.UUIDField()
    scope_id = models.IntegerField()
    row_id = models.UUIDField(db_index=True)
    what = models.CharField(max_length=40)
    was = models.JSONField()
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
