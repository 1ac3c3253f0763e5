"""A family page filled by hand: a mother with eight meeting places and seven action plans (as in Familiens vej, 2024).

Names and words are invented. The texts are content, as people type it, and so in Danish."""

from datetime import date, time
from itertools import count
from uuid import UUID

from familieplan.plan.page import (
    Add,
    AgreementView,
    ContactView,
    DepartmentView,
    DrawerInfo,
    FamilyPage,
    GoalView,
    InterventionView,
    PersonCard,
    PersonRef,
    Reader,
    SectorPlanView,
    SightLine,
    SightView,
    StatementView,
    StepView,
    TopicCard,
    WayIn,
    WeekSlot,
)

TODAY = date(2026, 11, 24)
_numbers = count(1)


def new_id() -> UUID:
    return UUID(int=next(_numbers) + (0x4A1B << 96))


SARA, EMIL, FREJA, JONAS = (
    PersonRef(new_id(), name, tone) for tone, name in enumerate(("Sara", "Emil", "Freja", "Jonas"))
)
FAMILY = new_id()
MAY = {"may_edit": True}


def said(text: str, speaker: str, day: int, department: str = "", month: int = 11, **more: bool) -> StatementView:
    own = not department
    return StatementView(
        new_id(),
        7,
        text,
        speaker,
        date(2026, month, day),
        department,
        "",
        **{"may_edit": own and speaker == "Sara", **more},
    )


def steps(*texts: str, done: int = 0) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            new_id(), text, date(2026, 11, 3 + 5 * i) if i < done else None, i == done, "Sara" if i == done else ""
        )
        for i, text in enumerate(texts)
    )


def agreement(text: str, who: str, due: date | None, topic: str = "", done: date | None = None) -> AgreementView:
    late = bool(due and due < TODAY and not done)
    return AgreementView(new_id(), 7, text, who, due, done, late, topic=topic, may_edit=True)


PEOPLE = (
    PersonCard(
        SARA, "mor", 34, "bor på Lærkevej med Emil og Freja", said("Lidt lettere end i sidste uge.", "Sara", 23), True
    ),
    PersonCard(EMIL, "stor søn", 16, "bor hos Sara", said("Helt okay, når jeg får lov at sove.", "Emil", 20)),
    PersonCard(
        FREJA,
        "yngst, går i 3. klasse",
        9,
        "hos Sara – hver anden weekend hos Jonas",
        said("Glad i skolen om onsdagen.", "Freja", 19),
    ),
    PersonCard(JONAS, "far til Freja", 37, "bor i Nykøbing"),
)

SCHOOL_CALL = agreement(
    "ringer til Frejas lærer om en rolig plads om morgenen", "Lone Kjær", date(2026, 11, 25), "Frejas morgener"
)
TRAINING_CALL = agreement(
    "spørger jobcentret, om praktikken kan ligge mandag og onsdag", "Lone Kjær", date(2026, 11, 27), "Praktik og ro på"
)

VISIT = agreement(
    "tager med Emil på besøg på værkstedet", "Anja Holst", date(2026, 12, 1), "Emil og ungdomsuddannelsen"
)
POST = agreement("gennemgår posten sammen ved køkkenbordet", "Sara og Ulla", date(2026, 11, 20), "Penge og bolig")

