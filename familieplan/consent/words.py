"""What the kinds of information cover, in words one can say in a kitchen. No kind is asked for without them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from familieplan.access.enums import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COVERS: dict[Kind, "_StrPromise"] = {
    Kind.BASIC: _(
        "What you are called, how old you are, and who belongs together. Without it nobody can see whose plan it is."
    ),
    Kind.CONTACT: _("Phone numbers and e-mail addresses."),
    Kind.ADDRESS: _("Where you live, and places that tell it."),
    Kind.PLAN: _("What you hope for, the goals, the small steps, and who does what when."),
    Kind.FAMILY_LIFE: _("Mornings, meals, bedtime, how you are together."),
    Kind.NETWORK: _("Who means something to you, and which professionals you see."),
    Kind.SCHOOL: _("How school goes: attendance, lessons, friends, support."),
    Kind.DAYCARE: _("How it goes in daycare: play, friends, support."),
    Kind.EMPLOYMENT: _("Work, education, sick leave and courses."),
    Kind.ECONOMY: _("Income, benefits and debt."),
    Kind.HOUSING: _("The home: rent, repairs, moving."),
    Kind.HEALTH: _("Illness, treatment and what the doctor says about the body."),
    Kind.MENTAL_HEALTH: _("How you feel inside, diagnoses, talks and treatment."),
    Kind.SUBSTANCE_USE: _("Alcohol, drugs, and help with them."),
    Kind.VIOLENCE: _("Violence that has happened, and what keeps you safe."),
    Kind.CRIME: _("Convictions, charges, and contact with the prison service."),
    Kind.WELLBEING: _("How you say you are: smileys, scales and questionnaires."),
}  # fmt: skip

PARTS: dict[str, "_StrPromise"] = {  # what a consent may lack, by rules.MISSING_PARTS
    "kinds": _("Say which information it is about."),
    "source": _("Say from whom the information comes."),
    "recipient": _("Say who may see it."),
    "purpose": _("Say what it is for."),
    "until": _("Say until when it holds."),
}
FIELD_OF = {"kinds": "kinds", "source": "sources", "recipient": "recipients", "purpose": "purpose", "until": "until"}

NO_MEANS = _(
    "You are free to say no. The help goes on. They will then have to ask you each time, and you may have to tell "
    "the same things more than once."
)


def kinds(keys: list[str]) -> list[str]:
    """The labels of these kinds, in the order of the form."""
    return [str(kind.label) for kind in Kind if kind.value in keys]
