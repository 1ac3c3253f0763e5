"""Camilla and Oskar, 7, near the end of their course (Miller & Haslam 2021, case 1): WHO-5 from 28 to 68, absence from
34 days to 4, and Camilla supports herself. Oskar's father Dennis is at sea: his signature is missing, with a reason."""

from dataclasses import dataclass

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.story import COMMUNITY, JOBS, SCHOOLING, Story
from familieplan.people.enums import Part
from familieplan.people.models import Person

AT_SEA = (
    "Dennis sejler og kan ikke nås før næste havn. Han har sagt ja i telefonen og skriver under, når han er hjemme."
)
HELPERS = ("koordination", "jobcenter", "elmeskolen", "familieafdeling")


@dataclass(frozen=True)
class Juhl:
    camilla: Person
    oskar: Person
    dennis: Person


def tell(town: Town) -> Story:
    story = Story("case_one", town, "omar", opened=520)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    what_has_changed(story, family)
    return story


def who_they_are(story: Story) -> Juhl:
    with story.turn("omar", ago=519) as omar:
        camilla = omar.person("Camilla", "Juhl", 29, "mor")
        oskar = omar.person("Oskar", "Juhl", 7, "søn", birthday=250)
        dennis = omar.person("Dennis", "Rask", 32, "Oskars far", part=Part.PARENT_ELSEWHERE)
        omar.parent(camilla, oskar, words="mor")
        omar.parent(dennis, oskar, words="far")
        omar.custody(oskar, camilla, dennis)
        omar.home("Hos Camilla", "Rosenvej 5", camilla, oskar)
        omar.phone(camilla, "00 00 05 01")
        omar.team("jens", camilla, reason="Fulgte Camilla i ressourceforløbet og i det nye job")
        omar.team("lis", oskar, reason="Oskars klasselærer")
        omar.team("hanne", oskar, reason="Familiens rådgiver")
    return Juhl(camilla, oskar, dennis)


def what_they_say_yes_to(story: Story, juhl: Juhl) -> None:
    camilla, oskar = juhl.camilla, juhl.oskar
    with story.turn("omar", ago=110) as omar:
        omar.yes(
            camilla,
            (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.EMPLOYMENT, Kind.WELLBEING),
            to="koordination",
            purpose="At Omar kan følge os de sidste måneder.",
            without="Så slutter forløbet nu.",
            units=HELPERS,
            days=80,
        )
        omar.yes(
            oskar,
            (Kind.BASIC, Kind.PLAN, Kind.FAMILY_LIFE, Kind.SCHOOL, Kind.WELLBEING),
            to="koordination",
            purpose="At det, der virker for Oskar, bliver ved med at være aftalt.",
            without="Så skal vi selv holde skolen fast på det.",
            units=HELPERS,
            signed=(camilla,),
            deviation=AT_SEA,
            days=80,
        )
        omar.yes(
            camilla,
            (Kind.BASIC, Kind.EMPLOYMENT),
            to="jobcenter",
            purpose="At Jens kan se, hvordan det går i kantinen, uden at ringe midt i frokosten.",
            without="Så ringer Jens.",
            days=80,
        )
        omar.yes(
            oskar,
            (Kind.BASIC, Kind.SCHOOL, Kind.WELLBEING),
            to="elmeskolen",
            purpose="At Lis ved, hvad der giver Oskar en god dag.",
            without="Så må Lis gætte.",
            signed=(camilla,),
            deviation=AT_SEA,
            days=80,
        )


def what_is_going_on(story: Story, juhl: Juhl) -> None:
    with story.turn("lis", ago=90) as lis:
        club = lis.offer("Læseklub", juhl.oskar, law="Folkeskoleloven", purpose="At læse sammen med andre.")
        lis.weekly(club, juhl.oskar, "2", "13:00-14:00", "Elmeskolen")
    with story.turn("jens", ago=30) as jens:
        jens.offer(
            "Fastholdelse i job",
            juhl.camilla,
            law="Lov om en aktiv beskæftigelsesindsats",
            purpose="At have én at ringe til det første halve år.",
            until=150,
        )
    with story.turn(juhl.camilla, ago=25) as me:
        me.idea(club, "Oskar elsker at læse op. Det er derfor.")


def what_has_changed(story: Story, juhl: Juhl) -> None:
    camilla, oskar = juhl.camilla, juhl.oskar
    with story.turn("omar", ago=12) as omar:
        school = omar.topic("Oskars skoledage", Kind.SCHOOL, oskar, order=0)
        nights = omar.topic("At sove og at være alene", Kind.FAMILY_LIFE, oskar, order=1)
        father = omar.topic("Far", Kind.FAMILY_LIFE, oskar, order=2)
        work = omar.topic("Camillas arbejde", Kind.EMPLOYMENT, camilla, order=3)
        omar.worry(
            school,
            "Det første år var han væk i 34 dage. Jeg turde næsten ikke åbne skolens beskeder.",
            camilla,
            ago=480,
        )
        omar.works(school, "Fire dage i år. Og de tre var skoldkopper.", camilla)
        omar.worry(nights, "Jeg kan ikke sove, når det er helt stille.", oskar, ago=480)
        omar.works(nights, "Nu sover jeg. Jeg har en lampe, der ligner månen.", oskar)
        omar.worry(father, "Det er svært at være hos far.", oskar, ago=480)
        omar.wish(father, "At vi laver noget sammen. Ikke bare ser fjernsyn.", oskar, ago=30)
        omar.works(work, "Jeg har fået fast job i kantinen, og jeg er færdig på kontoret.", camilla, ago=30)
        omar.hope(camilla, "At Oskar en dag ikke kan huske, at det var svært.")
        omar.status(camilla, "Jeg scorede 28 i trivsel, da vi begyndte. Sidst var det 68. Det kan mærkes.")
        omar.status(oskar, "God! Undtagen når jeg taber.")
        every_day = omar.goal(
            school,
            "Oskar er i skole hver dag",
            "Følges med Ali",
            "Ti dage i træk",
            "En hel måned",
            done=3,
            reached=60,
            common=SCHOOLING,
        )
        own_money = omar.goal(
            work,
            "Camilla tjener sine egne penge",
            "Praktik i kantinen",
            "Ti timer om ugen",
            done=2,
            reached=30,
            common=JOBS,
        )
        asleep = omar.goal(
            nights, "Oskar falder i søvn selv", "Månelampe", "Mor i stuen med åben dør", done=2, reached=120
        )
        omar.goal(father, "En god lørdag med far hver måned", "Far vælger én ting sammen med Oskar", common=COMMUNITY)
        omar.helps(asleep, every_day, "Den, der har sovet, kan gå i skole.")
        omar.helps(every_day, own_money, "Når skolen ikke ringer, kan jeg være på arbejde.")
        omar.agree(father, "Skriver til Dennis om lørdagen i svømmehallen", camilla, in_days=6)
        omar.agree(work, "Holder et sidste møde om, hvem vi ringer til, hvis det bliver svært", "omar", in_days=30)
        omar.network(camilla, "Mormor Kirsten", "henter Oskar om torsdagen", "00 00 05 11", may_contact=True)
        omar.network(oskar, "Ali", "går sammen med mig til skole")
    story.looks("jens", "lis", juhl.camilla, ago=5)
