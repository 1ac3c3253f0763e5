"""Build the demo: the municipality, the stories, the accounts. All of it or nothing."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import connections, transaction

from familieplan.access.actor import JOB, SIGNING_IN, Actor
from familieplan.access.context import acting_as
from familieplan.accounts import actions as accounts
from familieplan.accounts.models import Kind, User
from familieplan.consent import actions as consents
from familieplan.consent.enums import NoticeKind
from familieplan.consent.models import Notice
from familieplan.demo import clock, municipality
from familieplan.demo.cast import FAMILY_LOGINS
from familieplan.demo.municipality import STAFF, Town
from familieplan.demo.stories import anton, case_one, case_two, early, eight_places, father_in_treatment, johanne
from familieplan.demo.story import Story
from familieplan.meetings import letters
from familieplan.meetings.enums import Stage
from familieplan.meetings.models import Meeting
from familieplan.post import actions as post
from familieplan.post.enums import LetterKind

STORIES: tuple[Callable[[Town], Story], ...] = (
    eight_places.tell,
    anton.tell,
    johanne.tell,
    father_in_treatment.tell,
    case_one.tell,
    case_two.tell,
    early.alma,
    early.villads,
)


def is_loaded() -> bool:
    return User.objects.using("owner").filter(login=municipality.ADMINISTRATOR.login).exists()


def load(today: date) -> None:
    with clock.put_back_afterwards(), transaction.atomic():
        municipality.build(today)
        town = Town.read(today)
        told = {story.key: story for story in (tell(town) for tell in STORIES)}
        clock.put_back()
        with acting_as(JOB):
            for line in STAFF.values():
                accounts.invite(kind=Kind.STAFF, holder=line.id, login=line.login, by=JOB)
            for login, (key, name) in FAMILY_LOGINS.items():
                person = next(p for p in told[key].persons.values() if p.given_name == name)
                accounts.invite(kind=Kind.PERSON, holder=person.pk, login=login, by=JOB)
        for login in (*(line.login for line in STAFF.values()), *FAMILY_LOGINS):
            _write_down_an_address(login)
        for story in told.values():
            _write_of_meetings(story)
        for story in told.values():
            _have_read_what_is_old(story)


def _write_down_an_address(login: str) -> None:
    """In the demo's mailbox (.invalid leads nowhere, RFC 2606)."""
    with acting_as(SIGNING_IN):
        user = User.objects.get(login=login)
    by = Actor(user.holder, "staff" if user.kind == Kind.STAFF else "person", user=user.pk)
    with acting_as(by):
        post.keep_address(email=f"{login}@demo.invalid", by=by)


def _write_of_meetings(story: Story) -> None:
    """Nobody had an account when the meetings to come were called: their invitations go out now."""
    family = [story.actor(person) for person in story.persons.values()]
    called: set[UUID] = set()
    for by in family:
        with acting_as(by):
            called.update(Meeting.objects.filter(stage=Stage.CALLED).values_list("pk", flat=True))
    for by in (*family, *(line.actor for line in STAFF.values())):
        for meeting in called:
            with acting_as(by):
                version = letters.version_for(meeting, by)
                if version is not None:
                    post.post(to=by.id, kind=LetterKind.INVITATION, about=meeting, sequence=version)


OLD_NEWS = (NoticeKind.SIGNED, NoticeKind.WORDS, NoticeKind.AGREEMENT, NoticeKind.FOLLOWED, NoticeKind.CUSTODY)


def _have_read_what_is_old(story: Story) -> None:
    """Weeks have passed since the family was written down and signed at the table: what is news is what came after."""
    for person in story.persons.values():
        by = story.actor(person)
        with acting_as(by):
            for notice in Notice.objects.filter(person=by.id, what__in=OLD_NEWS):
                consents.has_been_told(notice=notice, by=by)


def empty() -> None:
    """Throw the demo away. TRUNCATE by the owner of the tables: nobody can delete a family row by row."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE people_family, people_department, people_staff, access_scope, audit_entry, audit_head,"
            " accounts_user, consent_notice, people_draft, plan_earlier CASCADE"
        )
