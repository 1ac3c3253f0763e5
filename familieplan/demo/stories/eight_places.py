"""Sara Holm with Freja, 16, and Emil, 9: eight meeting places and seven action plans (Social- og Boligstyrelsen 2024).

Emil's father Thomas lives elsewhere and has joint custody: for Emil both sign. Freja signs for herself.
"""

from dataclasses import dataclass
from functools import partial

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.stories import eight_places_meetings as meetings
from familieplan.demo.story import COMMUNITY, JOBS, SCHOOLING, Story, Theme
from familieplan.people.enums import Part, RelationKind
from familieplan.people.models import Person
from familieplan.plan.enums import Weeks

HELPERS = ("koordination", "jobcenter", "elmeskolen", "familieafdeling", "familiehus", "voksenstoette", "unge")


@dataclass(frozen=True)
class Themes:
    school: Theme
    mornings: Theme
    work: Theme
    calm: Theme
    future: Theme
    three: Theme


@dataclass(frozen=True)
class Holm:
    sara: Person
    freja: Person
    emil: Person
    thomas: Person


def tell(town: Town) -> Story:
    story = Story("eight_places", town, "mette", opened=140)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    themes = what_fills_them(story, family)
    meetings.the_first(story, family, themes)
    what_they_work_for(story, family, themes)
    what_each_adds(story, family, themes)
    meetings.the_next(story, family, themes)
    what_they_say_at_home(story, family)
    return story


def who_they_are(story: Story) -> Holm:
    with story.turn("mette", ago=139) as mette:
        sara = mette.person("Sara", "Holm", 38, "mor")
        freja = mette.person("Freja", "Holm", 16, "datter", birthday=40)
        emil = mette.person("Emil", "Holm Winther", 9, "søn", birthday=200)
        thomas = mette.person("Thomas", "Winther", 41, "Emils far", part=Part.PARENT_ELSEWHERE)
        mette.parent(sara, freja, emil, words="mor")
        mette.parent(thomas, emil, words="far")
        mette.related(freja, emil, RelationKind.SIBLING, "storesøster")
        mette.custody(freja, sara)
        mette.custody(emil, sara, thomas)
        mette.home("Hos Sara", "Kirsebærvej 14, 2. th.", sara, freja, emil)
        thomas_home = mette.home("Hos Thomas", "Engdraget 3", thomas)
        mette.also_lives(emil, thomas_home, "hver anden weekend, lige uger")
        mette.phone(sara, "00 00 01 01")
        mette.phone(thomas, "00 00 01 02")
        mette.team("jens", sara, reason="Hjælper Sara på vej mod et job")
        mette.team("bodil", sara, reason="Støtter Sara i hverdagen")
        mette.team("hanne", sara, freja, emil, reason="Familiens rådgiver")
        mette.team("karen", sara, emil, reason="Familiebehandling")
        mette.team("lis", emil, reason="Emils klasselærer")
        mette.team("nanna", freja, reason="Frejas ungevejleder")
        mette.team("ida", emil, reason="Vil se på, hvad Emil har brug for i skolen")
        mette.team("tom", sara, reason="Udbetaler Saras ydelse")
    return Holm(sara, freja, emil, thomas)


