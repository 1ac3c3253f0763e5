"""What PostgreSQL refuses, in words people can use. Every constraint a person can run into has a line here."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django import forms
from django.db import IntegrityError, transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# constraint → (field of the form, or none for the form as a whole; what is said)
SAID: dict[str, tuple[str | None, str]] = {
    # people
    "custody_once_at_a_time": (
        "starts",
        _("There is already custody for the two of them in that period. End it first, or choose other days."),
    ),
    "sole_custody_stands_alone": (
        "kind",
        _(
            "Somebody else has custody in that period, so it cannot be sole custody. End the other one "
            "first, or choose joint custody."
        ),
    ),
    "custody_of_a_child": (
        "starts",
        _(
            "Custody is of a child: from the day of birth until the day they turn 18. Check the day of birth "
            "and the first day."
        ),
    ),
    "custody_of_another": ("holder", _("Nobody has custody of themselves. Choose somebody else.")),
    "custody_ends_after_start": ("ends", _("The last day lies before the first.")),
    "residence_ends_after_start": ("ends", _("The last day lies before the first.")),
    "protection_ends_after_start": ("ends", _("The last day lies before the first.")),
    "team_ends_after_start": ("ends", _("The last day lies before the first.")),
    "on_the_team_once": ("staff", _("They are already on the team for this unit in that period.")),
    "unit_is_open": ("unit", _("The unit has closed and takes no new work. Choose another.")),
    "once_in_a_family": ("cpr", _("Somebody with this CPR number is already in the family.")),
    "relation_between_two": ("other", _("A relation is between two different people.")),
    # consents
    "may_sign": (
        "signed",
        _(
            "One of those ticked may not sign here. From the age of 15 people sign for themselves; until "
            "then everybody with custody does."
        ),
    ),
    "private_words_are_ones_own": (
        "private_voice",
        _("What a child under 15 has said in private is not for others to hand on. Leave that out."),
    ),
    "signs_once": (None, _("That has already been signed.")),
    "consent_not_for_ever": (
        "until",
        _("A consent holds a year at the most. Choose an earlier day; it can be renewed."),
    ),
    "consent_ends_ahead": ("until", _("The last day lies in the past. Choose a day that is still to come.")),
    "consent_names_a_kind": ("kinds", _("Say which information it is about.")),
    "consent_names_a_source": ("sources", _("Say from whom the information comes.")),
    "consent_names_a_recipient": ("recipients", _("Say who may see it.")),
    "consent_names_a_purpose": ("purpose", _("Say what it is for.")),
    "consent_consent_replaces_id_key": (
        None,
        _("This consent has already been talked over again. Open the new one."),
    ),
    "custody_lacks_the_other": (
        "signed",
        _("Custody is shared, and only one of the two is written down. Write down the other first, under people."),
    ),
    "trial_has_day_and_stop": (
        "review_on",
        _("A trial has both: the day you look at it again, and what would make you stop. Or leave both empty."),
    ),
    "administrator_from_today": ("starts", _("An administrator's role begins today at the earliest.")),
    "basis_is_bounded": ("days", _("The law does not let it stand that long. Choose a shorter time.")),
    "one_open_question": (
        None,
        _(
            "You have asked already, and there is no answer yet. What you asked stands above; call the coordinator "
            "if there is more to say."
        ),
    ),
    "basis_says_why": ("necessity", _("Say why it is necessary.")),
    "emergency_again": (
        None,
        _(
            "You have used emergency access to this family within the last days. The second time you are two: call "
            "%(whom)s, who can share what the law allows. Is somebody in danger here and now, call 112."
        ),
    ),
    "emergency_again_yourself": (
        None,
        _(
            "You have used emergency access to this family within the last days. You are its coordinator: what the "
            "law allows you share under “Consents”, where the family reads by which section and for how long."
        ),
    ),
    # meetings
    "item_is_theirs_to_read": (
        None,
        _("Somebody whom it is about may not read it yet. Talk over first, with each of them, who may see it."),
    ),
    "family_is_told_first": (
        None,
        _(
            "The meeting cannot begin yet: somebody of the family has not been told of everything and everybody. What "
            "is missing stands here."
        ),
    ),
    "meeting_in_the_past": ("day", _("That moment has passed. Choose one that is still to come.")),
    "meeting_with_the_family": (
        None,
        _("Nobody of the family is at the table. It is their meeting: invite at least one of them first."),
    ),
    "meeting_about_something": (
        None,
        _("Nothing stands on the agenda yet. Ask the family what they want to talk about, and put it there first."),
    ),
    "meeting_has_a_time": (None, _("The time has not been found yet. Find it first, so that everybody can come.")),
    "minutes_are_shared_first": (None, _("The minutes come first. Share them, then the meeting can be closed.")),
    "meeting_goes_forward": (None, _("The meeting has gone on meanwhile. Open its page again and see how it stands.")),
    "topic_once_on_the_agenda": (None, _("That is on the agenda already.")),
    "child_meets_somebody": ("met_by", _("Write whom the child talks to.")),
    "child_left_out_with_reason": ("why", _("Write why. The law asks for the reason when a child does not take part.")),
    "child_of_a_meeting_ahead": (None, _("How a child takes part is chosen for children, before the meeting is over.")),
    "comes_for_a_while": ("for_minutes", _("Choose between 5 and 60 minutes.")),
    "comes_within_the_meeting": (
        "from_minute",
        _("The meeting is over before that. Choose an earlier minute, or fewer minutes."),
    ),
    "poll_one_at_a_time": (None, _("They have been asked already. See what they answer, or stop asking first.")),
    "poll_of_a_few_times": (None, _("Ask about three to five different times.")),
    "meeting_of_a_fair_length": ("minutes", _("A meeting lasts between 15 and 180 minutes.")),
    "said_at_a_meeting": (
        None,
        _("That can only be said by somebody who sits at the meeting, from when it begins."),
    ),
    "person_once_at_the_table": (None, _("They are at the table already.")),
    "staff_once_at_the_table": (None, _("They are at the table already.")),
    # early meetings
    "early_about_one_child": (
        None,
        _("An early course is about one child and those who have custody. Nobody more is written down."),
    ),
    "early_parents_first": (
        None,
        _("Everybody who has custody is talked with first, and from 15 the young person too. Then it is written down."),
    ),
    "early_units_only": (
        None,
        _(
            "An early meeting is for school, daycare, health visitor and those who work preventively with them. For "
            "others, ask the family whether it shall become a course with a coordinator."
        ),
    ),
    "early_kinds_only": (None, _("That is more than an early meeting needs to know. Leave it out.")),
    "early_yes_ends_with_it": (None, _("A yes to an early meeting ends with the early course. Choose an earlier day.")),
    "early_all_say_yes": (
        None,
        _("Everybody who decides for the child says yes first. Somebody's signature is missing."),
    ),
    "early_meeting_of_an_early_course": (
        None,
        _("An early meeting belongs to an early course, and no other meeting does."),
    ),
    "early_yes_first": (None, _("The family's yes comes first: somebody has not signed yet, or has taken it back.")),
}  # fmt: skip


def said(constraint: str) -> str:
    """The same sentence, where a form finds out before the database does."""
    return gettext(SAID[constraint][1])


said_lazily = lazy(said, str)


def refusal(error: IntegrityError) -> tuple[str | None, str] | None:
    """The field and the sentence for what was refused; ``None`` for what nobody could have meant."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    if constraint not in SAID:
        return None
    field, sentence = SAID[constraint]
    whom = error.__cause__.diag.message_detail  # type: ignore[union-attr]
    return field, gettext(sentence).replace("%(whom)s", whom or gettext("the family's coordinator"))


def afresh(form: forms.Form) -> None:
    """Sent again, the form is something new."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["once"] = str(uuid4())  # type: ignore[index]


@contextmanager
def told(form: forms.Form) -> Iterator[None]:
    """What the database refuses inside becomes an error of ``form``; nothing is written, all that was typed stays."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        found = refusal(error)
        if found is None:  # the id of somebody else's row, for one: with another it can be saved
            afresh(form)
            found = None, gettext("That could not be saved. What you wrote is still here: save it once more.")
        field, sentence = found
        form.add_error(field if field in form.fields else None, sentence)