TOPICS = (
    TopicCard(
        new_id(),
        7,
        "Frejas morgener",
        (FREJA, SARA),
        (
            said("Jeg har ondt i maven, når vi skal ud ad døren.", "Freja", 19),
            said("Jeg bliver stresset, og så bliver vi begge to kede af det.", "Sara", 19),
            said("Freja har haft 11 fraværsdage siden efterårsferien.", "Mette Lund", 12, "Skovbakkeskolen"),
        ),
        (
            said("Om onsdagen går vi sammen med Alma. Så går det næsten af sig selv.", "Sara", 19),
            said(
                "Når Freja bliver taget imod ved døren, er hun i gang efter fem minutter.",
                "Mette Lund",
                12,
                "Skovbakkeskolen",
            ),
        ),
        (said("At vi kan sige farvel uden at græde.", "Freja", 19),),
        (
            GoalView(
                new_id(),
                7,
                "Tre rolige morgener om ugen inden jul",
                (FREJA, SARA),
                False,
                date(2026, 12, 18),
                None,
                "Flere børn i skole hver dag",
                ("Sara kan møde til tiden i sin praktik", "Emil kan sove længere"),
                steps(
                    "Gå sammen med Alma om onsdagen",
                    "Pakke tasken aftenen før",
                    "Ringe til døren, når vi går hjemmefra",
                    "Gå sammen med Alma om fredagen også",
                    done=2,
                ),
                True,
            ),
        ),
        SCHOOL_CALL,
        False,
        True,
        True,
    ),
    TopicCard(
        new_id(),
        8,
        "Praktik og ro på",
        (SARA,),
        (
            said("Praktikken og familiebehandlingen ligger samme tirsdag. Jeg kan ikke være to steder.", "Sara", 16),
            said("Der er behov for afklaring af, hvor mange timer Sara kan holde til.", "Peter Dahl", 9, "Jobcentret"),
        ),
        (said("Jeg kan godt lide at være i butikken. De siger godmorgen til mig.", "Sara", 16),),
        (said("At have et arbejde, hvor jeg også kan hente Freja.", "Sara", 2, month=10),),
        (
            GoalView(
                new_id(),
                8,
                "Et fleksjob på 15 timer",
                (SARA,),
                True,
                date(2027, 6, 30),
                None,
                "Flere forældre i arbejde",
                (),
                (),
                True,
            ),
            GoalView(
                new_id(),
                8,
                "Fire timer to dage om ugen i butikken, uden at jeg bliver syg af det",
                (SARA,),
                False,
                date(2027, 1, 15),
                None,
                "",
                (),
                steps("Flytte tirsdagen", "Fire uger på fire timer", "Tale med Peter om, hvordan det gik", done=0),
                True,
            ),
        ),
        TRAINING_CALL,
        False,
        True,
        True,
    ),
    TopicCard(
        new_id(),
        9,
        "Emil og ungdomsuddannelsen",
        (EMIL,),
        (said("Jeg kan ikke overskue 28 nye mennesker.", "Emil", 20),),
        (
            said("Jeg kommer altid, når vi er i værkstedet.", "Emil", 20),
            said("Emil møder stabilt på værkstedsdage.", "Anja Holst", 18, "Ungeenheden"),
        ),
        (said("Noget med mine hænder.", "Emil", 20),),
        (
            GoalView(
                new_id(),
                9,
                "To dage om ugen på FGU-værkstedet",
                (EMIL,),
                False,
                date(2026, 12, 11),
                None,
                "Alle unge i uddannelse eller job",
                (),
                steps("Se værkstedet en eftermiddag", "Prøve en dag med Anja", "Aftale de to dage", done=1),
                False,
            ),
        ),
        agreement(
            "tager med Emil på besøg på værkstedet", "Anja Holst", date(2026, 12, 1), "Emil og ungdomsuddannelsen"
        ),
        False,
        True,
        False,
    ),
    TopicCard(
        new_id(),
        10,
        "Penge og bolig",
        (SARA,),
        (said("Jeg er bange for rykkerne, så jeg åbner dem ikke.", "Sara", 2, month=11),),
        (said("Vi har betalt huslejen hver måned siden august.", "Sara", 2),),
        (said("At vi kan blive boende.", "Sara", 2),),
        (),
        POST,
        False,
        True,
        True,
    ),
    TopicCard(
        new_id(),
        11,
        "Min egen ro",
        (SARA,),
        (said("Om aftenen kommer tankerne.", "Sara", 16, is_private=True),),
        (said("Gåturene med min søster hjælper.", "Sara", 16),),
        (said("At sove igennem.", "Sara", 16),),
        (),
        None,
        False,
        True,
        True,
    ),
    TopicCard(
        new_id(),
        12,
        "Weekender hos Jonas",
        (FREJA, JONAS),
        (),
        (said("Det er gået godt, siden vi skriver afleveringen i kalenderen.", "Jonas", 8),),
        (),
        (),
        None,
        True,
        True,
        False,
    ),
)


def slot(
    day: int,
    start: str,
    end: str,
    title: str,
    who: tuple[PersonRef, ...],
    place: str,
    clashes: bool = False,
    note: str = "",
) -> WeekSlot:
    return WeekSlot(new_id(), day, time.fromisoformat(start), time.fromisoformat(end), title, who, place, note, clashes)


WEEK = (
    slot(0, "13:00", "14:00", "Samtale med Ulla", (SARA,), "hjemme"),
    slot(1, "09:00", "13:00", "Praktik i genbrugsbutikken", (SARA,), "Søndergade", True),
    slot(1, "10:00", "12:00", "Familiebehandling", (SARA, FREJA), "Familiehuset", True),
    slot(2, "09:00", "13:00", "Praktik i genbrugsbutikken", (SARA,), "Søndergade"),
    slot(2, "14:30", "15:30", "Hundeklub", (FREJA,), "SFO'en"),
    slot(3, "09:30", "10:15", "Samtale i psykiatrien", (SARA,), "Ambulatoriet", note="hver anden uge"),
    slot(3, "10:00", "14:00", "Værksted", (EMIL,), "FGU"),
    slot(4, "12:00", "13:00", "Samtale med Anja", (EMIL,), "Ungeenheden"),
    slot(4, "13:00", "14:00", "Støttetime med PPR", (FREJA,), "Skovbakkeskolen"),
)