def what_they_say_yes_to(story: Story, holm: Holm) -> None:
    sara, freja, emil, thomas = holm.sara, holm.freja, holm.emil, holm.thomas
    for_emil = (sara, thomas)
    with story.turn("mette", ago=132) as mette:
        together = partial(mette.yes, to="koordination", units=HELPERS, days=220)
        together(
            sara,
            (Kind.BASIC, Kind.CONTACT, Kind.ADDRESS, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.EMPLOYMENT,
             Kind.ECONOMY, Kind.HOUSING, Kind.HEALTH, Kind.MENTAL_HEALTH, Kind.WELLBEING),
            purpose="At Mette kan samle det hele ét sted, så jeg ikke selv skal bære beskeder rundt.",
            without="Så må jeg fortælle min historie forfra hvert sted, og Mette kan ikke holde styr på det for mig.",
        )  # fmt: skip
        together(
            freja,
            (Kind.BASIC, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.SCHOOL, Kind.EMPLOYMENT, Kind.WELLBEING),
            purpose="At Mette ved, hvad jeg vil efter 9. klasse, og kan hjælpe os som familie.",
            without="Så taler Mette kun med mig om det, jeg selv fortæller hende fra gang til gang.",
        )
        together(
            emil,
            (Kind.BASIC, Kind.ADDRESS, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.SCHOOL, Kind.WELLBEING),
            purpose="At skole, familiehus og hjem trækker i samme retning for Emil.",
            without="Så skal vi forældre selv sige det samme til alle.",
            signed=for_emil,
        )
        together(
            thomas,
            (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.SCHOOL),
            purpose="At jeg er med i det, der handler om Emil.",
            without="Så bliver jeg ikke spurgt, før tingene er aftalt.",
        )
    with story.turn("mette", ago=118) as mette:
        mette.yes(
            sara,
            (Kind.BASIC, Kind.PLAN, Kind.EMPLOYMENT),
            to="jobcenter",
            purpose="At min praktik passer med resten af min uge.",
            without="Så planlægger jobcentret ud fra det, de selv har.",
        )
        mette.yes(
            sara,
            (Kind.BASIC, Kind.CONTACT, Kind.MENTAL_HEALTH, Kind.WELLBEING),
            to="voksenstoette",
            purpose="At Bodil ved, hvordan jeg har det, når hun kommer.",
            without="Så kan Bodil hjælpe med det praktiske, men ikke med min uro.",
            days=12,
        )
        at_the_department = partial(mette.yes, to="familieafdeling", without="Så må Hanne spørge os om det hele igen.")
        at_the_department(
            sara,
            (Kind.BASIC, Kind.CONTACT, Kind.FAMILY_LIFE, Kind.NETWORK),
            purpose="At den hjælp, vi får hjemme, er den, vi har brug for.",
            units=("koordination", "familiehus"),
        )
        at_the_department(
            freja,
            (Kind.BASIC, Kind.FAMILY_LIFE),
            purpose="At Hanne kan se, hvordan vi har det sammen derhjemme.",
        )
        at_the_department(
            emil,
            (Kind.BASIC, Kind.FAMILY_LIFE, Kind.SCHOOL, Kind.WELLBEING),
            purpose="At Emils plan handler om hele hans dag, også skolen.",
            units=("koordination", "familiehus", "elmeskolen"),
            signed=for_emil,
        )
        for subject, signers in ((sara, (sara,)), (emil, for_emil)):
            mette.yes(
                subject,
                (Kind.BASIC, Kind.FAMILY_LIFE),
                to="familiehus",
                purpose="At Karen kan tage fat i det, vi selv siger er svært om morgenen.",
                without="Så begynder vi forfra hos Karen.",
                signed=signers,
            )
        mette.yes(
            emil,
            (Kind.BASIC, Kind.SCHOOL, Kind.WELLBEING),
            to="elmeskolen",
            purpose="At Lis kan tage godt imod Emil om morgenen.",
            without="Så ved skolen kun det, Emil selv viser.",
            signed=for_emil,
        )
        mette.yes(
            sara,
            (Kind.BASIC, Kind.CONTACT),
            to="elmeskolen",
            purpose="At Lis kan ringe til mig med det samme.",
            without="Så skriver skolen et brev i stedet for at ringe.",
        )
    with story.turn("mette", ago=97) as mette:
        mette.yes(
            sara,
            (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK),
            to=freja,
            purpose="At Freja kan følge med i det, vi aftaler derhjemme.",
            without="Så fortæller jeg hende det selv.",
        )
        mette.yes(
            emil,
            (Kind.BASIC, Kind.FAMILY_LIFE),
            to=freja,
            purpose="At Freja ved, hvordan hun kan være storesøster uden at være voksen.",
            without="Så spørger Freja os.",
            signed=for_emil,
        )
        mette.yes(
            sara,
            (Kind.BASIC, Kind.CONTACT),
            to=thomas,
            purpose="At vi kan få fat i hinanden om Emil.",
            without="Så går beskeder om Emil gennem Mette.",
        )
        mette.yes(
            thomas,
            (Kind.BASIC, Kind.CONTACT, Kind.SCHOOL),
            to=sara,
            purpose="At vi kan få fat i hinanden om Emil.",
            without="Så går beskeder om Emil gennem Mette.",
        )
    with story.turn(freja, ago=90) as me:
        me.yes(
            freja,
            (Kind.BASIC, Kind.EMPLOYMENT),
            to="unge",
            purpose="At Nanna kan hjælpe mig med at vælge, hvad jeg skal efter sommer.",
            without="Så finder jeg ud af det selv.",
        )


def what_is_going_on(story: Story, holm: Holm) -> None:
    """Eight meeting places, seven plans; the placement and the family treatment lie at the same time on Tuesdays."""
    sara, freja, emil = holm.sara, holm.freja, holm.emil
    work_law, youth_law = "Lov om en aktiv beskæftigelsesindsats", "Lov om kommunal indsats for unge under 25 år"
    with story.turn("jens", ago=74) as jens:
        course = jens.offer(
            "Ressourceforløb",
            sara,
            law=work_law,
            purpose="At finde ud af, hvor meget Sara kan arbejde, og hvad der hjælper.",
        )
        placement = jens.offer(
            "Praktik i planteskole", sara, law=work_law, purpose="At prøve arbejde af i et tempo, der kan holde."
        )
        jens.weekly(course, sara, "1", "09:00-10:00", "Jobcentret", Weeks.ODD)
        jens.weekly(placement, sara, "24", "09:00-12:00", "Planteskolen Grønspire")
        jens.sector_plan(sara, "Rehabiliteringsplan", work_law, "Jobcentrets fagsystem")
    with story.turn("bodil", ago=72) as bodil:
        support = bodil.offer(
            "Støtte i hverdagen",
            sara,
            law="Serviceloven § 85",
            purpose="At få breve, aftaler og husholdning til at glide.",
        )
        group = bodil.offer(
            "Gruppe om uro og angst",
            sara,
            law="Serviceloven § 82 a",
            purpose="At møde andre, der kender det, og få redskaber.",
        )
        bodil.weekly(support, sara, "3", "10:00-12:00", "Støttecentret")
        bodil.weekly(group, sara, "5", "10:00-12:00", "Kvarterhuset")
        bodil.sector_plan(sara, "Handleplan for voksne", "Serviceloven § 141", "Voksenstøttens fagsystem")
    with story.turn("hanne", ago=70) as hanne:
        advice = hanne.offer(
            "Samtaler med rådgiver", sara, emil, law="Barnets lov § 91", purpose="At følge, om hjælpen til Emil virker."
        )
        hanne.weekly(advice, sara, "4", "13:00-14:00", "Rådhuset", Weeks.EVEN)
        hanne.sector_plan(emil, "Barnets plan", "Barnets lov § 91", "Familieafdelingens fagsystem")
        hanne.sector_plan(freja, "Ungeplan", "Barnets lov § 108", "Familieafdelingens fagsystem")
    with story.turn("karen", ago=66) as karen:
        treatment = karen.offer(
            "Familiebehandling", sara, emil, law="Barnets lov § 32", purpose="At øve rolige overgange morgen og aften."
        )
        karen.weekly(treatment, sara, "2", "10:00-12:00", "Familiehuset")
        karen.weekly(treatment, emil, "2", "10:00-12:00", "Familiehuset")
        karen.sector_plan(emil, "Behandlingsplan", "Barnets lov § 32", "Familiehusets journal")
    with story.turn("lis", ago=63) as lis:
        mornings = lis.offer(
            "Morgenaftale og kort skema",
            emil,
            law="Folkeskoleloven",
            purpose="At Emil får en god start på dagen og er i skole hver dag.",
        )
        lis.weekly(mornings, emil, "1345", "08:00-12:30", "Elmeskolen")
        lis.weekly(mornings, emil, "2", "08:00-09:30", "Elmeskolen")
        lis.sector_plan(emil, "Plan for fremmøde", "Folkeskoleloven", "Skolens elevsystem")
    with story.turn("nanna", ago=60) as nanna:
        guidance = nanna.offer(
            "Vejledning om uddannelse",
            freja,
            law=youth_law,
            purpose="At Freja vælger noget, hun har lyst til at blive i.",
        )
        nanna.weekly(guidance, freja, "4", "14:30-15:30", "Ungehuset")
        nanna.sector_plan(freja, "Uddannelsesplan", youth_law, "Ungebasen")
    with story.turn(sara, ago=55) as me:
        me.idea(placement, "Den er til for, at jeg kan vise, at jeg kan.")
        me.idea(treatment, "Her lærer Emil og jeg at blive gode venner igen.")
        me.idea(course, "Jeg ved faktisk ikke helt, hvad den er til for.")