def contact(
    name: str, role: str, department: str, phone: str, since: date, is_coordinator: bool = False
) -> ContactView:
    return ContactView(
        new_id(),
        3,
        name,
        role,
        department,
        phone,
        "",
        since=since,
        last_contact=date(2026, 11, 18),
        is_coordinator=is_coordinator,
    )


PROFESSIONALS = (
    contact(
        "Lone Kjær",
        "koordinator",
        "Den sammenhængende familieindsats",
        "99 12 34 56",
        date(2026, 8, 1),
        is_coordinator=True,
    ),
    contact("Peter Dahl", "beskæftigelsesrådgiver", "Jobcentret", "99 12 34 01", date(2026, 3, 1)),
    contact("Ulla Bech", "bostøtte", "Socialområdet for voksne", "99 12 34 02", date(2025, 11, 1)),
    contact("Hanne Friis", "familierådgiver", "Familieafdelingen", "99 12 34 03", date(2026, 1, 15)),
    contact("Jens Toft", "familiebehandler", "Familieafdelingen", "99 12 34 04", date(2026, 9, 1)),
    contact("Anja Holst", "ungevejleder", "Ungeenheden", "99 12 34 05", date(2026, 8, 15)),
    contact("Mette Lund", "klasselærer", "Skovbakkeskolen", "99 12 34 06", date(2024, 8, 12)),
    contact("Karim Nasser", "psykolog", "PPR", "99 12 34 07", date(2026, 10, 1)),
    contact("Birgit Storm", "sygeplejerske", "Psykiatrien", "99 12 34 08", date(2026, 2, 1)),
    contact("Tove Riis", "boligsocial medarbejder", "Boligforeningen", "99 12 34 09", date(2026, 6, 1)),
)

NETWORK = (
    ContactView(
        new_id(),
        4,
        "Line Holm",
        "Saras søster",
        phone="22 33 44 55",
        may_contact=True,
        note="Går tur med Sara om aftenen. Kan hente Freja.",
        may_edit=True,
    ),
    ContactView(
        new_id(), 4, "Farmor Grethe", "Frejas farmor", may_contact=False, note="Ringer hver søndag.", may_edit=True
    ),
    ContactView(
        new_id(),
        4,
        "Almas forældre",
        "naboer",
        phone="22 33 44 66",
        may_contact=True,
        note="Følges med Freja om onsdagen.",
        may_edit=True,
    ),
)


def effort(
    title: str,
    whom: tuple[PersonRef, ...],
    purpose: str,
    law: str,
    place: str,
    times: str,
    contact_name: str,
    idea: str = "",
) -> InterventionView:
    return InterventionView(
        new_id(),
        5,
        title,
        whom,
        purpose,
        law,
        (said(idea, "Sara", 16),) if idea else (),
        place,
        times,
        date(2026, 3, 1),
        date(2027, 2, 28),
        contact_name,
        False,
        not idea,
    )


def plan(title: str, whom: tuple[PersonRef, ...], law: str, kept_by: str, until: date | None = None) -> SectorPlanView:
    return SectorPlanView(new_id(), 5, title, whom, law, kept_by, until)