def what_fills_them(story: Story, holm: Holm) -> Themes:
    sara, freja, emil, thomas = holm.sara, holm.freja, holm.emil, holm.thomas
    with story.turn("mette", ago=41) as mette:
        on = Themes(
            school=mette.topic("Emil og skolen", Kind.SCHOOL, emil, order=0),
            mornings=mette.topic("Vores morgener", Kind.FAMILY_LIFE, sara, emil, order=1),
            work=mette.topic("Mit arbejde", Kind.EMPLOYMENT, sara, order=2),
            calm=mette.topic("Min uro og mine kræfter", Kind.MENTAL_HEALTH, sara, order=3),
            future=mette.topic("Freja efter 9. klasse", Kind.EMPLOYMENT, freja, order=4),
            three=mette.topic("Os tre", Kind.FAMILY_LIFE, sara, freja, emil, order=5),
        )
        mette.worry(on.school, "Jeg får ondt i maven, når jeg kan høre, at Emil ikke vil af sted.", sara)
        mette.works(on.school, "Emil læser højt for mig hver weekend. Det vil han gerne.", thomas)
        mette.wish(on.school, "At Emil er i skole hele ugen, og at vi begge hører det, når det går godt.", thomas)
        mette.worry(on.mornings, "Jeg er træt, og så kommer jeg til at råbe.", sara)
        mette.works(on.mornings, "Om fredagen spiser vi rundstykker. Der er vi aldrig oppe at skændes.", sara)
        mette.works(on.work, "Når jeg arbejder med planter, glemmer jeg at være bange.", sara)
        mette.wish(on.work, "Jeg vil gerne have en rigtig lønseddel igen.", sara)
        mette.worry(on.calm, "Når der er for mange breve, åbner jeg dem ikke.", sara)
        mette.works(on.calm, "En gåtur med min mor gør mig rolig.", sara)
        mette.wish(on.three, "At vi har én aften om ugen, der bare er vores.", sara)
        mette.hope(sara, "Jeg drømmer om et deltidsjob med jord under neglene.")
        mette.hope(freja, "Jeg vil have mit eget bageri.")
        mette.hope(emil, "En hund!")
        mette.network(sara, "Inge Holm", "min mor, kan komme med kort varsel", "00 00 01 11", may_contact=True)
        mette.network(sara, "Ulla", "naboen ovenpå, tager Emil med ind, når jeg er forsinket", may_contact=False)
        mette.network(freja, "Selma", "min bedste veninde")
        mette.network(emil, "Træner Kim", "fodbold om lørdagen", "00 00 01 12", may_contact=True)
    return on


def what_they_work_for(story: Story, holm: Holm, on: Themes) -> None:
    """Goals with small steps, what helps what, and who does what by when."""
    sara, freja, thomas = holm.sara, holm.freja, holm.thomas
    with story.turn("mette", ago=27) as mette:
        to_school = mette.goal(
            on.school,
            "Emil er i skole alle ugens dage",
            "Lis står ved lågen kl. 7.50",
            "Tre hele dage på en uge",
            "Fem hele dage på en uge",
            done=1,
            common=SCHOOLING,
        )
        breakfast = mette.goal(
            on.mornings,
            "Vi spiser morgenmad uden at skynde os",
            "Tøj og taske er klar aftenen før",
            "Vi sidder ned i ti minutter",
            "To rolige morgener på en uge",
            done=2,
        )
        placement = mette.goal(
            on.work,
            "Seks timers praktik om ugen, som jeg kan holde til",
            "En dag om ugen",
            "To dage om ugen",
            "Jeg ringer selv, når det bliver for meget",
            done=1,
            common=JOBS,
            days=60,
        )
        mette.goal(on.work, "Et deltidsjob, hvor jeg er ude", common=JOBS, days=400, long=True)
        mette.goal(on.calm, "Jeg åbner mine breve samme dag", "Bodil og jeg åbner dem sammen om onsdagen", done=1)
        mette.goal(
            on.future,
            "Freja har fundet sin uddannelse",
            "Besøg på bageruddannelsen",
            "En dag i praktik hos bageren",
            done=1,
            common=JOBS,
        )
        cards = mette.goal(on.three, "Kortaften hver onsdag", "Første kortaften", done=1, common=COMMUNITY)
        mette.helps(to_school, placement, "Når Emil er tryg i skolen, kan jeg blive på arbejdet.")
        mette.helps(breakfast, to_school, "En rolig morgen gør det lettere at gå ind ad døren.")
        mette.helps(cards, breakfast, "Når vi har det sjovt, taler vi pænere til hinanden.")
        mette.agree(on.work, "Finder en anden dag til praktikken end tirsdag", "jens", in_days=-4, aim=placement)
        bought = mette.agree(on.three, "Finder kortene frem", freja, in_days=-20, aim=cards)
    with story.turn("mette", ago=20) as mette:
        mette.done(bought, "Vi spillede til klokken ni.", days_ago=21)
        mette.wish(on.future, "Jeg vil gerne bage. Bare ikke sidde ned hele dagen.", freja)
        mette.works(on.three, "Vi griner, når vi spiller kort.", freja)
        mette.agree(on.school, "Står ved lågen kl. 7.50 hver dag", "lis", in_days=10, aim=to_school)
        mette.agree(on.school, "Henter Emil hver anden fredag og hører om ugen", thomas, in_days=7, aim=to_school)
        mette.agree(
            on.mornings,
            "Lægger tøj frem sammen med Emil",
            sara,
            in_days=5,
            aim=breakfast,
            stop_rule="vi bliver uvenner om det to aftener i træk",
        )
        mette.agree(on.future, "Ringer til bageren på torvet", freja, in_days=12)
    story.looks("jens", ago=16)
    with story.turn("hanne", ago=16) as hanne:
        hanne.follow_up(
            "Ungeplan",
            revise="Målet er nu et bageri, hvor man ikke sidder ned hele dagen.",
            why="Freja vil besøge bageriet først, og skolen har samtaler i januar.",
            again_in=60,
        )


def what_each_adds(story: Story, holm: Holm, on: Themes) -> None:
    sara, emil, thomas = holm.sara, holm.emil, holm.thomas
    with story.turn("nanna", ago=11) as nanna:
        nanna.works(on.future, "Freja møder til tiden og har selv skrevet til tre bagerier.")
    with story.turn("mette", ago=9) as mette:
        mette.worry(on.school, "Det larmer så meget, når vi har vikar.", emil)
        mette.works(on.school, "Når jeg møder Lis ved lågen, går det fint.", emil)
        mette.wish(on.mornings, "At mor sidder ned, mens jeg spiser.", emil)
    with story.turn("lis", ago=8) as lis:
        lis.works(on.school, "Emil er den, der hjælper, når en anden er ked af det.")
        lis.wish(on.school, "At vi finder et roligt sted til Emil, når der er vikar.")
    with story.turn("mette", ago=7) as mette:
        mette.status(sara, "Det går op og ned. Mest op, når jeg har sovet.")
        mette.status(emil, "Okay. Bedst om fredagen.")
        mette.yes(
            emil,
            (Kind.BASIC, Kind.SCHOOL),
            to="ppr",
            purpose="At Ida kan se, hvad der gør skolen svær for Emil, før hun møder ham.",
            without="Så begynder Ida forfra og må spørge både os og Lis.",
            units=("koordination", "elmeskolen"),
            signed=(sara,),  # Thomas has not signed yet: nothing is opened
        )
    with story.turn("jens", ago=6) as jens:
        jens.works(on.work, "Planteskolen siger, at Sara ser, hvad der skal gøres, uden at blive bedt om det.")
        jens.tells_the_others(on.work, "Planteskolen kan bytte tirsdag til onsdag fra næste uge.")
    with story.turn("karen", ago=6) as karen:
        karen.works(on.mornings, "Sara og Emil finder roen igen hurtigere end for to måneder siden.")
    with story.turn("mette", ago=5) as mette:
        mette.worry(on.work, "Jeg kan ikke være to steder om tirsdagen.", sara)
    with story.turn("mette", ago=3) as mette:
        mette.burning(sara, "Praktik og familiehus ligger begge tirsdag formiddag. Jeg når det ikke.")
    with story.turn(thomas, ago=3) as me:
        me.wish(on.school, "Skriv til os begge, når Emil har haft en god dag.")
        me.tells_the_others(on.school, "Emil vil gerne cykle til skole på fredag. Jeg følger ham.")


def what_they_say_at_home(story: Story, holm: Holm) -> None:
    """What the family writes itself; a word that is only Freja's; and who waits for an answer."""
    with story.turn(holm.sara, ago=2) as me:
        money = me.topic("Pengene sidst på måneden", Kind.ECONOMY, holm.sara, order=6)
        me.worry(money, "Den sidste uge er svær. Jeg vil ikke have, at børnene mærker det.")
        me.works(money, "Jeg har ikke lånt af min mor siden sommer.")
    with story.turn(holm.freja, ago=2) as me:
        me.keeps_to_self(
            "Nogle gange er det mig, der passer på mor. Det vil jeg ikke have, hun læser.", Kind.FAMILY_LIFE
        )
        me.status(holm.freja, "Fint nok i skolen. Lidt for meget derhjemme.")
    with story.turn("tom", ago=1) as tom:
        tom.asks((Kind.ECONOMY,), "Så jeg kan regne Saras ydelse ud uden at bede om de samme papirer igen.")
    story.looks("lis", "mette", ago=1)