DEPARTMENTS = (
    DepartmentView(
        "Jobcentret",
        (
            effort(
                "Virksomhedspraktik",
                (SARA,),
                "At afklare, hvor mange timer Sara kan arbejde.",
                "LAB § 57",
                "Søndergade",
                "tirsdag og onsdag kl. 9–13",
                "Peter Dahl",
                "At komme ud blandt andre og vise, at jeg kan noget.",
            ),
        ),
        (plan("Min plan", (SARA,), "LAB § 31", "Jobcentret", date(2027, 1, 12)),),
    ),
    DepartmentView(
        "Socialområdet for voksne",
        (
            effort(
                "Bostøtte",
                (SARA,),
                "Hjælp til overblik over post, økonomi og hverdag.",
                "serviceloven § 85",
                "hjemme",
                "mandag kl. 13–14",
                "Ulla Bech",
                "Nogen at åbne posten sammen med.",
            ),
        ),
        (plan("Handleplan", (SARA,), "serviceloven § 141", "Socialområdet for voksne"),),
    ),
    DepartmentView(
        "Familieafdelingen",
        (
            effort(
                "Familiebehandling",
                (SARA, FREJA),
                "At styrke samspillet og rutinerne derhjemme.",
                "barnets lov § 32",
                "Familiehuset",
                "tirsdag kl. 10–12",
                "Jens Toft",
                "At få ro på om morgenen.",
            ),
        ),
        (plan("Barnets plan", (FREJA,), "barnets lov § 91", "Familieafdelingen", date(2026, 12, 15)),),
    ),
    DepartmentView(
        "Ungeenheden",
        (
            effort(
                "Vejledning til ungdomsuddannelse",
                (EMIL,),
                "At finde vejen til en uddannelse, Emil kan holde til.",
                "lov om kommunal indsats for unge",
                "Ungeenheden",
                "fredag kl. 12–13",
                "Anja Holst",
            ),
        ),
        (
            plan("Ungeplan", (EMIL,), "barnets lov § 108", "Ungeenheden"),
            plan("Uddannelsesplan", (EMIL,), "", "Ungeenheden"),
        ),
    ),
    DepartmentView(
        "Skovbakkeskolen",
        (
            effort(
                "Rolig start",
                (FREJA,),
                "At Freja kommer trygt i gang om morgenen.",
                "folkeskoleloven § 5",
                "Skovbakkeskolen",
                "hver dag kl. 8",
                "Mette Lund",
                "At der står en ved døren.",
            ),
        ),
        (plan("Handleplan for fravær", (FREJA,), "", "Skovbakkeskolen", date(2026, 12, 4)),),
    ),
    DepartmentView(
        "PPR",
        (
            effort(
                "Støttetimer",
                (FREJA,),
                "At se på, hvordan Freja lærer bedst.",
                "folkeskoleloven § 12",
                "PPR's hus",
                "fredag kl. 13–14",
                "Karim Nasser",
            ),
        ),
    ),
    DepartmentView(
        "Psykiatrien",
        (
            effort(
                "Samtaleforløb",
                (SARA,),
                "Behandling af PTSD.",
                "sundhedsloven",
                "Ambulatoriet",
                "hver anden torsdag kl. 9.30",
                "Birgit Storm",
                "At kunne sove.",
            ),
        ),
        (plan("Behandlingsplan", (SARA,), "sundhedsloven", "Regionen"),),
    ),
    DepartmentView(
        "Boligforeningen",
        (
            effort(
                "Boligsocial hjælp",
                (SARA,),
                "At familien kan blive boende.",
                "",
                "Beboerhuset",
                "efter aftale",
                "Tove Riis",
            ),
        ),
    ),
)

SIGHT = (
    SightView(
        "Jobcentret",
        (
            SightLine(
                "Sara",
                ("Arbejde og uddannelse", "Håb, mål og aftaler"),
                "fordi du har sagt ja 3. oktober",
                date(2027, 3, 31),
            ),
        ),
        is_unit=True,
        has_written=True,
    ),
    SightView("Jonas", (SightLine("Freja", ("Skole",), "fordi I har fælles forældremyndighed"),)),
)

PAGE = FamilyPage(
    id=FAMILY,
    name="Familien Holm",
    today=TODAY,
    base=f"/families/{FAMILY}/",
    is_own=True,
    people=PEOPLE,
    burning=(
        said("Tirsdag skal jeg være to steder på samme tid. Det holder jeg ikke til.", "Sara", 23),
        said("Rykkeren fra elselskabet ligger stadig i skuffen.", "Sara", 22),
    ),
    hopes=(
        said("Jeg drømmer om en helt almindelig lørdag, hvor ingen skal noget.", "Sara", 2, month=10),
        said("Jeg vil have en hund. Og at mor griner mere.", "Freja", 2, month=10),
        said("En læreplads som tømrer.", "Emil", 2, month=10),
    ),
    topics=TOPICS,
    agreements=(
        POST,
        SCHOOL_CALL,
        TRAINING_CALL,
        VISIT,
        agreement("skriver afleveringen i kalenderen hver torsdag", "Jonas", None, "Weekender hos Jonas"),
        agreement("har fundet en cykel til Emil", "Tove Riis", date(2026, 11, 18), "", date(2026, 11, 17)),
    ),
    week=WEEK,
    coordinator=WayIn("Lone Kjær", "Den sammenhængende familieindsats", "99 12 34 56"),
    professionals=PROFESSIONALS,
    network=NETWORK,
    departments=DEPARTMENTS,
    sight=SIGHT,
    may_add=frozenset(Add),
)

DRAWER = DrawerInfo(
    7,
    "Skole",
    ("Freja",),
    (
        Reader("Sara", "det handler om hendes barn"),
        Reader("Jonas", "har del i forældremyndigheden"),
        Reader("Skovbakkeskolen", "I har begge sagt ja", True, date(2026, 12, 31)),
    ),
)
